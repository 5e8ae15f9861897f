import type { TillStatus } from "../../../main/contract/status.ts";
import type { OwedReceipt } from "../../../main/contract/values.ts";

/** What an outage has left behind, as the person at the till has to decide about it. */
export interface BacklogGroups {
  /** Their customers may still be at the counter. Newest first, as they would be printed; as many as the rail has. */
  waiting: OwedReceipt[];
  /** Their customers are gone. Newest first. */
  late: OwedReceipt[];
  waitingCount: number;
  lateCount: number;
  lateMinor: number;
  count: number;
  totalMinor: number;
  oldestAtMs: number;
}

/** The receipts of `status.backlog` with everything that hangs on the rail about them; null: none to decide. */
export function backlogGroups({
  backlog,
  rail,
}: Pick<TillStatus, "backlog" | "rail">): BacklogGroups | null {
  if (backlog === null) return null;
  const owed = new Map(rail.map((receipt) => [receipt.saleId, receipt]));
  const found = (saleIds: readonly number[]) =>
    saleIds.map((saleId) => owed.get(saleId)).filter((receipt) => receipt !== undefined);
  const { waitingCount, lateCount, lateMinor, totalMinor, oldestAtMs } = backlog;
  return {
    waiting: found(backlog.waiting),
    late: found(backlog.late),
    waitingCount,
    lateCount,
    lateMinor,
    count: waitingCount + lateCount,
    totalMinor,
    oldestAtMs,
  };
}
