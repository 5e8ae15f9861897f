import type { Locale, ShopHeader } from "../sale.ts";
import { composer } from "./compose.ts";
import type { ReceiptLine } from "./line.ts";
import { receiptWords } from "./words.ts";
import { wallClock } from "./time.ts";

/** A slip to look at after setting up a printer: width, Chinese, alignment, bold, size. */
export function layoutTest(
  shop: ShopHeader,
  locale: Locale,
  columns: number,
  atMs: number,
  utcOffsetMin: number,
): ReceiptLine[] {
  const make = composer(columns);
  const words = receiptWords(locale);
  return [
    ...make.bigCenter("shop", shop.name),
    ...make.center("shop", words.testTitle, { bold: true }),
    ...make.center("meta", wallClock(atMs, utcOffsetMin)),
    make.rule("meta"),
    ...make.left("table", "1234567890".repeat(5).slice(0, columns)),
    ...make.left("table", "中文打印测试一二三四五六七八九十".slice(0, columns / 2)),
    ...make.left("note", words.testLine),
    ...make.bigPair("total", words.total, "￥12.34"),
    make.rule("meta"),
    ...make.center("code", `- ${words.testEnd} -`),
  ];
}
