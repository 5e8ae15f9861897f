import type { UpdateWait } from "../contract/updates.ts";

/** What the till is doing, as far as an update has to know. */
export interface TillMoment {
  nowMs: number;
  isDayOpen: boolean;
  hasBasket: boolean;
  /** A receipt or a report is with a printer. */
  isPrinting: boolean;
  /** Days closed so far; grows by one at each day end. */
  closedDays: number;
  newestSaleId: number;
}

/** What is known of an update that has been fetched. */
export interface UpdatePlan {
  /** Put off until this moment. */
  postponedUntilMs: number | null;
  /** Put off until there are more closed days than this. */
  postponedAtDay: number | null;
  hasFailedBefore: boolean;
  /** The copy made for this update; null: none yet. */
  copiedAt: Pick<TillMoment, "closedDays" | "newestSaleId"> | null;
}

/**
 * What an update has to wait for; null: nothing, it may begin. It never begins between a day's first sale
 * and its end, with goods in the basket, with paper under way, or without a copy of these very books.
 */
export function waitsFor(plan: UpdatePlan, moment: TillMoment): UpdateWait | null {
  const { postponedUntilMs, postponedAtDay, copiedAt } = plan;
  if (postponedUntilMs !== null && moment.nowMs < postponedUntilMs) return "postponed";
  if (postponedAtDay !== null && moment.closedDays <= postponedAtDay) return "postponed";
  if (plan.hasFailedBefore) return "failedBefore";
  if (moment.isDayOpen) return "dayOpen";
  if (moment.hasBasket) return "basket";
  if (moment.isPrinting) return "paper";
  const isCopied =
    copiedAt !== null &&
    copiedAt.closedDays === moment.closedDays &&
    copiedAt.newestSaleId === moment.newestSaleId;
  return isCopied ? null : "backup";
}
