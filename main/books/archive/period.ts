import { headOf } from "../../sale-log/chain.ts";
import { EVENT_KIND } from "../../sale-log/event.ts";
import type { Database } from "../../sale-log/sqlite.ts";

/** Sales of one business day; their numbers follow each other. */
export interface PeriodDay {
  id: number;
  date: string;
  firstSaleId: number;
  lastSaleId: number;
}

/** Where a period stands in the log. */
export interface Period {
  /** Days with sales, in order. */
  days: PeriodDay[];
  /** Number of the event its first day was opened with. */
  firstSeq: number;
  /** Number of the event its last day was closed with, or of the newest one while it is open. */
  lastSeq: number;
}

/**
 * The business days from one date to another, both `YYYY-MM-DD` and both included; null when nothing was
 * sold in them.
 */
export function findPeriod(db: Database, from: string, to: string): Period | null {
  const rows = db.rows(
    "SELECT id, biz_date, close_seq FROM day WHERE biz_date>=? AND biz_date<=? ORDER BY id",
    from,
    to,
  );
  const days: PeriodDay[] = [];
  let lastSeq = 0;
  let firstSeq: number | null = null;
  for (const [id, date, closeSeq] of rows) {
    const sales = db.get(
      "SELECT min(id) AS first, max(id) AS last, min(seq) AS seq FROM sale WHERE day_id=?",
      Number(id),
    );
    if (typeof sales?.["first"] !== "number") continue;
    firstSeq ??= openedBy(db, Number(id), Number(sales["seq"]));
    lastSeq = Math.max(lastSeq, closeSeq === null ? headOf(db).seq : Number(closeSeq));
    const numbers = { firstSaleId: Number(sales["first"]), lastSaleId: Number(sales["last"]) };
    days.push({ id: Number(id), date: String(date), ...numbers });
  }
  return firstSeq === null ? null : { days, firstSeq, lastSeq };
}

/** The event a day was opened with: it stands shortly before its first sale. */
function openedBy(db: Database, dayId: number, saleSeq: number): number {
  const row = db.get(
    "SELECT seq FROM event WHERE seq<? AND kind=? AND ref=? ORDER BY seq DESC LIMIT 1",
    saleSeq,
    EVENT_KIND.dayOpened,
    dayId,
  );
  return row ? Number(row["seq"]) : saleSeq;
}
