import { formatAmount, formatQuantity, paperSymbolOf } from "../money.ts";
import type { Locale, PricedBasket, PricedLine, SaleRecord, TaxMode } from "../sale.ts";
import type { Currency } from "../money.ts";
import { composer, type Composer } from "./compose.ts";
import { cellsOf, type ReceiptLine } from "./line.ts";
import { markText, type ReceiptMark } from "./mark.ts";
import { wallClock } from "./time.ts";
import { receiptWords, type ReceiptWords } from "./words.ts";

/** Paper widths and the cells of the normal font they hold (203 dpi, 12-dot cells). */
export const COLUMNS_OF_WIDTH = { 58: 32, 80: 48 } as const;
export type PaperWidthMm = keyof typeof COLUMNS_OF_WIDTH;

export interface BasketLayout {
  basket: PricedBasket;
  currency: Currency;
  taxMode: TaxMode;
  locale: Locale;
  columns: number;
}

/** The receipt of a finished sale, ready for paper. Same content every time; only the mark differs. */
export function layoutReceipt(sale: SaleRecord, columns: number, mark: ReceiptMark): ReceiptLine[] {
  const make = composer(columns);
  const words = receiptWords(sale.locale);
  return [
    ...markLines(make, words, mark, sale.utcOffsetMin),
    ...headLines(make, words, sale),
    make.rule("meta"),
    ...basketLines(make, words, { basket: sale, ...sale, columns }),
    ...tenderLines(make, words, sale),
    ...footLines(make, words, sale, mark),
  ];
}

/** The part of the receipt a basket already fixes: its lines, discounts, tax and total. */
export function layoutBasket(layout: BasketLayout): ReceiptLine[] {
  return basketLines(composer(layout.columns), receiptWords(layout.locale), layout);
}

/** The head of the next receipt, before it has a number. */
export function layoutHead(
  shop: SaleRecord["shop"],
  locale: Locale,
  columns: number,
): ReceiptLine[] {
  return shopLines(composer(columns), receiptWords(locale), shop);
}

/** Text at the foot that proves the slip is whole: nothing of the receipt comes after it. */
export function endMarkOf(receiptNo: number, words: ReceiptWords): string {
  return `- ${receiptNo} ${words.end} -`;
}

function markLines(make: Composer, words: ReceiptWords, mark: ReceiptMark, utcOffsetMin: number) {
  const text = markText(mark);
  if (text === null || mark.kind === "original") return [];
  const when = `${words.printedAgainAt} ${wallClock(mark.atMs, utcOffsetMin)}`;
  return [
    ...make.center("mark", `*** ${text} ***`, { bold: true }),
    ...make.center("mark", `${when} ${words.printedAgainBy} ${mark.by}`),
    make.rule("mark"),
  ];
}

function shopLines(make: Composer, words: ReceiptWords, shop: SaleRecord["shop"]): ReceiptLine[] {
  return [
    ...make.bigCenter("shop", shop.name),
    ...(shop.address === "" ? [] : make.center("shop", shop.address)),
    ...(shop.phone === "" ? [] : make.center("shop", `${words.phone} ${shop.phone}`)),
  ];
}

function headLines(make: Composer, words: ReceiptWords, sale: SaleRecord): ReceiptLine[] {
  return [
    ...shopLines(make, words, sale.shop),
    make.rule("meta"),
    ...make.pair(
      "meta",
      `${words.receiptNo} ${sale.receiptNo}`,
      `${words.cashier} ${sale.cashier}`,
    ),
    ...make.left("meta", `${words.time} ${wallClock(sale.atMs, sale.utcOffsetMin)}`),
  ];
}

function basketLines(make: Composer, words: ReceiptWords, layout: BasketLayout): ReceiptLine[] {
  const { basket, currency } = layout;
  const amount = (minor: number) => formatAmount(minor, currency);
  const lines = basket.lines.flatMap((line, index) => itemLines(make, words, line, index, layout));
  const totals: ReceiptLine[] = [make.rule("total")];
  if (basket.discountMinor > 0) {
    const subtotalMinor = basket.lines.reduce((total, line) => total + line.amountMinor, 0);
    totals.push(...make.pair("discount", words.subtotal, amount(subtotalMinor)));
    totals.push(...make.pair("discount", words.discount, amount(-basket.discountMinor)));
  }
  if (layout.taxMode === "exclusive")
    for (const tax of basket.taxes)
      totals.push(
        ...make.pair("tax", `${words.taxAdded} ${percent(tax.rateBp)}`, amount(tax.taxMinor)),
      );
  const totalText = `${paperSymbolOf(currency)}${amount(basket.totalMinor)}`;
  totals.push(...make.bigPair("total", words.total, totalText));
  totals.push(...make.pair("total", words.pieces, String(basket.pieces)));
  if (basket.savedMinor > 0)
    totals.push(...make.pair("discount", words.saved, amount(basket.savedMinor)));
  if (layout.taxMode === "inclusive")
    for (const tax of basket.taxes)
      totals.push(
        ...make.pair("tax", `${words.taxIncluded} ${percent(tax.rateBp)}`, amount(tax.taxMinor)),
      );
  return [...lines, ...totals];
}

/** An item takes one line when everything fits, else its name stands above quantity and amount. */
function itemLines(
  make: Composer,
  words: ReceiptWords,
  line: PricedLine,
  index: number,
  { currency, locale }: BasketLayout,
): ReceiptLine[] {
  const amount = (minor: number) => formatAmount(minor, currency);
  const style = { item: index };
  const name = nameOf(line, locale) || words.miscellaneous;
  const grossText = amount(line.amountMinor + line.discountMinor);
  const times = `${formatQuantity(line.quantityMilli)} x ${amount(line.priceMinor)}`;
  const discount =
    line.discountMinor === 0
      ? []
      : make.pair("discount", `  ${words.discount}`, amount(-line.discountMinor), style);
  const detailCells = make.columns >= 42 ? 15 : 0;
  const amountCells = Math.max(10, cellsOf(grossText));
  const nameCells = make.columns - detailCells - amountCells - 1;
  if (detailCells >= cellsOf(times) && cellsOf(name) <= nameCells) {
    const segments = [
      { text: name, cell: 0, cells: nameCells, align: "left" as const },
      { text: times, cell: nameCells, cells: detailCells, align: "right" as const },
      {
        text: grossText,
        cell: make.columns - amountCells,
        cells: amountCells,
        align: "right" as const,
      },
    ];
    return [make.text("item", segments, style), ...discount];
  }
  return [
    ...make.left("item", name, style),
    ...make.pair("item", `  ${times}`, grossText, style),
    ...discount,
  ];
}

function tenderLines(make: Composer, words: ReceiptWords, sale: SaleRecord): ReceiptLine[] {
  const amount = (minor: number) => formatAmount(minor, sale.currency);
  const lines = sale.tenders.flatMap((tender) => {
    const name = words.tenders[tender.method];
    const label = tender.reference === null ? name : `${name} ${tender.reference}`;
    return make.pair("tender", label, amount(tender.amountMinor));
  });
  if (sale.changeMinor > 0) {
    lines.push(...make.pair("tender", words.tendered, amount(sale.tenderedMinor)));
    lines.push(...make.pair("tender", words.change, amount(sale.changeMinor), { bold: true }));
  }
  return [make.rule("tender"), ...lines];
}

function footLines(
  make: Composer,
  words: ReceiptWords,
  sale: SaleRecord,
  mark: ReceiptMark,
): ReceiptLine[] {
  const text = markText(mark);
  return [
    make.rule("note"),
    ...(sale.shop.footer === "" ? [] : make.center("note", sale.shop.footer)),
    make.barcode(receiptBarcode(sale.receiptNo)),
    ...(text === null ? [] : make.center("mark", `*** ${text} ***`, { bold: true })),
    ...make.center("code", endMarkOf(sale.receiptNo, words)),
  ];
}

/** What the barcode on a receipt says; scanning it opens the sale. */
export function receiptBarcode(receiptNo: number): string {
  return `SLIP${String(receiptNo).padStart(6, "0")}`;
}

/** The receipt number in a scanned slip barcode, null when it is not one of ours. */
export function receiptNoOfBarcode(code: string): number | null {
  const match = /^SLIP(\d{6,12})$/.exec(code);
  return match ? Number(match[1]) : null;
}

/** The product's name in the language of the receipt, in the other one when it has none. */
export function nameOf(line: { nameZh: string; nameEn: string }, locale: Locale): string {
  return locale === "en" ? line.nameEn || line.nameZh : line.nameZh || line.nameEn;
}

function percent(rateBp: number): string {
  return `${rateBp / 100}%`;
}
