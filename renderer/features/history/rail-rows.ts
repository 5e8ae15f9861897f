import type { SaleHead } from "../../../main/contract/history.ts";
import type { OwedReceipt } from "../../../main/contract/values.ts";
import { isSettled } from "../../../main/domain/receipt/state.ts";

/** Rows asked for again one by one when they were settled while they were in view. */
const MAX_SINGLE_ROWS = 20;

/** What the rail says about a receipt is newer than what the list read. */
export function withRail(row: SaleHead, rail: ReadonlyMap<number, OwedReceipt>): SaleHead {
  const receipt = rail.get(row.saleId);
  return receipt ? { ...row, state: receipt.state, cause: receipt.cause, proof: null } : row;
}

/** Rows that were owed when read and no longer hang on the rail. */
export function settledMeanwhile(
  rows: readonly SaleHead[],
  rail: ReadonlyMap<number, OwedReceipt>,
): number[] {
  return rows
    .filter((row) => !isSettled(row.state) && !rail.has(row.saleId))
    .map((row) => row.saleId)
    .slice(0, MAX_SINGLE_ROWS);
}
