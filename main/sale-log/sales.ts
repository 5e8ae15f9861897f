import type { SaleRecord } from "../domain/sale.ts";
import type { EventAppender } from "./append.ts";
import type { Receipts } from "./receipts.ts";
import type { Database } from "./sqlite.ts";

/** Finished sales: the event is the truth, the rows beside it are for looking things up. */
export class Sales {
  private readonly db: Database;
  private readonly events: EventAppender;
  private readonly receipts: Receipts;

  constructor(db: Database, events: EventAppender, receipts: Receipts) {
    this.db = db;
    this.events = events;
    this.receipts = receipts;
  }

  /** The number the next sale gets; gapless, because an undone sale never took one. */
  nextId(): number {
    return Number(this.db.get("SELECT coalesce(max(id),0)+1 AS n FROM sale")?.["n"]);
  }

  newestId(): number {
    return this.nextId() - 1;
  }

  /** Writes sale, lines, tenders, receipt obligation and print job. Inside a transaction. */
  add(record: SaleRecord, dayId: number, requestId: string): void {
    const id = record.receiptNo;
    const seq = this.events.append(record.atMs, record.cashier, {
      kind: "saleCompleted",
      ref: id,
      body: { ...record, dayId, requestId },
    });
    this.db.run(
      `INSERT INTO sale(id,seq,at_ms,day_id,cashier,total,tax,saved,pieces,lines,change)
       VALUES(?,?,?,?,?,?,?,?,?,?,?)`,
      id,
      seq,
      record.atMs,
      dayId,
      this.events.personId(record.cashier),
      record.totalMinor,
      record.taxMinor,
      record.savedMinor,
      record.pieces,
      record.lines.length,
      record.changeMinor,
    );
    this.addLines(record);
    record.tenders.forEach((tender, index) => {
      this.db.run(
        "INSERT INTO payment(sale_id,n,method,amount,reference,last4) VALUES(?,?,?,?,?,?)",
        id,
        index + 1,
        tender.method,
        tender.amountMinor,
        tender.reference,
        tender.reference?.slice(-4) ?? null,
      );
    });
    this.receipts.open(id, dayId, record.atMs);
  }

  /** The sale as it was that day; null when there is none. */
  record(id: number): SaleRecord | null {
    const row = this.db.get(
      "SELECT e.body FROM sale s JOIN event e ON e.seq=s.seq WHERE s.id=?",
      id,
    );
    return row ? (JSON.parse(String(row["body"])) as SaleRecord) : null;
  }

  private addLines(record: SaleRecord): void {
    record.lines.forEach((line, index) => {
      this.db.run(
        `INSERT INTO sale_line(sale_id,n,code,name_id,quantity_milli,price,amount)
         VALUES(?,?,?,?,?,?,?)`,
        record.receiptNo,
        index + 1,
        line.code,
        this.nameId(line.nameZh, line.nameEn),
        line.quantityMilli,
        line.priceMinor,
        line.amountMinor,
      );
    });
  }

  private nameId(nameZh: string, nameEn: string): number {
    const find = () =>
      this.db.get("SELECT id FROM item_name WHERE name_zh=? AND name_en=?", nameZh, nameEn);
    const known = find();
    if (known) return Number(known["id"]);
    this.db.run("INSERT INTO item_name(name_zh,name_en) VALUES(?,?)", nameZh, nameEn);
    return Number(find()?.["id"]);
  }
}
