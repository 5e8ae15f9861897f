import Papa from "papaparse";
import type { DayReport } from "../contract/day.ts";
import { headText } from "../domain/receipt/day-layout.ts";
import { dayWords } from "../domain/receipt/day-words.ts";
import { formatAmount, type Currency } from "../domain/money.ts";
import { wallClock } from "../domain/receipt/time.ts";
import type { Locale } from "../domain/sale.ts";

/**
 * What a spreadsheet would calculate. Papaparse's own rule looks at cells of one line only, so a line break behind
 * the formula would let it through; in Chinese and Japanese a full-width sign begins one too.
 */
const FORMULA = /^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/**
 * One row per receipt the printer did not prove, then one per receipt that changed after the day was closed, what was
 * ever sold and the end of the log. UTF-8 with BOM, because Excel in China opens
 * anything else as GBK; cells that a spreadsheet would run as a formula are made text.
 */
export function dayCsv(
  report: DayReport,
  currency: Currency,
  locale: Locale,
  utcOffsetMin: number,
): string {
  const words = dayWords(locale);
  const header = [
    words.receipt,
    words.time,
    words.amount,
    words.cashier,
    words.state,
    words.causeClass,
    words.cause,
    words.settledBy,
    words.reason,
    words.owedFor,
  ];
  const rows = report.unproven.map((receipt) => [
    String(receipt.saleId),
    wallClock(receipt.atMs, utcOffsetMin),
    formatAmount(receipt.totalMinor, currency),
    receipt.cashier,
    words.states[receipt.state],
    receipt.causeClass === null ? "" : `${receipt.causeClass} ${words.classes[receipt.causeClass]}`,
    receipt.cause === null ? "" : words.causes[receipt.cause],
    receipt.settledBy ?? "",
    receipt.reason ?? "",
    String(Math.round(receipt.owedMs / 60_000)),
  ]);
  // As it was signed stands above; this is what became of it.
  const since = report.since.map((change) => [
    String(change.saleId),
    wallClock(change.atMs, utcOffsetMin),
    formatAmount(change.totalMinor, currency),
    change.cashier,
    `${words.states[change.from]} -> ${words.states[change.to]}`,
    change.copies === 0 ? "" : `${words.copies} ${change.copies}`,
    "",
    change.settledBy ?? "",
    change.reason ?? "",
    "",
  ]);
  const sinceTitle = since.length === 0 ? [] : [[words.sinceTitle]];
  const closing = [
    [words.grandTotal, formatAmount(report.grandTotalMinor, currency)],
    [headText(report.head, words)],
  ];
  return `\ufeff${Papa.unparse([header, ...rows, ...sinceTitle, ...since, ...closing], { escapeFormulae: FORMULA })}\r\n`;
}
