import type { CauseCode } from "./cause.ts";

export const RECEIPT_STATES = [
  "due",
  "printing",
  "blocked",
  "failed",
  "unknown",
  "printed",
  "delivered",
  "declined",
  "handwritten",
] as const;
export type ReceiptState = (typeof RECEIPT_STATES)[number];

/** `device`: the printer answered from behind the last line. `person`: a named cashier saw it. */
export type Proof = "device" | "person";

/** Grade A: our own id came back. Grade B: a qualified `GS r 1` answer. */
export type ProofGrade = "A" | "B";

/** Everything that can happen to one receipt, as the log keeps it. */
export type ReceiptEvent =
  | { type: "opened"; atMs: number }
  /** A paper was asked for, by the sale itself, by a person, or by the till when the printer is back. */
  | { type: "requested"; attempt: number; atMs: number }
  /** Committed before the first byte that can make a mark on paper goes out. */
  | { type: "attemptStarted"; attempt: number; atMs: number }
  | { type: "attemptBlocked"; attempt: number; cause: CauseCode; atMs: number }
  | { type: "attemptResumed"; attempt: number; atMs: number }
  /** `sinceSaleMs`: time that has passed since the sale, whatever the computer's clock was set to meanwhile. */
  | {
      type: "attemptPrinted";
      attempt: number;
      grade: ProofGrade;
      late: boolean;
      sinceSaleMs?: number;
      atMs: number;
    }
  /** Refused before it started: nothing of this attempt reached the printer. */
  | { type: "attemptFailed"; attempt: number; cause: CauseCode; atMs: number }
  /** It had started, and the way to the printer says for certain that not one byte was taken. */
  | { type: "attemptNotTaken"; attempt: number; cause: CauseCode; atMs: number }
  /** The printer confirmed that it threw the rest away; part of a slip may be on paper. */
  | { type: "attemptCleared"; attempt: number; cause: CauseCode; atMs: number }
  /** Bytes left and the outcome can't be told. */
  | { type: "attemptUnknown"; attempt: number; cause: CauseCode; atMs: number }
  /** A named person looked and it was not (wholly) there. */
  | { type: "denied"; attempt: number; damaged: boolean; by: string; atMs: number }
  | { type: "settled"; how: SettledHow; by: string; reason: string; atMs: number }
  | { type: "deferred"; untilMs: number; by: string; atMs: number }
  | { type: "handedOver"; by: string; atMs: number }
  /** Lay in the claim tray for longer than anybody comes back. */
  | { type: "unclaimed"; atMs: number };

/** Ways a person settles a receipt: saw it, customer did not want it, wrote it by hand. */
export type SettledHow = "person" | "declined" | "handwritten";

export interface ReceiptStatus {
  state: ReceiptState;
  /** The newest trouble this receipt had, kept after it was overcome: reports ask for it. */
  cause: CauseCode | null;
  proof: Proof | null;
  grade: ProofGrade | null;
  /** Attempts asked for so far; the newest has this number. */
  attempts: number;
  /** Attempts of which any byte may have left: what the next copy's number counts. */
  papers: number;
  /** A cleared or torn slip may lie in the printer: the next one replaces it. */
  damaged: boolean;
  /** The newest attempt waits for the printer or is being printed. */
  inFlight: boolean;
  deferredUntilMs: number | null;
  deferrals: number;
  openedAtMs: number;
  settledAtMs: number | null;
  settledBy: string | null;
  reason: string | null;
  /** `waiting`: printed late, lies in the claim tray; `done`: handed over; `unclaimed`: nobody fetched it. */
  handover: "none" | "waiting" | "done" | "unclaimed";
}

/** A receipt printed this long after its sale no longer finds its customer at the counter. */
export const LATE_AFTER_MS = 5 * 60_000;

/** A receipt printed late leaves the claim tray after this long: nobody came for it. */
export const UNCLAIMED_AFTER_MS = 7 * 24 * 3_600_000;

/** A deferred receipt comes back after this long. */
export const DEFER_MS = 3 * 60_000;

const SETTLED: readonly ReceiptState[] = ["printed", "delivered", "declined", "handwritten"];

/** True when the receipt is accounted for. */
export function isSettled(state: ReceiptState): boolean {
  return SETTLED.includes(state);
}

/** True when only a person or a working printer can move this receipt on. */
export function isStuck(state: ReceiptState): boolean {
  return state === "blocked" || state === "failed" || state === "unknown";
}

/**
 * True when this receipt holds back the next sale: stuck, and not deferred to a later time.
 * A receipt that is `due` or `printing` moves by itself and holds nothing back.
 * @param deferredForMs how long it is still put off; 0: not, or no longer
 */
export function holdsNextSale(status: ReceiptStatus, deferredForMs: number): boolean {
  return isStuck(status.state) && deferredForMs <= 0;
}

/**
 * How long a receipt is still put off by the wall clock, milliseconds; 0: not, or no longer. One that would be put
 * off for longer than anybody can was put off by a clock that has been set back since: it is not.
 */
export function deferralLeftMs(status: ReceiptStatus, nowMs: number): number {
  const leftMs = (status.deferredUntilMs ?? nowMs) - nowMs;
  return leftMs > DEFER_MS ? 0 : Math.max(0, leftMs);
}

/** The status after one more event. Pure; the log's projection and `verify` both use it. */
export function applyReceiptEvent(
  before: ReceiptStatus | null,
  event: ReceiptEvent,
): ReceiptStatus {
  if (event.type === "opened") return opened(event.atMs);
  if (before === null) throw new Error(`receipt event ${event.type} before it was opened`);
  switch (event.type) {
    case "requested":
      return requestAttempt(before, event.attempt);
    case "attemptStarted":
      return startAttempt(before);
    case "attemptBlocked":
      return whileOwed(before, event.attempt, { state: "blocked", cause: event.cause });
    case "attemptResumed":
      return whileOwed(before, event.attempt, { state: "printing" });
    case "attemptPrinted":
      return printed(before, event);
    case "attemptFailed":
      // It never started, so it was never counted as a paper that may exist.
      return whileOwed(before, event.attempt, {
        state: "failed",
        cause: event.cause,
        inFlight: false,
      });
    case "attemptNotTaken":
      // Counted when it started; no paper of it can exist after all.
      return {
        ...whileOwed(before, event.attempt, {
          state: "failed",
          cause: event.cause,
          inFlight: false,
        }),
        papers: before.papers - 1,
      };
    case "attemptCleared":
      return {
        ...whileOwed(before, event.attempt, {
          state: "failed",
          cause: event.cause,
          inFlight: false,
        }),
        damaged: true,
      };
    case "attemptUnknown":
      return whileOwed(before, event.attempt, {
        state: "unknown",
        cause: event.cause,
        inFlight: false,
      });
    case "denied":
      return { ...before, damaged: event.damaged || before.damaged };
    case "settled":
      return settledByPerson(before, event);
    case "deferred":
      return {
        ...before,
        deferredUntilMs: event.untilMs,
        deferrals: before.deferrals + 1,
      };
    case "handedOver":
      return { ...before, handover: "done" };
    case "unclaimed":
      return before.handover === "waiting" ? { ...before, handover: "unclaimed" } : before;
  }
}

function opened(atMs: number): ReceiptStatus {
  return {
    state: "due",
    cause: null,
    proof: null,
    grade: null,
    attempts: 0,
    papers: 0,
    damaged: false,
    inFlight: false,
    deferredUntilMs: null,
    deferrals: 0,
    openedAtMs: atMs,
    settledAtMs: null,
    settledBy: null,
    reason: null,
    handover: "none",
  };
}

/** A copy of a settled receipt never makes it owed again. */
function requestAttempt(before: ReceiptStatus, attempt: number): ReceiptStatus {
  const next = { ...before, attempts: attempt, inFlight: true };
  return isSettled(before.state) ? next : { ...next, state: "due" };
}

function startAttempt(before: ReceiptStatus): ReceiptStatus {
  const next = { ...before, papers: before.papers + 1 };
  return isSettled(before.state) ? next : { ...next, state: "printing" };
}

/** Outcomes move the state only while the receipt is owed and only for the newest attempt. */
function whileOwed(
  before: ReceiptStatus,
  attempt: number,
  change: Partial<ReceiptStatus>,
): ReceiptStatus {
  if (attempt !== before.attempts) return before;
  if (!isSettled(before.state)) return { ...before, ...change };
  return change.inFlight === undefined ? before : { ...before, inFlight: change.inFlight };
}

/** Proof from the device counts for whichever attempt it names, early or late. */
function printed(
  before: ReceiptStatus,
  event: Extract<ReceiptEvent, { type: "attemptPrinted" }>,
): ReceiptStatus {
  const newest = event.attempt === before.attempts;
  const inFlight = newest ? false : before.inFlight;
  // A whole copy has replaced the torn slip, so the copy after it is an ordinary one again.
  if (isSettled(before.state)) return { ...before, inFlight, damaged: before.damaged && !newest };
  const late = (event.sinceSaleMs ?? event.atMs - before.openedAtMs) > LATE_AFTER_MS;
  return {
    ...before,
    state: "printed",
    proof: "device",
    grade: event.grade,
    damaged: false,
    inFlight,
    deferredUntilMs: null,
    settledAtMs: event.atMs,
    handover: late ? "waiting" : "none",
  };
}

function settledByPerson(
  before: ReceiptStatus,
  event: Extract<ReceiptEvent, { type: "settled" }>,
): ReceiptStatus {
  return {
    ...before,
    state: event.how === "person" ? "printed" : event.how,
    proof: event.how === "person" ? "person" : null,
    damaged: event.how === "person" ? false : before.damaged,
    grade: null,
    deferredUntilMs: null,
    settledAtMs: event.atMs,
    settledBy: event.by,
    reason: event.reason,
  };
}
