import type { TillStatus } from "../../../main/contract/status.ts";

/**
 * Why something stands over the page: it came by itself at a seam, a sale could not be completed because of
 * it, or somebody asked for it on the rail. Only the last can be put away again.
 */
export type ReminderReason = "seam" | "complete" | "asked";

/** What was brought up, and why. `saleId` null: what an outage has left behind, all of it at once. */
export interface Raised {
  saleId: number | null;
  reason: ReminderReason;
}

/** What stands over the page. */
export type Sheet = { kind: "receipt"; saleId: number } | { kind: "backlog" };

interface Scene {
  raised: Raised | null;
  /** Receipts a person has just had printed out of the backlog, while more of it is left. */
  printing: readonly number[];
  status: Pick<TillStatus, "backlog" | "reminder" | "rail">;
  isSelling: boolean;
}

/**
 * Which sheet is shown. While a backlog waits for its answer it stands in place of the reminder, unless one
 * receipt was asked for by name; and it stays while a part of it is being printed.
 */
export function sheetOf({ raised, printing, status, isSelling }: Scene): Sheet | null {
  if (raised === null || (!isSelling && raised.reason !== "asked")) return null;
  const { saleId, reason } = raised;
  const isAsked = reason === "asked";
  if (saleId !== null && isAsked) return { kind: "receipt", saleId };
  if (isAnyMoving(printing, status.rail)) return { kind: "backlog" };
  if (status.backlog !== null && (status.reminder !== null || isAsked)) return { kind: "backlog" };
  return saleId === null ? null : { kind: "receipt", saleId };
}

/** True while one of these is still on its way to paper. */
export function isAnyMoving(saleIds: readonly number[], rail: TillStatus["rail"]): boolean {
  return rail.some(
    ({ saleId, state }) => saleIds.includes(saleId) && (state === "due" || state === "printing"),
  );
}
