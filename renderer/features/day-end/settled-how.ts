import type { UnprovenReceipt } from "../../../main/contract/day.ts";
import { isSettled } from "../../../main/domain/receipt/state.ts";

/** How an unproven receipt stands: names a word under `dayEnd:how`. */
export type SettledHow = "person" | "delivered" | "declined" | "handwritten" | "owed";

/** A receipt in the unproven list is settled by a person's word, or it is still owed. */
export function settledHow(receipt: Pick<UnprovenReceipt, "state">): SettledHow {
  if (!isSettled(receipt.state)) return "owed";
  if (receipt.state === "printed") return "person";
  return receipt.state === "delivered" || receipt.state === "declined"
    ? receipt.state
    : "handwritten";
}

/** Owed first (longest owed on top), then the settled ones in the order they were sold. */
export function inReportOrder(receipts: readonly UnprovenReceipt[]): UnprovenReceipt[] {
  return receipts.toSorted((a, b) => {
    const aOwed = settledHow(a) === "owed";
    const bOwed = settledHow(b) === "owed";
    if (aOwed !== bOwed) return aOwed ? -1 : 1;
    return a.saleId - b.saleId;
  });
}
