import { formatAmount, formatQuantity, paperSymbolOf, type Currency } from "../money.ts";
import { codeToShow } from "../product-code.ts";
import type { Locale, PricedBasket, PricedLine, TaxMode } from "../sale.ts";
import type { Composer } from "./compose.ts";
import { cellsOf, wrap, type ReceiptLine, type Segment } from "./line.ts";
import type { TemplateSnapshot } from "./template.ts";
import { rateLetter, vatTable } from "./vat-table.ts";
import type { ReceiptWords } from "./words.ts";

export interface BasketLayout {
  basket: PricedBasket;
  currency: Currency;
  taxMode: TaxMode;
  locale: Locale;
  columns: number;
  /** Missing: as receipts were before there were templates. */
  template?: TemplateSnapshot | undefined;
}

/** What a basket fixes: its lines, discounts, tax and total. */
export function basketLines(
  make: Composer,
  words: ReceiptWords,
  layout: BasketLayout,
): ReceiptLine[] {
  return [
    ...layout.basket.lines.flatMap((line, index) => itemLines(make, words, line, index, layout)),
    make.rule("total"),
    ...totalLines(make, words, layout),
  ];
}

/** Packs that show net, VAT and gross for each rate. */
export function hasVatTable(template: TemplateSnapshot | undefined, taxMode: TaxMode): boolean {
  return template !== undefined && template.pack !== "cn" && taxMode !== "none";
}

function totalLines(make: Composer, words: ReceiptWords, layout: BasketLayout): ReceiptLine[] {
  const { basket, currency, taxMode, template } = layout;
  const amount = (minor: number) => formatAmount(minor, currency);
  const lines: ReceiptLine[] = [];
  if (basket.discountMinor > 0) {
    const subtotalMinor = basket.lines.reduce((total, line) => total + line.amountMinor, 0);
    lines.push(...make.pair("discount", words.subtotal, amount(subtotalMinor)));
    lines.push(...make.pair("discount", words.discount, amount(-basket.discountMinor)));
  }
  const taxes = (label: string) =>
    basket.taxes.flatMap((tax) =>
      make.pair("tax", `${label} ${percent(tax.rateBp)}`, amount(tax.taxMinor)),
    );
  if (taxMode === "exclusive") lines.push(...taxes(words.taxAdded));
  const label = template?.pack === "cn" ? words.payable : words.total;
  const totalText = `${paperSymbolOf(currency)}${amount(basket.totalMinor)}`;
  lines.push(...make.bigPair("total", label, totalText));
  lines.push(...make.pair("total", words.pieces, String(basket.pieces)));
  if (basket.savedMinor > 0)
    lines.push(...make.pair("discount", words.saved, amount(basket.savedMinor)));
  if (hasVatTable(template, taxMode)) {
    const table = vatTable(make, words, basket, currency);
    if (table.length > 0) lines.push(make.rule("tax"), ...table);
  } else if (taxMode === "inclusive") lines.push(...taxes(words.taxIncluded));
  return lines;
}

/** An item takes one line when everything fits, else its name stands above quantity and amount. */
function itemLines(
  make: Composer,
  words: ReceiptWords,
  line: PricedLine,
  index: number,
  layout: BasketLayout,
): ReceiptLine[] {
  const { currency, locale, template } = layout;
  const amount = (minor: number) => formatAmount(minor, currency);
  const style = { item: index };
  const name = nameOf(line, locale) || words.miscellaneous;
  const grossText = amount(line.amountMinor + line.discountMinor);
  const letter = hasVatTable(template, layout.taxMode)
    ? rateLetter(layout.basket, line.taxRateBp)
    : null;
  const times = `${formatQuantity(line.quantityMilli)} x ${amount(line.priceMinor)}${letter === null ? "" : ` ${letter}`}`;
  const code = template?.showCodes === true ? codeToShow(line.code) : "";
  const discount =
    line.discountMinor === 0
      ? []
      : make.pair("discount", `  ${words.discount}`, amount(-line.discountMinor), style);
  const detailCells = make.columns >= 42 ? 15 : 0;
  const amountCells = Math.max(10, cellsOf(grossText));
  const nameCells = make.columns - detailCells - amountCells - 1;
  if (code === "" && detailCells >= cellsOf(times) && cellsOf(name) <= nameCells) {
    const segments: Segment[] = [
      { text: name, cell: 0, cells: nameCells, align: "left" },
      { text: times, cell: nameCells, cells: detailCells, align: "right" },
      {
        text: grossText,
        cell: make.columns - amountCells,
        cells: amountCells,
        align: "right",
      },
    ];
    return [make.text("item", segments, style), ...discount];
  }
  return [
    ...make.left("item", name, style),
    ...(code === ""
      ? make.pair("item", `  ${times}`, grossText, style)
      : codeLines(make, code, times, grossText, style)),
    ...discount,
  ];
}

/** Code, quantity and amount on one line where they fit; else the code stands above. */
function codeLines(
  make: Composer,
  code: string,
  times: string,
  grossText: string,
  style: { item: number },
): ReceiptLine[] {
  const rightCells = Math.max(make.columns >= 42 ? 10 : 8, cellsOf(grossText) + 1);
  const codeCells = cellsOf(code) + 2;
  const timesCells = make.columns - codeCells - rightCells;
  if (timesCells <= cellsOf(times)) {
    const cells = make.columns - 2;
    return [
      ...wrap(code, cells).map((text) =>
        make.text("item", [{ text, cell: 2, cells, align: "left" }], style),
      ),
      ...make.pair("item", `  ${times}`, grossText, style),
    ];
  }
  return [
    make.text(
      "item",
      [
        { text: code, cell: 2, cells: codeCells - 2, align: "left" },
        { text: times, cell: codeCells, cells: timesCells, align: "right" },
        { text: grossText, cell: make.columns - rightCells, cells: rightCells, align: "right" },
      ],
      style,
    ),
  ];
}

/** The product's name in the language of the receipt, in the other one when it has none. */
export function nameOf(line: { nameZh: string; nameEn: string }, locale: Locale): string {
  return locale === "en" ? line.nameEn || line.nameZh : line.nameZh || line.nameEn;
}

function percent(rateBp: number): string {
  return `${rateBp / 100}%`;
}
