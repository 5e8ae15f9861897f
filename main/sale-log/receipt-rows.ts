import type { CauseCode } from "../domain/receipt/cause.ts";
import {
  applyReceiptEvent,
  type ReceiptEvent,
  type ReceiptStatus,
} from "../domain/receipt/state.ts";
import type { ReceiptBody } from "./event.ts";
import type { SqlValue } from "./sqlite.ts";

/** The columns of `receipt` that a status fills; rows below are in this order. */
export const STATUS_COLUMNS = [
  "state",
  "cause",
  "proof",
  "grade",
  "attempts",
  "papers",
  "damaged",
  "in_flight",
  "deferred_until_ms",
  "deferrals",
  "opened_at_ms",
  "settled_at_ms",
  "settled_by",
  "reason",
  "handover",
] as const;

/** How a paper stands that was asked for and not touched yet. */
export const WAITING = "waiting";

/** The status of a sale just made: its obligation is open and the first paper is asked for. */
export function openedReceipt(atMs: number): ReceiptStatus {
  const first = applyReceiptEvent(null, { type: "opened", atMs });
  return applyReceiptEvent(first, { type: "requested", attempt: 1, atMs });
}

/** The status after one more event of the log. Pure; `verify` uses it too. */
export function nextStatus(before: ReceiptStatus, body: ReceiptBody, atMs: number): ReceiptStatus {
  if (body.type === "notCut") return before;
  return applyReceiptEvent(before, { ...body, atMs } as ReceiptEvent);
}

/** A status as a row. */
export function statusRow(status: ReceiptStatus): SqlValue[] {
  return [
    status.state,
    status.cause,
    status.proof,
    status.grade,
    status.attempts,
    status.papers,
    status.damaged ? 1 : 0,
    status.inFlight ? 1 : 0,
    status.deferredUntilMs,
    status.deferrals,
    status.openedAtMs,
    status.settledAtMs,
    status.settledBy,
    status.reason,
    status.handover,
  ];
}

/** What an event changes about one paper; the cause of before stays when it brings none. */
export interface PaperChange {
  attempt: number;
  state: string;
  cause: CauseCode | null;
  endedAtMs: number | null;
}

const PAPER_STATE: Partial<Record<ReceiptBody["type"], string>> = {
  attemptStarted: "printing",
  attemptBlocked: "blocked",
  attemptResumed: "printing",
  attemptPrinted: "printed",
  attemptFailed: "failed",
  attemptNotTaken: "failed",
  attemptCleared: "cleared",
  attemptUnknown: "unknown",
};

/** What an event of the log says about a paper; null for the others. Pure; `verify` uses it too. */
export function paperChange(body: ReceiptBody, atMs: number): PaperChange | null {
  if (!("attempt" in body)) return null;
  const state = PAPER_STATE[body.type];
  if (state === undefined) return null;
  return {
    attempt: body.attempt,
    state,
    cause: "cause" in body ? body.cause : null,
    endedAtMs: state === "printing" || state === "blocked" ? null : atMs,
  };
}
