import type { DayReport } from "../../../main/contract/day.ts";
import { CAUSE_CODES, classOf, type CauseClass } from "../../../main/domain/receipt/cause.ts";

type Cause = DayReport["byCause"][number]["cause"];

export interface CauseRow {
  cause: Cause;
  /** null: the printer simply never answered and nobody named a cause. */
  causeClass: CauseClass | null;
  /** In the order of `CauseTable.cashiers`. */
  counts: number[];
  total: number;
}

export interface CauseTable {
  cashiers: string[];
  /** Class A first, within a class the commonest first. */
  rows: CauseRow[];
  total: number;
}

/** Causes down, cashiers across: the report's counts as a table whose sums can be checked. */
export function causeTable(byCause: DayReport["byCause"]): CauseTable {
  const cashiers = [...new Set(byCause.map((entry) => entry.cashier))];
  const causes = [...new Set(byCause.map((entry) => entry.cause))];
  const rows = causes.map((cause): CauseRow => {
    const counts = cashiers.map((cashier) =>
      sum(
        byCause
          .filter((entry) => entry.cause === cause && entry.cashier === cashier)
          .map((entry) => entry.count),
      ),
    );
    return {
      cause,
      causeClass: cause === null ? null : classOf(cause),
      counts,
      total: sum(counts),
    };
  });
  rows.sort(compareRows);
  return { cashiers, rows, total: sum(rows.map((row) => row.total)) };
}

function compareRows(a: CauseRow, b: CauseRow): number {
  const byClass = (a.causeClass ?? "Z").localeCompare(b.causeClass ?? "Z");
  if (byClass !== 0) return byClass;
  return b.total - a.total || orderOf(a.cause) - orderOf(b.cause);
}

function orderOf(cause: Cause): number {
  return cause === null ? CAUSE_CODES.length : CAUSE_CODES.indexOf(cause);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
