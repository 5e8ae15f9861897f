import type { DamageReport } from "../contract/damage.ts";
import type { DamageTask } from "../damage/found-events.ts";
import {
  exportDoubtful,
  finishRebuild,
  inspectDamage,
  rebuildBooks,
  type FinishedRebuild,
  type Rebuilt,
} from "../damage/rebuild.ts";
import { BOOKS } from "./books.ts";
import { carryEvents } from "./carry-over.ts";
import { compareWithBooks, type Here } from "./compare.ts";
import { copyBooks, finishCopy, type CheckedCopy, type CopyTask } from "./copy.ts";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { BackupNote } from "./backup-file.ts";
import { runDrill, type DrillResult, type DrillTask } from "./drill.ts";
import { findBackups, type Found } from "./find.ts";
import { demandNotInUse } from "./in-use.ts";
import { inspectBackup, type Inspected, type InspectTask } from "./inspect.ts";
import { removeFile } from "./files.ts";
import {
  listPlace,
  preparePlace,
  sendCopy,
  type Place,
  type PreparedPlace,
  type SendTask,
  type Sent,
} from "./second-place.ts";
import type { Listed } from "./inventory.ts";
import { placeRestored, type PlaceTask } from "./place.ts";
import { bringBooks, COMING, type RestorePlan } from "./restore.ts";
import { createOwnerKey, type OwnerKey } from "./owner-key.ts";
import type { Tell } from "./tell.ts";

export interface InspectedHere extends Omit<Inspected, "openPath"> {
  here: Here | null;
}

/** Everything that takes long or may hang on a disk: done away from the thread that sells. */
export const JOBS = {
  copy: (task: CopyTask, tell: Tell): Promise<CheckedCopy> => copyBooks(task, tell),
  finish: (task: { part: string; note: BackupNote; folder: string; name: string }) =>
    finishCopy(task),
  preparePlace: (task: { folder: string; notUnder: string }): PreparedPlace => preparePlace(task),
  listPlace: (task: Place & { tillId: string }): Listed[] => listPlace(task),
  send: (task: SendTask, tell: Tell): Sent => sendCopy(task, tell),
  remove: ({ paths }: { paths: readonly string[] }): null => {
    for (const path of paths) removeFile(path);
    return null;
  },
  drill: (task: DrillTask, tell: Tell): Promise<DrillResult> => runDrill(task, tell),
  ownerKey: ({ passphrase }: { passphrase: string }): OwnerKey => createOwnerKey(passphrase),
  find: ({ folders }: { folders: readonly string[] }): Found[] => findBackups(folders),
  /** Reads a backup as a whole and compares it with the books; `bringTo`: and puts its books beside these. */
  inspect: async (
    task: InspectTask & { books: string; bringTo: string | null },
    tell: Tell,
  ): Promise<InspectedHere> => {
    try {
      demandNotInUse(task.path, task.books);
      const { openPath, ...found } = await inspectBackup(task, tell);
      const here = compareWithBooks(task.books, openPath, found.facts);
      if (task.bringTo !== null) {
        bringBooks(task.bringTo, { note: found.note, openPath }, tell);
        carryEvents(join(task.bringTo, BOOKS + COMING), task.books, here);
      }
      return { ...found, here };
    } finally {
      rmSync(task.workDir, { recursive: true, force: true });
    }
  },
  /** What could be put back of damaged books. */
  inspectDamage: (task: DamageTask, tell: Tell): DamageReport => inspectDamage(task, tell),
  exportDoubtful: (task: DamageTask, tell: Tell): string => exportDoubtful(task, tell),
  /** Gives a brought backup its place; nobody has the folder open. */
  place: (task: PlaceTask): RestorePlan => placeRestored(task),
  finishRebuild: (task: { dataDir: string }): FinishedRebuild => finishRebuild(task),
  rebuildBooks: (task: DamageTask & { fingerprint: string }, tell: Tell): Rebuilt =>
    rebuildBooks(task, tell),
} as const;

export type JobName = keyof typeof JOBS;
export type JobTask<N extends JobName> = Parameters<(typeof JOBS)[N]>[0];
export type JobResult<N extends JobName> = Awaited<ReturnType<(typeof JOBS)[N]>>;
