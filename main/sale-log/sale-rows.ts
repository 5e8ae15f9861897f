import type { SaleRecord } from "../domain/sale.ts";
import type { SqlValue } from "./sqlite.ts";

/** Columns of the three tables a sale stands in; rows below are in this order. */
export const SALE_COLUMNS = [
  "id",
  "seq",
  "at_ms",
  "day_id",
  "cashier",
  "total",
  "tax",
  "saved",
  "pieces",
  "lines",
  "change",
] as const;
export const LINE_COLUMNS = [
  "sale_id",
  "n",
  "code",
  "name_id",
  "quantity_milli",
  "price",
  "amount",
] as const;
export const PAYMENT_COLUMNS = ["sale_id", "n", "method", "amount", "reference", "last4"] as const;

/** What only the log knows about a sale. */
export interface SalePlace {
  /** Number of its event. */
  seq: number;
  dayId: number;
  /** Number of its cashier. */
  cashierId: number;
  /** Number of a product's name pair, given out at first sight. */
  nameId: (nameZh: string, nameEn: string) => number;
}

/** The rows that follow from one sale. Pure but for the numbers of names; `verify` uses it too. */
export function saleRows(
  record: SaleRecord,
  place: SalePlace,
): { sale: SqlValue[]; lines: SqlValue[][]; payments: SqlValue[][] } {
  const id = record.receiptNo;
  return {
    sale: [
      id,
      place.seq,
      record.atMs,
      place.dayId,
      place.cashierId,
      record.totalMinor,
      record.taxMinor,
      record.savedMinor,
      record.pieces,
      record.lines.length,
      record.changeMinor,
    ],
    lines: record.lines.map((line, index) => [
      id,
      index + 1,
      line.code,
      place.nameId(line.nameZh, line.nameEn),
      line.quantityMilli,
      line.priceMinor,
      line.amountMinor,
    ]),
    payments: record.tenders.map((tender, index) => [
      id,
      index + 1,
      tender.method,
      tender.amountMinor,
      tender.reference,
      tender.reference?.slice(-4) ?? null,
    ]),
  };
}

/** `INSERT` for these columns. */
export function insertInto(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table}(${columns.join(",")}) VALUES(${columns.map(() => "?").join(",")})`;
}
