import type { Clock } from "../clock.ts";
import { Arrival } from "./arrival.ts";
import type { CauseCode } from "../domain/receipt/cause.ts";
import type { ProofGrade } from "../domain/receipt/state.ts";
import { conditionOfAutomatic, type PrinterCondition } from "./condition.ts";
import { ASK_PAPER_SENSOR, askId } from "./escpos/commands.ts";
import type { EncodedDocument } from "./escpos/encode.ts";
import { Mailbox } from "./mailbox.ts";
import { SensorProof } from "./sensor-asks.ts";
import type { PrinterSession, SessionEvent } from "./session.ts";

/** What stands behind the last line and must come back: our own id, the paper sensor, or nothing. */
export type Fence = "id" | "paperSensor";

/** What happens to one paper, in order. `started` comes before the first byte of the document. */
export type JobEvent =
  | { type: "started"; bytes: Uint8Array }
  | { type: "blocked"; cause: CauseCode }
  | { type: "resumed" }
  | { type: "printed"; grade: ProofGrade; late: boolean }
  /** The printer proved the print and said that its cutter failed. Told of nothing less. */
  | { type: "notCut" }
  /** Refused before anything was sent. */
  | { type: "failed"; cause: CauseCode }
  /** It was handed over, and the way itself says that nothing of it was taken. */
  | { type: "notTaken"; cause: CauseCode }
  /** The printer threw the rest away and said so. */
  | { type: "cleared"; cause: CauseCode }
  | { type: "unknown"; cause: CauseCode };

export interface JobContext {
  session: PrinterSession;
  clock: Clock;
  fence: Fence;
  /** The fence has proved itself on this printer before, so that silence of it means something. */
  isProven: boolean;
  id: string;
  cutId: string;
  /** The printer has never said anything: wait for the paper, not for an answer. */
  oneWay: boolean;
  document: EncodedDocument;
  /** May throw: then nothing is sent. */
  emit: (event: JobEvent) => void;
  /** Told what the printer says about itself on the way. */
  observe: (condition: PrinterCondition) => void;
}

/** Faster than any receipt printer's paper moves: an answer sooner than this is a lie. */
const FASTEST_MM_PER_MS = 0.5;
/** The model of the paper is not exact; only a gross lie counts. */
const PLAUSIBLE_SHARE = 0.8;
/** Slower than any receipt printer on the market, for how long to wait. */
const SLOWEST_MM_PER_MS = 0.1;
const GRACE_MS = 3_000;
const CUT_TIMEOUT_MS = 3_000;
const POLL_BLOCKED_MS = 1_000;
/** How often one that is slow is asked whether it is still well. */
const LOOK_AGAIN_MS = 2_000;
/** A printer that went silent while it was stopped has lost power, and with it its buffer. */
const SILENT_POLLS = 3;

/** How long a document's proof is waited for before the printer is asked what is wrong. */
export function proofTimeoutMs(paperMm: number): number {
  return (paperMm / SLOWEST_MM_PER_MS) * 2 + GRACE_MS;
}

/**
 * Sends one document and stays with it until its fate is told: proven, thrown away by the printer,
 * or unknown. The caller has made sure that the printer can print. Never sends anything twice.
 * The cut goes with the document: whoever ends in between, till or link, the printer still does it.
 * @returns false when its paper may still hang in the printer, in whole or in part.
 */
export async function runJob(job: JobContext): Promise<boolean> {
  const mailbox = new Mailbox(job.session, job.clock);
  let arrival: Arrival | null = null;
  try {
    // Kept before anything is told or sent: from here on the printer may owe an answer.
    const older = job.fence === "paperSensor" ? job.session.expectSensor() : null;
    const bytes = bytesOf(job);
    job.emit({ type: "started", bytes });
    if (job.session.closed) {
      // It ended while that was written down: nothing can have left.
      job.emit({ type: "notTaken", cause: "connectionLost" });
      return true;
    }
    const startedMs = job.clock.monotonicMs();
    arrival = new Arrival(job.clock);
    // Not awaited: a printer that stops with a full buffer takes no more bytes, and says why.
    // A link that dies while writing closes, and that is what decides.
    const sensor = older === null ? null : new SensorProof(older);
    const sent: Sent = { startedMs, arrival, sensor };
    // A lie that is told at once must not look slow because the bytes left late.
    const left = (atMs: number) => {
      sent.startedMs = Math.max(sent.startedMs, atMs);
    };
    job.session.write(bytes, left).catch(() => {});
    const outcome = await awaitProof(job, mailbox, sent);
    job.emit(outcome);
    if (outcome.type !== "printed") return false;
    return await isCutOff(job, mailbox, job.clock.monotonicMs() - startedMs);
  } finally {
    arrival?.stop();
    mailbox.close();
  }
}

/**
 * The document, cut, and what must come back. An id stands before the cut and another one behind it, so that
 * print and cut are told apart; that one only where ids are understood, or it could stand on the next paper.
 * GS r 1 stands behind both: a manual (HPRT TP809) demands that nothing follows it before it is answered.
 */
function bytesOf({ document, fence, id, cutId, isProven }: JobContext): Uint8Array {
  const { bytes, finish } = document;
  if (fence === "paperSensor") return joined(bytes, finish, ASK_PAPER_SENSOR);
  return joined(bytes, askId(id), finish, ...(isProven ? [askId(cutId)] : []));
}

/** When the document was sent, and since when an answer can have been there. */
interface Sent {
  startedMs: number;
  arrival: Arrival;
  /** Whose the answers to GS r 1 are; null where an id is the fence. */
  sensor: SensorProof | null;
}

type Outcome = Extract<JobEvent, { type: "printed" | "cleared" | "unknown" }>;

async function awaitProof(job: JobContext, mailbox: Mailbox, sent: Sent): Promise<Outcome> {
  const { clock } = job;
  const { pace } = job.session;
  const lineMs = pace.lineMs(job.document.bytes.length);
  const patienceMs = job.oneWay
    ? job.document.paperMm / SLOWEST_MM_PER_MS + lineMs
    : proofTimeoutMs(job.document.paperMm) + pace.latenessMs();
  let deadlineMs = sent.startedMs + patienceMs;
  // One that says that it is well may still be taking bytes from a slow line.
  let longestMs = deadlineMs + lineMs;
  let stop: CauseCode | null = null;
  let silentPolls = 0;
  const stopFor = (cause: CauseCode | null) => {
    if (cause !== null && cause !== stop) job.emit({ type: "blocked", cause });
    if (cause === null && stop !== null) {
      job.emit({ type: "resumed" });
      deadlineMs = clock.monotonicMs() + patienceMs;
      longestMs = deadlineMs + lineMs;
    }
    stop = cause;
  };
  for (;;) {
    const waitMs: number = stop === null ? deadlineMs - clock.monotonicMs() : POLL_BLOCKED_MS;
    const event = await mailbox.next(waitMs);
    if (event) {
      const outcome = readOutcome(job, event, sent, stop);
      if (outcome) return outcome;
      const condition = conditionOf(event);
      if (condition) {
        job.observe(condition);
        stopFor(condition.stop);
      }
      continue;
    }
    if (job.oneWay && stop === null && !job.session.heard)
      return { type: "unknown", cause: "noBackChannel" };
    // Nothing for too long, or time to look again: ask what is wrong.
    const condition = await job.session.askCondition();
    const wasStopped: boolean = stop !== null;
    if (condition === null) {
      silentPolls += 1;
      if (!wasStopped || silentPolls >= SILENT_POLLS) return { type: "unknown", cause: "noAnswer" };
      continue;
    }
    silentPolls = 0;
    job.observe(condition);
    stopFor(condition.stop);
    const nowMs = clock.monotonicMs();
    if (!wasStopped && condition.stop === null && nowMs < longestMs) {
      deadlineMs = Math.min(longestMs, nowMs + LOOK_AGAIN_MS);
      continue;
    }
    // Answers well, is not stopped, and the proof never came.
    if (!wasStopped && condition.stop === null) return lastLook(job, mailbox, sent);
  }
}

/** The proof may have arrived while the printer was being asked. */
async function lastLook(job: JobContext, mailbox: Mailbox, sent: Sent): Promise<Outcome> {
  for (;;) {
    const event = await mailbox.next(0);
    // Well, and has never proved anything: it is made like that, and nobody need look at its cable.
    if (!event) return { type: "unknown", cause: job.isProven ? "noAnswer" : "noBackChannel" };
    const outcome = readOutcome(job, event, sent, null);
    if (outcome) return outcome;
  }
}

function readOutcome(
  job: JobContext,
  event: SessionEvent,
  sent: Sent,
  stop: CauseCode | null,
): Outcome | null {
  switch (event.type) {
    case "closed":
      return { type: "unknown", cause: "connectionLost" };
    case "cleared":
      return { type: "cleared", cause: stop ?? "printerError" };
    case "id":
      // An id that is not ours proves nothing about this paper.
      return job.fence === "id" && event.id === job.id ? proof(job, "A", sent, event) : null;
    case "paperSensor":
      return sent.sensor === null ? null : readSensor(job, event, sent.sensor, sent);
    case "about":
    case "noise":
    case "status":
    case "automatic":
      return null;
  }
}

/** Bits 2,3: no paper. Some printers answer that instead of waiting: no proof either. */
function readSensor(
  job: JobContext,
  event: Extract<SessionEvent, { type: "paperSensor" }>,
  sensor: SensorProof,
  sent: Sent,
): Outcome | null {
  const whose = sensor.take(tookMs(sent, event) < soonestProofMs(job.document.paperMm));
  if (whose === "lie") return { type: "unknown", cause: "doubtfulProof" };
  if (whose === "ours" && (event.byte & 0x0c) === 0) return proof(job, "B", sent, event);
  if (whose === "again") {
    job.session.expectSensor();
    job.session.write(ASK_PAPER_SENSOR).catch(() => {});
  }
  return null;
}

function proof(job: JobContext, grade: ProofGrade, sent: Sent, event: SessionEvent): Outcome {
  const took = tookMs(sent, event);
  if (took < soonestProofMs(job.document.paperMm))
    return { type: "unknown", cause: "doubtfulProof" };
  job.session.pace.proven(job.document.bytes.length, job.document.paperMm, took);
  return { type: "printed", grade, late: false };
}

function tookMs({ startedMs, arrival }: Sent, { arrivedMs }: SessionEvent): number {
  return (arrivedMs ?? arrival.earliestMs()) - startedMs;
}

/** No paper of this length can have moved sooner. */
export function soonestProofMs(paperMm: number): number {
  return (paperMm / FASTEST_MM_PER_MS) * PLAUSIBLE_SHARE;
}

/**
 * Whether what is proven has been cut off, too. A cut that fails takes nothing back: the receipt is on paper.
 * @param tookMs a printer whose first answer took so long may need as long for the next.
 */
async function isCutOff(job: JobContext, mailbox: Mailbox, tookMs: number): Promise<boolean> {
  // Behind the question the cut has been made.
  if (job.fence === "paperSensor") return true;
  // An id has come back for the first time: now this one can't stand on the next paper.
  if (!job.isProven) job.session.write(askId(job.cutId)).catch(() => {});
  const deadlineMs =
    job.clock.monotonicMs() + Math.max(CUT_TIMEOUT_MS, tookMs) + job.session.pace.latenessMs();
  let condition: PrinterCondition | null = null;
  while (condition?.stop !== "cutterJam") {
    const event = await mailbox.next(deadlineMs - job.clock.monotonicMs());
    if (event?.type === "closed") return false;
    if (event?.type === "id" && event.id === job.cutId) return true;
    condition = event === null ? await job.session.askCondition() : conditionOf(event);
    if (condition) job.observe(condition);
    if (event === null) break;
  }
  if (condition?.stop === "cutterJam") job.emit({ type: "notCut" });
  return false;
}

function conditionOf(event: SessionEvent): PrinterCondition | null {
  return event.type === "automatic" ? conditionOfAutomatic(event.bytes) : null;
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
