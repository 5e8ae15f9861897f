import { formatAmount } from "../../domain/money.ts";
import { wallClock } from "../../domain/receipt/time.ts";
import type { Settlement, SettledSale } from "./settled.ts";

/** Each way a receipt is settled, in words. The verifier has the same ones. */
const SETTLEMENT_WORDS: Record<Settlement, string> = {
  printedA: "打印机证明已打出 / proven by the printer (grade A)",
  printedB: "打印机证明已打出 / proven by the printer (grade B)",
  seen: "由人确认已打出 / seen by a person",
  declined: "顾客不要 / declined by the customer",
  handwritten: "手写小票 / written by hand",
  delivered: "电子小票 / sent as an e-receipt",
  owed: "仍欠小票 / still owed",
};

/** UTF-8 with BOM, because Excel in China opens anything else as GBK. */
export const CSV_HEAD =
  "\ufeff单号 no,时间 time,营业日 day,收银员 cashier,币种 currency,金额 total,小票 receipt,说明 meaning," +
  "纸上标记 mark,由谁 by,批准人 allowed by,交代时间 settled at,理由 reason,手写单号 paper no,出纸次数 papers\r\n";

/** One sale as a line of `receipts.csv`. */
export function csvLine(sale: SettledSale): string {
  const time = (atMs: number) => wallClock(atMs, sale.utcOffsetMin);
  const cells = [
    String(sale.saleId),
    time(sale.atMs),
    sale.date,
    sale.cashier,
    sale.currency,
    formatAmount(sale.totalMinor, sale.currency),
    sale.how,
    SETTLEMENT_WORDS[sale.how],
    sale.mark,
    sale.by,
    sale.allowedBy,
    sale.settledAtMs === null ? "" : time(sale.settledAtMs),
    sale.reason,
    sale.paperNo,
    String(sale.papers),
  ];
  return `${cells.map(cell).join(",")}\r\n`;
}

/** A cell that a spreadsheet would run as a formula is made text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
