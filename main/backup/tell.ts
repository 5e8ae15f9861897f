import type { BackupJob } from "../contract/backup.ts";
import type { OnBytes } from "./files.ts";

type Step = BackupJob["step"];

/** How far the work is. */
export interface Progress {
  step: Step;
  doneBytes: number;
  /** 0: not known. */
  totalBytes: number;
}

export type Tell = (progress: Progress) => void;

/** Not more often than this is anybody told. */
const EVERY_BYTES = 16 * 1024 * 1024;

/** Begins a step and returns what counts its bytes. */
export function stepOf(tell: Tell, step: Step, totalBytes = 0): OnBytes {
  tell({ step, doneBytes: 0, totalBytes });
  let doneBytes = 0;
  let toldBytes = 0;
  return (bytes) => {
    doneBytes += bytes;
    if (doneBytes - toldBytes < EVERY_BYTES) return;
    toldBytes = doneBytes;
    tell({ step, doneBytes, totalBytes });
  };
}
