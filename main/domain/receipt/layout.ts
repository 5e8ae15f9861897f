import { formatAmount } from "../money.ts";
import type { Locale, SaleRecord } from "../sale.ts";
import { basketLines, type BasketLayout } from "./basket-lines.ts";
import { composer, type Composer } from "./compose.ts";
import { cellsOf, type ReceiptLine } from "./line.ts";
import { fitLogo } from "./logo.ts";
import { markText, type ReceiptMark } from "./mark.ts";
import { fillQrText, type ReceiptAssets, type TemplateSnapshot } from "./template.ts";
import { wallClock } from "./time.ts";
import { receiptWords, type ReceiptWords } from "./words.ts";

export { nameOf, type BasketLayout } from "./basket-lines.ts";

/** Paper widths and the cells of the normal font they hold (203 dpi, 12-dot cells). */
export const COLUMNS_OF_WIDTH = { 58: 32, 80: 48 } as const;
export type PaperWidthMm = keyof typeof COLUMNS_OF_WIDTH;

/** Dots across one cell of the normal font. */
export const CELL_DOTS = 12;

/**
 * The most a UK receipt may come to and still be a simplified VAT invoice: the consideration does not exceed
 * GBP 250 (Value Added Tax Regulations 1995, SI 1995/2518, regulation 16A; HMRC manual VATREC16042). Its five
 * particulars are name, address and registration number, time of supply, description, total, and gross and rate
 * for each rate. In the EU every member state must accept EUR 100 and may go to EUR 400 (Directive 2006/112/EC,
 * articles 220a, 221, 226b and 238), so no limit is printed there.
 */
const UK_SIMPLIFIED_LIMIT_MINOR = 25_000;

/**
 * The receipt of a finished sale, ready for paper. Same content every time; only the mark differs. Looks come from
 * the template kept with the sale; a sale from before there were templates looks as it did then.
 * @param columns cells of the normal font: 32, 35, 42 or 48.
 * @param assets where the logo of the sale's template is found; without it there is none.
 * @param proofCode beginning of the hash that the sale has in the log; null leaves it out.
 */
export function layoutReceipt(
  sale: SaleRecord,
  columns: number,
  mark: ReceiptMark,
  assets?: ReceiptAssets,
  proofCode: string | null = null,
): ReceiptLine[] {
  const make = composer(columns);
  const words = receiptWords(sale.locale);
  return [
    ...markLines(make, words, mark, sale),
    ...headLines(make, words, sale, assets),
    make.rule("meta"),
    ...basketLines(make, words, { basket: sale, ...sale, columns }),
    ...tenderLines(make, words, sale),
    ...footLines(make, words, sale, mark, proofCode),
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
  template?: TemplateSnapshot,
  assets?: ReceiptAssets,
): ReceiptLine[] {
  return shopLines(composer(columns), receiptWords(locale), shop, template, assets);
}

/** Text at the foot that proves the slip is whole: nothing of the receipt comes after it. */
export function endMarkOf(receiptNo: number, words: ReceiptWords): string {
  return `- ${receiptNo} ${words.end} -`;
}

function markLines(
  make: Composer,
  words: ReceiptWords,
  mark: ReceiptMark,
  { atMs, utcOffsetMin }: SaleRecord,
): ReceiptLine[] {
  const text = markText(mark);
  if (text === null || mark.kind === "original") return [];
  const sold = `${words.soldAt} ${wallClock(atMs, utcOffsetMin)}`;
  const label = mark.kind === "late" ? words.printedAt : words.printedAgainAt;
  const printed = `${label} ${wallClock(mark.atMs, utcOffsetMin)}`;
  const by = `${words.printedAgainBy} ${mark.by}`;
  const together = `${printed} ${by}`;
  return [
    ...make.center("mark", `*** ${text} ***`, { bold: true }),
    ...(mark.kind === "late" ? make.center("mark", sold) : []),
    ...make.center("mark", cellsOf(together) <= make.columns ? together : `${printed}\n${by}`),
    make.rule("mark"),
  ];
}

function shopLines(
  make: Composer,
  words: ReceiptWords,
  shop: SaleRecord["shop"],
  template?: TemplateSnapshot,
  assets?: ReceiptAssets,
): ReceiptLine[] {
  const logoId = template?.logoId ?? null;
  const logo = logoId === null ? null : (assets?.logo(logoId) ?? null);
  const taxLabel = template?.pack === "cn" ? words.taxId : words.vatNumber;
  return [
    ...(logo === null
      ? []
      : [{ kind: "image", role: "shop", ...fitLogo(logo, make.columns * CELL_DOTS) } as const]),
    ...make.bigCenter("shop", shop.name),
    ...optional(template?.header, (text) => make.center("shop", text)),
    ...optional(shop.address, (text) => make.center("shop", text)),
    ...optional(shop.phone, (text) => make.center("shop", `${words.phone} ${text}`)),
    ...optional(template?.taxId, (text) => make.center("shop", `${taxLabel} ${text}`)),
  ];
}

function headLines(
  make: Composer,
  words: ReceiptWords,
  sale: SaleRecord,
  assets?: ReceiptAssets,
): ReceiptLine[] {
  const { template } = sale;
  const vat = template !== undefined && template.pack !== "cn";
  return [
    ...shopLines(make, words, sale.shop, template, assets),
    ...(vat && template.taxId !== "" && sale.taxMode !== "none"
      ? make.center("shop", words.vatReceipt, { bold: true })
      : []),
    make.rule("meta"),
    ...make.pair(
      "meta",
      `${words.receiptNo} ${sale.receiptNo}`,
      `${words.cashier} ${sale.cashier}`,
    ),
    ...make.left(
      "meta",
      // Goods over the counter: the tax point is the moment of the sale.
      `${vat ? words.taxPoint : words.time} ${wallClock(sale.atMs, sale.utcOffsetMin)}`,
    ),
  ];
}

function tenderLines(make: Composer, words: ReceiptWords, sale: SaleRecord): ReceiptLine[] {
  const amount = (minor: number) => formatAmount(minor, sale.currency);
  const lines = sale.tenders.flatMap((tender) => {
    const name = words.tenders[tender.method];
    const label = tender.reference === null ? name : `${name} ${tender.reference}`;
    return make.pair("tender", label, amount(tender.amountMinor));
  });
  // A Chinese receipt says what was taken and what went back even when nothing did.
  if (sale.changeMinor > 0 || sale.template?.pack === "cn") {
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
  proofCode: string | null,
): ReceiptLine[] {
  const { template } = sale;
  const text = markText(mark);
  return [
    make.rule("note"),
    ...(template === undefined ? [] : templateNotes(make, words, sale, template)),
    ...optional(sale.shop.footer, (footer) => make.center("note", footer)),
    ...(template === undefined ? [] : qrLines(make, words, sale, template)),
    ...(template?.slipBarcode === false ? [] : [make.barcode(receiptBarcode(sale.receiptNo))]),
    ...(proofCode === null ? [] : make.center("code", `${words.proofCode} ${proofCode}`)),
    ...(text === null ? [] : make.center("mark", `*** ${text} ***`, { bold: true })),
    ...make.center("code", endMarkOf(sale.receiptNo, words)),
  ];
}

function templateNotes(
  make: Composer,
  words: ReceiptWords,
  sale: SaleRecord,
  template: TemplateSnapshot,
): ReceiptLine[] {
  const overLimit =
    template.pack === "uk" &&
    sale.currency === "GBP" &&
    sale.taxMode !== "none" &&
    sale.totalMinor > UK_SIMPLIFIED_LIMIT_MINOR;
  const hint = template.pack === "cn" ? words.invoiceHint : words.fullInvoice;
  return [
    ...(overLimit ? make.left("note", words.noSimplifiedInvoice) : []),
    ...optional(template.returns, (text) => make.left("note", `${words.returns}: ${text}`)),
    ...optional(template.notes, (text) => make.left("note", text)),
    ...(template.invoiceHint && !overLimit ? make.left("note", hint) : []),
  ];
}

function qrLines(
  make: Composer,
  words: ReceiptWords,
  sale: SaleRecord,
  template: TemplateSnapshot,
): ReceiptLine[] {
  if (template.qrText === "") return [];
  const data = fillQrText(template.qrText, {
    no: String(sale.receiptNo),
    total: formatAmount(sale.totalMinor, sale.currency),
    date: wallClock(sale.atMs, sale.utcOffsetMin).slice(0, 10),
  });
  const caption = template.qrCaption || (template.pack === "cn" ? words.invoiceCode : "");
  return [
    ...optional(caption, (text) => make.center("note", text)),
    { kind: "qr", role: "code", data },
  ];
}

/** Lines of a text that may be missing or empty. */
function optional(text: string | undefined, lines: (text: string) => ReceiptLine[]): ReceiptLine[] {
  return text === undefined || text.trim() === "" ? [] : lines(text);
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
