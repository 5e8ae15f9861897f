import type { FoundPrinter } from "../../../contract/printers.ts";
import type { CauseCode } from "../../../domain/receipt/cause.ts";
import type { SpoolStatus } from "../../transport.ts";
import { JOB_STATUS, PRINTER_ATTRIBUTE, PRINTER_STATUS } from "./winspool.ts";

/** What Windows says of one queue. */
export interface QueueState {
  name: string;
  port: string;
  driver: string;
  /** PRINTER_STATUS bits. */
  status: number;
  /** PRINTER_ATTRIBUTE bits. */
  attributes: number;
}

/** What Windows says of one job. */
export interface JobState {
  /** JOB_STATUS bits; 0 while it waits its turn. */
  status: number;
  pagesPrinted: number;
}

const Q = PRINTER_STATUS;
const J = JOB_STATUS;

/** What a person has to see to comes before what is only the consequence. */
const QUEUE_CAUSES: readonly [bits: number, cause: CauseCode][] = [
  [Q.doorOpen, "coverOpen"],
  [Q.paperOut, "paperOut"],
  [Q.paused, "queuePaused"],
  [Q.offline | Q.notAvailable | Q.serverUnknown | Q.serverOffline, "unreachable"],
  [Q.pendingDeletion, "noPrinter"],
  [Q.error | Q.paperJam | Q.paperProblem | Q.manualFeed | Q.outputBinFull, "printerError"],
  [Q.noToner | Q.pagePunt | Q.outOfMemory | Q.userIntervention, "printerError"],
  [Q.driverUpdateNeeded, "printerError"],
];

/** What stops a queue; null while nothing does, as far as its driver lets Windows know. */
export function causeOfQueue({ status, attributes }: Pick<QueueState, "status" | "attributes">) {
  for (const [bits, cause] of QUEUE_CAUSES) if (status & bits) return cause;
  return attributes & PRINTER_ATTRIBUTE.workOffline ? ("unreachable" as const) : null;
}

const JOB_FAULTS = J.error | J.blockedQueue | J.userIntervention;

/** What stops one job, where the job itself says so. */
export function causeOfJob(status: number): CauseCode | null {
  if (status & J.paperOut) return "paperOut";
  if (status & J.offline) return "unreachable";
  if (status & J.paused) return "queuePaused";
  return status & JOB_FAULTS ? "printerError" : null;
}

/** A job that stands still in front of all others. A paused one is passed by. */
export function holdsUpQueue(status: number): boolean {
  if (status & (J.paused | J.deleting | J.deleted)) return false;
  return (status & (J.paperOut | J.offline | JOB_FAULTS)) !== 0;
}

/**
 * How a job stands. Sent, printed, retained and deleted are all `gone`: the queue has done with it, and
 * none of them says that paper came out (JOB_STATUS_PRINTED is set when the last byte was sent).
 */
export function statusOfJob(job: JobState | null, queue: QueueState): SpoolStatus {
  const left = J.printed | J.complete | J.retained | J.deleting | J.deleted;
  if (job === null || job.status & left) return { state: "gone", cause: null };
  const own = causeOfJob(job.status);
  const ofQueue = causeOfQueue(queue);
  // The job's flag may be just "error" where the queue knows which.
  const cause = own === null || own === "printerError" ? (ofQueue ?? own) : own;
  return cause === null ? { state: "waiting", cause: null } : { state: "stopped", cause };
}

/** Only what was never given to the port: waiting, paused, or still being taken in. */
export function hasNotLeft(
  { status, pagesPrinted }: JobState,
  { attributes }: QueueState,
): boolean {
  if (attributes & PRINTER_ATTRIBUTE.direct || pagesPrinted > 0) return false;
  return (status & ~(J.paused | J.spooling | J.renderingLocally)) === 0;
}

/** Names that Windows and common programs give to what is not a printer. */
const PAPERLESS_PORT =
  /^(portprompt:|xpsport:|file:|nul:|shrfax:|fax|.*\.(pdf|xps|oxps)$|.*pdf.*port|microsoft\.office\.onenote)/i;
const PAPERLESS_DRIVER =
  /\bpdf|pdf\b|onenote|\bfax\b|xps document writer|document image writer|kingsoft virtual/i;

/** Why a queue should not, or can't now, be chosen. */
export function hintOfQueue(queue: QueueState): FoundPrinter["hint"] {
  const paperless =
    (queue.attributes & PRINTER_ATTRIBUTE.fax) !== 0 ||
    PAPERLESS_PORT.test(queue.port) ||
    PAPERLESS_DRIVER.test(queue.driver);
  if (paperless) return "notAPaperPrinter";
  const cause = causeOfQueue(queue);
  if (cause === "unreachable") return "offline";
  return cause === "queuePaused" ? "paused" : null;
}
