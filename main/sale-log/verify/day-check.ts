import type { SaleRecord } from "../../domain/sale.ts";
import type { Beginning } from "../beginning.ts";
import type { Database, SqlValue } from "../sqlite.ts";
import { ExpectedRows } from "./expected-rows.ts";
import type { Findings } from "./finding.ts";
import type { EventRow } from "./reading.ts";

/** What the sales of one day come to. */
interface Sums {
  sales: number;
  totalMinor: number;
  taxMinor: number;
  savedMinor: number;
  changeMinor: number;
  first: number | null;
  last: number | null;
  tenders: Map<string, { count: number; amountMinor: number }>;
}

/** Days and their totals: worked out anew from the sales, against what was said at closing. */
export class DayCheck {
  private readonly findings: Findings;
  private readonly rows: ExpectedRows;
  private readonly sums = new Map<number, Sums>();
  private readonly grand = { sales: 0, totalMinor: 0 };
  /** The day under way as a row, with where it came from. */
  private open: { row: SqlValue[]; seq: number; atMs: number } | null = null;
  private lastId = 0;
  private mayJump = false;

  constructor(db: Database, findings: Findings) {
    this.findings = findings;
    this.rows = new ExpectedRows(db, findings, {
      name: "day",
      key: ["id"],
      columns: [
        "biz_date",
        "opened_at_ms",
        "closed_at_ms",
        "closed_by",
        "signed_by",
        "close_seq",
        "sales",
        "total",
        "grand_sales",
        "grand_total",
      ],
      reportExtra: true,
    });
  }

  get count(): number {
    return this.lastId;
  }

  opened({ ref, seq, atMs }: EventRow, date: unknown): void {
    this.settle();
    if (ref !== this.lastId + 1 && !this.mayJump)
      this.findings.add("numberMissing", {
        table: "day",
        seq,
        atMs,
        expected: String(this.lastId + 1),
        found: String(ref),
      });
    this.mayJump = false;
    this.lastId = ref ?? this.lastId;
    const row = [ref, String(date), atMs, null, null, null, null, null, null, null, null];
    this.open = { row, seq, atMs };
  }

  sold(dayId: unknown, sale: SaleRecord): void {
    if (typeof dayId !== "number") return;
    const sums = this.sums.get(dayId) ?? emptySums();
    this.sums.set(dayId, sums);
    sums.sales += 1;
    sums.totalMinor += sale.totalMinor;
    sums.taxMinor += sale.taxMinor;
    sums.savedMinor += sale.savedMinor;
    sums.changeMinor += sale.changeMinor;
    sums.first ??= sale.receiptNo;
    sums.last = sale.receiptNo;
    for (const { method, amountMinor } of sale.tenders) {
      const before = sums.tenders.get(method) ?? { count: 0, amountMinor: 0 };
      sums.tenders.set(method, {
        count: before.count + 1,
        amountMinor: before.amountMinor + amountMinor,
      });
    }
    this.grand.sales += 1;
    this.grand.totalMinor += sale.totalMinor;
  }

  closed(event: EventRow, body: Record<string, unknown>): void {
    const { ref, seq, atMs, actor } = event;
    const sums = this.sums.get(ref ?? 0) ?? emptySums();
    const said = saidOf(body);
    const counted = countedOf(body["v"], sums, this.grand);
    for (const [name, value] of Object.entries(counted))
      if (said[name] !== value)
        this.findings.add("dayTotalWrong", {
          seq,
          atMs,
          row: String(ref),
          column: name,
          expected: String(value),
          found: String(said[name]),
        });
    if (this.open?.row[0] !== ref) return;
    const signedBy = body["signedBy"];
    const closing = [
      atMs,
      actor,
      typeof signedBy === "string" ? signedBy : null,
      seq,
      sums.sales,
      sums.totalMinor,
      this.grand.sales,
      this.grand.totalMinor,
    ];
    this.open.row.splice(3, closing.length, ...closing);
    this.sums.delete(ref ?? 0);
  }

  leaveOut(): void {
    this.mayJump = true;
  }

  /** The file of before was damaged: a day that was open there ends here, without totals of its own. */
  goOn({ seq, atMs, actor }: EventRow, begins: Beginning): void {
    const closing = [atMs, actor, null, seq, null, null, null, null];
    this.open?.row.splice(3, closing.length, ...closing);
    this.settle();
    this.lastId = Math.max(this.lastId, begins.dayId);
    this.mayJump = false;
    this.grand.sales = begins.grandSales;
    this.grand.totalMinor = begins.grandTotalMinor;
  }

  /** From here on numbers are higher than this one; a day that is open stays open. */
  skipTo(dayId: number): void {
    this.lastId = Math.max(this.lastId, dayId);
  }

  finish(): void {
    this.settle();
    this.rows.finish();
  }

  private settle(): void {
    if (this.open) this.rows.next(this.open.row, { seq: this.open.seq, atMs: this.open.atMs });
    this.open = null;
  }
}

function emptySums(): Sums {
  return {
    sales: 0,
    totalMinor: 0,
    taxMinor: 0,
    savedMinor: 0,
    changeMinor: 0,
    first: null,
    last: null,
    tenders: new Map(),
  };
}

/** What a closing says, each thing as one comparable value. */
function saidOf(body: Record<string, unknown>): Record<string, unknown> {
  const tenders = Array.isArray(body["tenders"])
    ? (body["tenders"] as { method: string; count: number; amountMinor: number }[])
    : [];
  return { ...body, tenders: tenderText(tenders) };
}

/** What the sales say to the same. Closings of version 1 had less to say. */
function countedOf(version: unknown, sums: Sums, grand: { sales: number; totalMinor: number }) {
  // Change is given in cash: it was taken in and went out again.
  const tenders = [...sums.tenders].map(([method, { count, amountMinor }]) => ({
    method,
    count,
    amountMinor: amountMinor - (method === "cash" ? sums.changeMinor : 0),
  }));
  const always = {
    sales: sums.sales,
    totalMinor: sums.totalMinor,
    tenders: tenderText(tenders),
  };
  if (version === 1) return always;
  return {
    ...always,
    taxMinor: sums.taxMinor,
    discountMinor: sums.savedMinor,
    firstSaleId: sums.first,
    lastSaleId: sums.last,
    grandSales: grand.sales,
    grandTotalMinor: grand.totalMinor,
  };
}

function tenderText(tenders: readonly { method: string; count: number; amountMinor: number }[]) {
  return tenders
    .map(({ method, count, amountMinor }) => `${method} x${count} ${amountMinor}`)
    .sort()
    .join(", ");
}
