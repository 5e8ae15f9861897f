import type { Clock } from "../clock.ts";
import type { CauseCode } from "../domain/receipt/cause.ts";
import type { PrinterCondition } from "./condition.ts";
import type { EncodedDocument } from "./escpos/encode.ts";
import type { Fence, JobEvent } from "./job.ts";
import type { PaceMemory } from "./pace.ts";

/** What is remembered about one printer at one address from one run to the next. */
export interface PrinterMemory {
  /** It has answered at least once, so silence means trouble. */
  answers: boolean;
  /** Best fence it was seen or qualified to honour; null: none yet. */
  fence: Fence | null;
  /** So many answers to GS r 1 it may still owe, at most; missing: none. */
  owedAnswers?: number;
  /** The paper that may still hang in it, as `paperName` has it; null or missing: none. */
  hanging?: string | null;
  /** How fast it answers; missing until it has. */
  pace?: PaceMemory;
  /** Another till was seen to use it, so it is held no longer than needed; missing: none was. */
  shared?: boolean;
}

export interface PaperRequest {
  /** Made when its turn comes: a copy carries the time it is printed. May reject. */
  document: () => Promise<EncodedDocument>;
  /** false: settled in the meantime, so nothing is printed. Asked right before its turn, and when it has been made. */
  wanted: () => boolean;
  /** A person asked although the printer is silent, and will look. */
  blind: boolean;
  emit: (event: JobEvent) => void;
  /** Something of it could not be written down: nothing more is sent or told about it here. */
  dropped: () => void;
  /** For the progress on screen. */
  label: { saleId: number | null; attempt: number };
}

export interface PaperProgress {
  label: PaperRequest["label"];
  paperMm: number;
  state: "sending" | "waiting" | "blocked";
}

export interface PrinterState {
  state: "ready" | "printing" | "blocked" | "offline" | "unknown";
  cause: CauseCode | null;
  paper: PrinterCondition["paper"] | "unknown";
  queue: number;
  current: PaperProgress | null;
}

/** What a printer tells whoever uses it. */
export interface PrinterNews {
  /** Anything a person could see changed. */
  changed: () => void;
  /** It could not print before and can now. */
  recovered: () => void;
  /** Something threw that nobody expected. */
  incident: (error: unknown) => void;
  /** So much paper has certainly moved (millimetres, modelled). */
  paperUsed?: (paperMm: number) => void;
}

export interface PrinterOptions extends PrinterNews {
  clock: Clock;
  memory: PrinterMemory;
  /** The memory changed and should be kept. @throws Error when it can't be: the caller knows what that costs */
  remember: (memory: PrinterMemory) => void;
}

/** A printer as the till sees it, whatever the way to it: a queue with one paper under way. */
export interface ReceiptPrinter {
  /**
   * Puts a paper at the end of the queue. Everything about it is told through `emit`. Behind a paper
   * that has stopped nothing moves by itself, so there it is refused with what stopped the printer.
   */
  enqueue(request: PaperRequest): void;
  state(): PrinterState;
  /**
   * Asks the printer, or its queue, to throw away what it holds.
   * @returns false when that is not confirmed: then it may still print it.
   */
  clear(): Promise<boolean>;
  /** This paper may still hang in it, in whole or in part: it is cut off before the next one begins. */
  leaveHanging(label: PaperRequest["label"]): void;
  /** A person has this paper, whole: nothing of it hangs there. Of another one nothing is said. */
  handedOut(label: PaperRequest["label"]): void;
  /** Resolves when no paper is under way and none waits. */
  settled(): Promise<void>;
  /** Looks at it now, unless a paper is under way: after a sleep of the computer nothing known is sure. */
  wake(): void;
  /** Ends without waiting: what is in flight is asked about at the next start. */
  close(): void;
}

/** One text per paper of a receipt; a test slip or report has one for all. */
export function paperName({ saleId, attempt }: PaperRequest["label"]): string {
  return `${saleId ?? "other"}-${attempt}`;
}

/** Cuts off what is left of the paper before, so that nobody takes a piece of somebody else's home. */
export function apart(document: EncodedDocument): EncodedDocument {
  return { ...document, bytes: new Uint8Array(Buffer.concat([document.finish, document.bytes])) };
}

/** How soon a printer that can't print is looked at again. */
export const RECOVERY_POLL_MS = 2_000;
/** How often an idle one is: a pulled cable is found before the next sale needs it. */
export const IDLE_POLL_MS = 10_000;
