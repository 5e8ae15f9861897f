import type { EventAppender } from "./append.ts";
import { readBeginning } from "./beginning.ts";
import { headOf } from "./chain.ts";
import type { DayClosing } from "./event.ts";
import { highestNumbers } from "./numbers.ts";
import type { Database, Row } from "./sqlite.ts";

/** A business day: from its first sale to its closing, whatever the clock says. Its id is the Z number. */
export interface Day {
  id: number;
  /** YYYY-MM-DD at the shop when it was opened. */
  date: string;
  openedAtMs: number;
  closedAtMs: number | null;
  closedBy: string | null;
  signedBy: string | null;
  /** Number of the event that closed it. */
  closeSeq: number | null;
}

const SELECT = "SELECT d.*, p.name AS closer FROM day d LEFT JOIN person p ON p.id=d.closed_by";

export class Days {
  private readonly db: Database;
  private readonly events: EventAppender;

  constructor(db: Database, events: EventAppender) {
    this.db = db;
    this.events = events;
  }

  /** The day that is open now, null between closing and the next sale. */
  open(): Day | null {
    const row = this.db.get(`${SELECT} WHERE d.closed_at_ms IS NULL ORDER BY d.id DESC LIMIT 1`);
    return row ? toDay(row) : null;
  }

  find(id: number): Day | null {
    const row = this.db.get(`${SELECT} WHERE d.id=?`, id);
    return row ? toDay(row) : null;
  }

  /** Newest first. */
  list(limit: number): Day[] {
    return this.db.all(`${SELECT} ORDER BY d.id DESC LIMIT ?`, limit).map(toDay);
  }

  /** The open day, opened now if there is none. Inside a transaction. */
  ensureOpen(atMs: number, by: string, date: string): Day {
    const open = this.open();
    if (open) return open;
    const id = highestNumbers(this.db).dayId + 1;
    this.events.append(atMs, by, { kind: "dayOpened", ref: id, body: { v: 1, date } });
    this.db.run("INSERT INTO day(id,biz_date,opened_at_ms) VALUES(?,?,?)", id, date, atMs);
    const closing = { closedAtMs: null, closedBy: null, signedBy: null, closeSeq: null };
    return { id, date, openedAtMs: atMs, ...closing };
  }

  /**
   * Closes the day: what was said of it, its totals as the log has them, and the totals of
   * everything ever sold. Inside a transaction.
   */
  close(day: Day, atMs: number, by: string, closing: DayClosing): void {
    const sums = sumsOf(this.db, "day_id=?", day.id);
    const before = grandTotals(this.db, day.id - 1);
    const grandSales = before.sales + sums.sales;
    const grandTotalMinor = before.totalMinor + sums.totalMinor;
    const seq = this.events.append(atMs, by, {
      kind: "dayClosed",
      ref: day.id,
      body: {
        ...closing,
        v: 2,
        taxMinor: sums.taxMinor,
        discountMinor: sums.savedMinor,
        firstSaleId: sums.firstSaleId,
        lastSaleId: sums.lastSaleId,
        grandSales,
        grandTotalMinor,
      },
    });
    this.db.run(
      `UPDATE day SET closed_at_ms=?, closed_by=?, signed_by=?, close_seq=?, sales=?, total=?,
         grand_sales=?, grand_total=? WHERE id=?`,
      atMs,
      this.events.personId(by, atMs),
      closing.signedBy,
      seq,
      sums.sales,
      sums.totalMinor,
      grandSales,
      grandTotalMinor,
      day.id,
    );
  }
}

/** Everything sold on this till up to and with a day; it never starts again. */
export function grandTotals(db: Database, dayId: number): { sales: number; totalMinor: number } {
  const row = db.get(
    `SELECT id, grand_sales, grand_total FROM day
     WHERE id<=? AND grand_sales IS NOT NULL ORDER BY id DESC LIMIT 1`,
    dayId,
  );
  const since = sumsOf(db, "day_id>? AND day_id<=?", Number(row?.["id"] ?? 0), dayId);
  const before = row ? null : readBeginning(db);
  return {
    sales: Number(row?.["grand_sales"] ?? before?.grandSales ?? 0) + since.sales,
    totalMinor: Number(row?.["grand_total"] ?? before?.grandTotalMinor ?? 0) + since.totalMinor,
  };
}

/** What a report of this day ends with: its closing event, or the newest one while it is open. */
export function headAfter(db: Database, day: Day): { seq: number; hash: string } {
  if (day.closeSeq === null) return headOf(db);
  const row = db.get("SELECT hash FROM event WHERE seq=?", day.closeSeq);
  return { seq: day.closeSeq, hash: String(row?.["hash"] ?? "") };
}

function sumsOf(db: Database, where: string, ...values: number[]) {
  const row = db.get(
    `SELECT count(*) AS n, coalesce(sum(total),0) AS total, coalesce(sum(tax),0) AS tax,
       coalesce(sum(saved),0) AS saved, min(id) AS first, max(id) AS last
     FROM sale WHERE ${where}`,
    ...values,
  );
  const sale = (name: string) => (typeof row?.[name] === "number" ? row[name] : null);
  return {
    sales: Number(row?.["n"]),
    totalMinor: Number(row?.["total"]),
    taxMinor: Number(row?.["tax"]),
    savedMinor: Number(row?.["saved"]),
    firstSaleId: sale("first"),
    lastSaleId: sale("last"),
  };
}

function toDay(row: Row): Day {
  return {
    id: Number(row["id"]),
    date: String(row["biz_date"]),
    openedAtMs: Number(row["opened_at_ms"]),
    closedAtMs: row["closed_at_ms"] === null ? null : Number(row["closed_at_ms"]),
    closedBy: row["closer"] as string | null,
    signedBy: row["signed_by"] as string | null,
    closeSeq: row["close_seq"] === null ? null : Number(row["close_seq"]),
  };
}
