import type { SaleRecord } from "../../domain/sale.ts";
import { EventAppender } from "../append.ts";
import { grandTotals } from "../days.ts";
import { EVENT_KIND, type ReceiptBody } from "../event.ts";
import { Receipts } from "../receipts.ts";
import { writeSaleRows } from "../sales.ts";
import type { Database } from "../sqlite.ts";
import { readBody, type EventRow } from "../verify/reading.ts";

const DAY_MINUTES_MS = 60_000;

/**
 * Writes events that are known to be true into a new file, and every row that follows from them, by the same
 * rules as the till did when they happened. Where an event is missing, what only it could say is left out,
 * or stands in as little as the rest needs.
 */
export class Replay {
  private readonly db: Database;
  private readonly receipts: Receipts;
  private readonly grand: { sales: number; totalMinor: number };

  /** @param db a file without the guards that demand numbers without a gap; new, or with what came before */
  constructor(db: Database) {
    this.db = db;
    this.receipts = new Receipts(db, new EventAppender(db));
    this.grand = grandTotals(db, Number.MAX_SAFE_INTEGER);
  }

  /** One event, later than all before. Inside a transaction. */
  add(event: EventRow): void {
    const { seq, atMs, kind, actor, ref, body, hash } = event;
    const said = readBody(body) ?? {};
    this.people(event, said);
    this.needPerson(actor, kind === EVENT_KIND.saleCompleted ? said["cashier"] : null);
    this.db.run(
      "INSERT INTO event(seq,at_ms,kind,actor,ref,body,hash) VALUES(?,?,?,?,?,?,?)",
      seq,
      atMs,
      kind,
      actor,
      ref,
      body,
      hash,
    );
    switch (kind) {
      case EVENT_KIND.dayOpened:
        this.day(Number(ref), String(said["date"]), atMs);
        break;
      case EVENT_KIND.saleCompleted:
        this.sale(event, said as unknown as SaleRecord & { dayId: number });
        break;
      case EVENT_KIND.receipt:
        this.receipt(event, said as unknown as ReceiptBody);
        break;
      case EVENT_KIND.dayClosed:
        this.closing(event, said);
        break;
      case EVENT_KIND.logContinued:
        this.continued(event, said);
        break;
      default:
    }
  }

  private people({ kind, ref }: EventRow, said: Record<string, unknown>): void {
    if (kind === EVENT_KIND.personNamed) this.needPerson(Number(ref), said["name"]);
    const list = said["people"];
    const isNaming = kind === EVENT_KIND.logMade || kind === EVENT_KIND.logContinued;
    if (!isNaming || !Array.isArray(list)) return;
    for (const { id, name } of list as { id: number; name: string }[]) this.needPerson(id, name);
  }

  /** Somebody whose naming is lost keeps their number, and gets the best name there is. */
  private needPerson(id: number, name: unknown): void {
    if (this.db.get("SELECT 1 FROM person WHERE id=?", id)) return;
    const wanted = typeof name === "string" ? name : `?${id}`;
    const isTaken = this.db.get("SELECT 1 FROM person WHERE name=?", wanted) !== undefined;
    this.db.run("INSERT INTO person(id,name) VALUES(?,?)", id, isTaken ? `?${id}` : wanted);
  }

  private day(id: number, date: string, atMs: number): void {
    this.db.run("INSERT INTO day(id,biz_date,opened_at_ms) VALUES(?,?,?)", id, date, atMs);
  }

  private sale(event: EventRow, record: SaleRecord & { dayId: number }): void {
    const { seq, atMs, actor } = event;
    const { dayId, receiptNo } = record;
    if (!this.db.get("SELECT 1 FROM day WHERE id=?", dayId)) {
      const wall = new Date(atMs + record.utcOffsetMin * DAY_MINUTES_MS).toISOString();
      this.day(dayId, wall.slice(0, "YYYY-MM-DD".length), atMs);
    }
    writeSaleRows(this.db, record, { seq, dayId, cashierId: actor });
    this.receipts.open(receiptNo, dayId, record.atMs);
    this.grand.sales += 1;
    this.grand.totalMinor += record.totalMinor;
  }

  private receipt({ ref, atMs }: EventRow, body: ReceiptBody): void {
    const before = ref === null ? null : this.receipts.status(ref);
    // The sale itself is lost: there is no receipt to move.
    if (ref === null || !before) return;
    this.receipts.follow(ref, before, atMs, body);
  }

  private closing({ ref, seq, atMs, actor }: EventRow, said: Record<string, unknown>): void {
    const grandSales = said["grandSales"];
    if (typeof grandSales === "number") {
      this.grand.sales = grandSales;
      this.grand.totalMinor = Number(said["grandTotalMinor"]);
    }
    const signedBy = said["signedBy"];
    this.db.run(
      `UPDATE day SET closed_at_ms=?, closed_by=?, signed_by=?, close_seq=?, sales=?, total=?,
         grand_sales=?, grand_total=? WHERE id=?`,
      atMs,
      actor,
      typeof signedBy === "string" ? signedBy : null,
      seq,
      Number(said["sales"]),
      Number(said["totalMinor"]),
      this.grand.sales,
      this.grand.totalMinor,
      ref,
    );
  }

  /** A day that was open when the file was damaged ended there; its totals follow from its sales. */
  private continued({ seq, atMs, actor }: EventRow, said: Record<string, unknown>): void {
    this.db.run(
      "UPDATE day SET closed_at_ms=?, closed_by=?, close_seq=? WHERE closed_at_ms IS NULL",
      atMs,
      actor,
      seq,
    );
    const begins = said["begins"] as
      | { grandSales?: unknown; grandTotalMinor?: unknown }
      | undefined;
    this.grand.sales = Number(begins?.grandSales ?? this.grand.sales);
    this.grand.totalMinor = Number(begins?.grandTotalMinor ?? this.grand.totalMinor);
  }
}
