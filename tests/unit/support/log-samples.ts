import type { SaleLog } from "../../../main/sale-log/sale-log.ts";
import type { Basket, SaleRecord, Tender } from "../../../main/domain/sale.ts";
import { line, saleOf } from "./sale-samples.ts";

export const AT = Date.UTC(2026, 10, 23, 1, 0, 0);

type Sale = [change?: Partial<SaleRecord>, basket?: Basket, tenders?: Tender[]];

/** Writes one sale into a log as the till does: numbered, in an open day, in one transaction. */
export function addSale(log: SaleLog, ...sale: Sale): number {
  return log.transaction(() => writeSale(log, ...sale));
}

/** As `addSale`, for a test that opens the transaction itself. */
export function writeSale(
  log: SaleLog,
  change: Partial<SaleRecord> = {},
  basket: Basket = { lines: [line()], discountMinor: 0 },
  tenders?: Tender[],
): number {
  const receiptNo = log.sales.nextId();
  const record = saleOf(basket, { receiptNo, atMs: AT + receiptNo * 1000, ...change }, tenders);
  const day = log.days.ensureOpen(record.atMs, record.cashier, "2026-11-23");
  log.sales.add(record, day.id, `request-${receiptNo}`);
  return receiptNo;
}
