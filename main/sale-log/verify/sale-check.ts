import { settleTenders, type SaleRecord } from "../../domain/sale.ts";
import { LINE_COLUMNS, PAYMENT_COLUMNS, SALE_COLUMNS, saleRows } from "../sale-rows.ts";
import type { Database } from "../sqlite.ts";
import { ExpectedRows } from "./expected-rows.ts";
import type { FindingFacts, Findings } from "./finding.ts";
import type { EventRow } from "./reading.ts";

/** Sales, their lines, payments and names: made anew from the events and compared row by row. */
export class SaleCheck {
  private readonly findings: Findings;
  private readonly sales: ExpectedRows;
  private readonly lines: ExpectedRows;
  private readonly payments: ExpectedRows;
  private readonly names: ExpectedRows;
  /** Numbers of names, in the order they were first sold. */
  private readonly nameIds = new Map<string, number>();
  private lastId = 0;
  /** Events are lost, and sales may have been among them. */
  private mayJump = false;

  constructor(db: Database, findings: Findings) {
    this.findings = findings;
    const table = (name: string, columns: readonly string[], keyLength: number) =>
      new ExpectedRows(db, findings, {
        name,
        key: columns.slice(0, keyLength),
        columns: columns.slice(keyLength),
        reportExtra: true,
      });
    this.sales = table("sale", SALE_COLUMNS, 1);
    this.lines = table("sale_line", LINE_COLUMNS, 2);
    this.payments = table("payment", PAYMENT_COLUMNS, 2);
    this.names = table("item_name", ["id", "name_zh", "name_en"], 1);
  }

  /** The newest sale seen. */
  get count(): number {
    return this.lastId;
  }

  /** One finished sale. Throws TypeError when the record has not the shape of one. */
  add(event: EventRow, sale: SaleRecord, dayId: number): void {
    const { seq, atMs, ref } = event;
    const about = { seq, atMs, saleId: ref };
    if (ref !== this.lastId + 1 && !this.mayJump)
      this.findings.add("numberMissing", {
        ...about,
        table: "sale",
        expected: String(this.lastId + 1),
        found: String(ref),
      });
    this.mayJump = false;
    this.lastId = Math.max(this.lastId, ref ?? 0);
    const rows = saleRows(sale, {
      seq,
      dayId,
      cashierId: event.actor,
      nameId: (nameZh, nameEn) => this.nameId(nameZh, nameEn, about),
    });
    this.sales.next(rows.sale, about);
    for (const line of rows.lines) this.lines.next(line, about);
    for (const payment of rows.payments) this.payments.next(payment, about);
    this.checkSums(sale, about);
  }

  leaveOut(): void {
    this.mayJump = true;
  }

  /** From here on numbers are higher than this one. */
  goOn(saleId: number): void {
    this.lastId = Math.max(this.lastId, saleId);
    this.mayJump = false;
  }

  finish(): void {
    for (const rows of [this.sales, this.lines, this.payments, this.names]) rows.finish();
  }

  private nameId(nameZh: string, nameEn: string, about: FindingFacts): number {
    const key = JSON.stringify([nameZh, nameEn]);
    const known = this.nameIds.get(key);
    if (known !== undefined) return known;
    const id = this.nameIds.size + 1;
    this.nameIds.set(key, id);
    this.names.next([id, nameZh, nameEn], about);
    return id;
  }

  /**
   * Sums that hold whatever the rules of rounding and tax were that day; those rules may change and
   * must not make an old sale wrong.
   */
  private checkSums(sale: SaleRecord, about: FindingFacts): void {
    const paid = settleTenders(sale.totalMinor, sale.tenders);
    if ("problem" in paid) this.wrong("tenders", sale.totalMinor, sale.tenderedMinor, about);
    else if (paid.tenderedMinor !== sale.tenderedMinor)
      this.wrong("tenderedMinor", paid.tenderedMinor, sale.tenderedMinor, about);
    else if (paid.changeMinor !== sale.changeMinor)
      this.wrong("changeMinor", paid.changeMinor, sale.changeMinor, about);
    const lines = sale.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const added = sale.taxMode === "exclusive" ? sale.taxMinor : 0;
    const total = lines - sale.discountMinor + added;
    if (total !== sale.totalMinor) this.wrong("totalMinor", total, sale.totalMinor, about);
  }

  private wrong(column: string, expected: number, found: number, about: FindingFacts): void {
    this.findings.add("sumWrong", {
      ...about,
      column,
      expected: String(expected),
      found: String(found),
    });
  }
}
