import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { sellForDays } from "../../unit/sale-log/support/shop-days.ts";

/** A closed log of a small shop: some days of sales with everything that happens to receipts. */
export function shopLog(dir: string, days: number, salesPerDay: number): void {
  const log = new SaleLog(dir);
  sellForDays(log, days, salesPerDay);
  log.close();
}
