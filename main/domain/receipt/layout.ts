import { formatAmount } from "../money.ts";
import type { PricedBasket, SaleRecord } from "../sale.ts";
import { basketLines } from "./basket-lines.ts";
import { composer, type Composer } from "./compose.ts";
import { cellsOf, type ReceiptLine } from "./line.ts";
import { fitLogo } from "./logo.ts";
import { markText, type ReceiptMark } from "./mark.ts";
import { fillQrText, type ReceiptAssets, type TemplateSnapshot } from "./template.ts";
import { wallClock } from "./time.ts";
import { receiptWords, type ReceiptWords } from "./words.ts";

export { nameOf } from "./basket-lines.ts";

/** Paper widths and the cells of the normal font they hold (203 dpi, 12-dot cells). */
export const COLUMNS_OF_WIDTH = { 58: 32, 80: 48 } as const;
export type PaperWidthMm = keyof typeof COLUMNS_OF_WIDTH;

/** Cells across the paper of one printer: as it was tried out, else what is usual for the width of its paper. */
export function columnsOf<C extends number>(
  triedOut: { columns: C } | null,
  widthMm: PaperWidthMm,
): C | 32 | 48 {
  return triedOut?.columns ?? COLUMNS_OF_WIDTH[widthMm];
}

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

/** What a receipt says before its sale is made. */
export interface SaleDraft
  extends
    PricedBasket,
    Pick<SaleRecord, "cashier" | "currency" | "taxMode" | "locale" | "shop" | "template"> {}

/** What only the making of the sale decides. */
type SaleFacts = Pick<
  SaleRecord,
  "receiptNo" | "atMs" | "utcOffsetMin" | "tenders" | "tenderedMinor" | "changeMinor"
>;

/** Blanks that stand where the printed receipt will have what is not known yet. */
const BLANK = { no: "____", time: "____-__-__ __:__:__", amount: "______", code: "__________" };

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
    ...lines(make, sale, sale, mark, assets, proofCode),
  ];
}

/**
 * The same receipt while its goods are still being scanned, by the same rules: what the sale decides is blank (number,
 * time, tenders, check code), and its codes for scanners have no data. Everything else stands as it will be printed.
 */
export function layoutDraft(
  draft: SaleDraft,
  columns: number,
  assets?: ReceiptAssets,
): ReceiptLine[] {
  return lines(composer(columns), draft, null, { kind: "original" }, assets, BLANK.code);
}

function lines(
  make: Composer,
  draft: SaleDraft,
  sold: SaleFacts | null,
  mark: ReceiptMark,
  assets: ReceiptAssets | undefined,
  proofCode: string | null,
): ReceiptLine[] {
  const words = receiptWords(draft.locale);
  const { columns } = make;
  return [
    ...headLines(make, words, draft, sold, assets),
    make.rule("meta"),
    ...basketLines(make, words, { basket: draft, ...draft, columns }),
    make.rule("tender"),
    ...tenderLines(make, words, draft, sold),
    ...footLines(make, words, draft, sold, mark, proofCode),
  ];
}

/** Text at the foot that proves the slip is whole: nothing of the receipt comes after it. */
export function endMarkOf(receiptNo: number | string, words: ReceiptWords): string {
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
  draft: SaleDraft,
  sold: SaleFacts | null,
  assets?: ReceiptAssets,
): ReceiptLine[] {
  const { template } = draft;
  const vat = template !== undefined && template.pack !== "cn";
  const time = sold === null ? BLANK.time : wallClock(sold.atMs, sold.utcOffsetMin);
  return [
    ...shopLines(make, words, draft.shop, template, assets),
    ...(vat && template.taxId !== "" && draft.taxMode !== "none"
      ? make.center("shop", words.vatReceipt, { bold: true })
      : []),
    make.rule("meta"),
    ...make.pair(
      "meta",
      `${words.receiptNo} ${sold?.receiptNo ?? BLANK.no}`,
      `${words.cashier} ${draft.cashier}`,
    ),
    // Goods over the counter: the tax point is the moment of the sale.
    ...make.left("meta", `${vat ? words.taxPoint : words.time} ${time}`),
  ];
}

function tenderLines(
  make: Composer,
  words: ReceiptWords,
  { currency, template }: SaleDraft,
  sold: SaleFacts | null,
): ReceiptLine[] {
  const amount = (minor: number) => formatAmount(minor, currency);
  // A Chinese receipt says what was taken and what went back even when nothing did.
  const saysBoth = template?.pack === "cn";
  const both = (tendered: string, change: string) => [
    ...make.pair("tender", words.tendered, tendered),
    ...make.pair("tender", words.change, change, { bold: true }),
  ];
  if (sold === null)
    return saysBoth
      ? both(BLANK.amount, BLANK.amount)
      : make.pair("tender", words.tendered, BLANK.amount);
  const lines = sold.tenders.flatMap((tender) => {
    const name = words.tenders[tender.method];
    const label = tender.reference === null ? name : `${name} ${tender.reference}`;
    return make.pair("tender", label, amount(tender.amountMinor));
  });
  if (sold.changeMinor > 0 || saysBoth)
    lines.push(...both(amount(sold.tenderedMinor), amount(sold.changeMinor)));
  return lines;
}

function footLines(
  make: Composer,
  words: ReceiptWords,
  draft: SaleDraft,
  sold: SaleFacts | null,
  mark: ReceiptMark,
  proofCode: string | null,
): ReceiptLine[] {
  const { template } = draft;
  const text = markText(mark);
  return [
    make.rule("note"),
    ...(template === undefined ? [] : templateNotes(make, words, draft, template)),
    ...optional(draft.shop.footer, (footer) => make.center("note", footer)),
    ...(template === undefined ? [] : qrLines(make, words, draft, sold, template)),
    ...(template?.slipBarcode === false
      ? []
      : [make.barcode(sold === null ? "" : receiptBarcode(sold.receiptNo))]),
    ...(proofCode === null ? [] : make.center("code", `${words.proofCode} ${proofCode}`)),
    ...(text === null ? [] : make.center("mark", `*** ${text} ***`, { bold: true })),
    ...make.center("code", endMarkOf(sold?.receiptNo ?? BLANK.no, words)),
  ];
}

function templateNotes(
  make: Composer,
  words: ReceiptWords,
  sale: SaleDraft,
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
  draft: SaleDraft,
  sold: SaleFacts | null,
  template: TemplateSnapshot,
): ReceiptLine[] {
  if (template.qrText === "") return [];
  const caption = template.qrCaption || (template.pack === "cn" ? words.invoiceCode : "");
  const data =
    sold === null
      ? ""
      : fillQrText(template.qrText, {
          no: String(sold.receiptNo),
          total: formatAmount(draft.totalMinor, draft.currency),
          date: wallClock(sold.atMs, sold.utcOffsetMin).slice(0, 10),
        });
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
