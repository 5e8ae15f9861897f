import type { SaleRecord } from "../domain/sale.ts";
import type { EventAppender } from "./append.ts";
import { readBeginning } from "./beginning.ts";
import { readNumbers } from "./numbers.ts";
import type { Receipts } from "./receipts.ts";
import {
  insertInto,
  LINE_COLUMNS,
  PAYMENT_COLUMNS,
  SALE_COLUMNS,
  saleRows,
  type SalePlace,
} from "./sale-rows.ts";
import type { Database } from "./sqlite.ts";

const INSERT_SALE = insertInto("sale", SALE_COLUMNS);
const INSERT_LINE = insertInto("sale_line", LINE_COLUMNS);
const INSERT_PAYMENT = insertInto("payment", PAYMENT_COLUMNS);

/** Characters of an event's hash that stand on a slip. */
const CODE_LENGTH = 10;

/** Both included. */
export interface NumberRange {
  from: number;
  to: number;
}

/** Finished sales: the event is the truth, the rows beside it are for looking things up. */
export class Sales {
  private readonly db: Database;
  private readonly events: EventAppender;
  private readonly receipts: Receipts;
  private gaps: NumberRange[] | null = null;
  /** Never changes while a file is open. */
  private given: number | null = null;

  constructor(db: Database, events: EventAppender, receipts: Receipts) {
    this.db = db;
    this.events = events;
    this.receipts = receipts;
  }

  /** The number the next sale gets; gapless, because an undone sale never took one. */
  nextId(): number {
    return Math.max(this.newestSoldId(), this.givenBefore()) + 1;
  }

  /** The newest sale of this file; 0: there is none yet. */
  newestSoldId(): number {
    return Number(this.db.get("SELECT max(id) AS n FROM sale")?.["n"] ?? 0);
  }

  /** Numbers of books that these go on from, or were put in place of, are on paper already. */
  private givenBefore(): number {
    this.given ??= Math.max(readBeginning(this.db)?.saleId ?? 0, readNumbers(this.db).saleId);
    return this.given;
  }

  /**
   * Ranges of numbers that no sale here has, lowest first. Only books that went on from damaged ones, or were
   * put in place of others, have any; their sales are gone through once, and later ones leave out none.
   */
  leftOut(): NumberRange[] {
    this.gaps ??= this.readGaps();
    return this.gaps;
  }

  private readGaps(): NumberRange[] {
    const count = Number(this.db.get("SELECT count(*) AS n FROM sale")?.["n"]);
    if (count === this.newestId()) return [];
    const below = this.db
      .rows(
        `SELECT before+1, id-1
         FROM (SELECT id, lag(id, 1, 0) OVER (ORDER BY id) AS before FROM sale) WHERE id>before+1`,
      )
      .map(([from, to]) => ({ from: Number(from), to: Number(to) }));
    // Books that have gone on and sold nothing yet: the numbers before the next one.
    const newest = this.newestSoldId();
    const last = this.newestId();
    return last > newest ? [...below, { from: newest + 1, to: last }] : below;
  }

  newestId(): number {
    return this.nextId() - 1;
  }

  /** Writes sale, lines, tenders, receipt obligation and print job. Inside a transaction. */
  add(record: SaleRecord, dayId: number, requestId: string): void {
    const seq = this.events.append(record.atMs, record.cashier, {
      kind: "saleCompleted",
      ref: record.receiptNo,
      body: { ...record, dayId, requestId },
    });
    const cashierId = this.events.personId(record.cashier, record.atMs);
    writeSaleRows(this.db, record, { seq, dayId, cashierId });
    this.receipts.open(record.receiptNo, dayId, record.atMs);
  }

  /** The sale as it was that day; null when there is none. */
  record(id: number): SaleRecord | null {
    const row = this.db.get(
      "SELECT e.body FROM sale s JOIN event e ON e.seq=s.seq WHERE s.id=?",
      id,
    );
    return row ? (JSON.parse(String(row["body"])) as SaleRecord) : null;
  }

  /**
   * The code on the slip of a sale: the first 10 characters of its event's hash. Whoever holds the
   * slip can tell a log that says something else about this sale, or about any before it.
   */
  proofCode(id: number): string | null {
    const row = this.db.get(
      "SELECT e.hash FROM sale s JOIN event e ON e.seq=s.seq WHERE s.id=?",
      id,
    );
    return row ? String(row["hash"]).slice(0, CODE_LENGTH) : null;
  }
}

/** The rows that follow from the event of a sale, but for its receipt. Inside a transaction. */
export function writeSaleRows(
  db: Database,
  record: SaleRecord,
  place: Omit<SalePlace, "nameId">,
): void {
  const rows = saleRows(record, {
    ...place,
    nameId: (nameZh, nameEn) => nameIdOf(db, nameZh, nameEn),
  });
  db.run(INSERT_SALE, ...rows.sale);
  for (const line of rows.lines) db.run(INSERT_LINE, ...line);
  for (const payment of rows.payments) db.run(INSERT_PAYMENT, ...payment);
}

function nameIdOf(db: Database, nameZh: string, nameEn: string): number {
  const find = () =>
    db.get("SELECT id FROM item_name WHERE name_zh=? AND name_en=?", nameZh, nameEn);
  const known = find();
  if (known) return Number(known["id"]);
  db.run("INSERT INTO item_name(name_zh,name_en) VALUES(?,?)", nameZh, nameEn);
  return Number(find()?.["id"]);
}
