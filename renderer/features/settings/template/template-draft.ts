import type { ReceiptTemplate } from "../../../../main/contract/template.ts";
import { CELL_DOTS } from "../../../../main/domain/receipt/layout.ts";
import { cellsOf } from "../../../../main/domain/receipt/line.ts";
import { receiptWords } from "../../../../main/domain/receipt/words.ts";
import type { Locale } from "../../../../main/domain/sale.ts";

// The contract's rules in plain code: its schemas would bring the validator into the page. A test holds
// both beside each other.
const MAX_CHARS = {
  header: 200,
  taxId: 40,
  returns: 300,
  notes: 300,
  qrText: 200,
  qrCaption: 40,
} as const;
const QR_LIMIT_BYTES = 280;
const PLACEHOLDER_BYTES = { no: 12, total: 16, date: 10 } as const;

/** What the QR text may hold in the place of something of the sale. */
export const PLACEHOLDERS = ["no", "total", "date"] as const;

export type TemplateText = keyof typeof MAX_CHARS;

const TEXTS = Object.keys(MAX_CHARS) as TemplateText[];

/** Bytes of a QR text once its placeholders are filled in, at worst. */
function qrTextBytes(text: string): number {
  let filled = 0;
  const rest = text
    .trim()
    .replaceAll(/\{(no|total|date)\}/g, (_, name: keyof typeof PLACEHOLDER_BYTES) => {
      filled += PLACEHOLDER_BYTES[name];
      return "";
    });
  return filled + new TextEncoder().encode(rest).length;
}

/** Texts of a template that can't be saved as they stand. */
export function templateProblems(template: ReceiptTemplate): TemplateText[] {
  return TEXTS.filter((field) => {
    if (template[field].trim().length > MAX_CHARS[field]) return true;
    return field === "qrText" && qrTextBytes(template.qrText) > QR_LIMIT_BYTES;
  });
}

/** How many characters a text may have. */
export function maxCharsOf(field: TemplateText): number {
  return MAX_CHARS[field];
}

export type FitNote = "header" | "taxId" | "qrCaption" | "logo";

/**
 * What does not fit on one row of this paper. Everything still prints: texts go on in the next row, a logo is
 * made smaller; the owner should know before the first customer does.
 */
export function fitNotes(template: ReceiptTemplate, columns: number, locale: Locale): FitNote[] {
  const words = receiptWords(locale);
  const taxLabel = template.pack === "cn" ? words.taxId : words.vatNumber;
  const isTooWide = (text: string) => cellsOf(text.trim()) > columns;
  const notes: FitNote[] = [];
  if (template.header.split("\n").some(isTooWide)) notes.push("header");
  if (template.taxId.trim() !== "" && isTooWide(`${taxLabel} ${template.taxId.trim()}`))
    notes.push("taxId");
  if (isTooWide(template.qrCaption)) notes.push("qrCaption");
  if (template.logo && template.logo.widthDots > columns * CELL_DOTS) notes.push("logo");
  return notes;
}
