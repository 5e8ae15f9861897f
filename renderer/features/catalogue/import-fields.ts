import type { ImportPreviewResult } from "../../../main/contract/calls.ts";

/** What a column can mean, in the order a person reads a price list. */
export const IMPORT_FIELDS = [
  "nameZh",
  "nameEn",
  "price",
  "barcode",
  "code",
  "unit",
  "category",
  "taxRate",
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Largest file the till reads; asking before sending spares a slow refusal. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;

export type RowError = ImportPreviewResult["errors"][number];

/**
 * The choices after one more: `header` "" leaves the field without a column. A column serves one
 * field, so choosing it takes it from the field that had it.
 */
export function chooseColumn(
  chosen: Readonly<Record<string, string>>,
  field: ImportField,
  header: string,
): Record<string, string> {
  const next: Record<string, string> = { ...chosen, [field]: header };
  if (header !== "")
    for (const other of IMPORT_FIELDS)
      if (other !== field && next[other] === header) next[other] = "";
  return next;
}

/** Row error codes the texts know; anything newer is told as "cannot be read". */
export const ROW_ERROR_CODES = [
  "missingName",
  "missingPrice",
  "missingCode",
  "badPrice",
  "negativePrice",
  "tooManyDecimals",
  "badBarcode",
  "barcodeLostDigits",
  "badCode",
  "duplicateInFile",
  "badTaxRate",
  "nameTooLong",
  "textTooLong",
  "tooManyCells",
  "badQuotes",
] as const;

/** Name of the sentence for a row error under `catalogue:rowError`. */
export function rowErrorSentence(code: string): string {
  return (ROW_ERROR_CODES as readonly string[]).includes(code) ? code : "other";
}

/** Reasons why a whole file cannot be read. */
export const FILE_ERROR_CODES = [
  "isEmpty",
  "isTooLarge",
  "isSpreadsheet",
  "isBinary",
  "isDamaged",
  "unknownEncoding",
] as const;

/** Name of the sentence for a file error under `catalogue:fileError`. */
export function fileErrorSentence(code: unknown): string {
  return (FILE_ERROR_CODES as readonly unknown[]).includes(code) ? String(code) : "other";
}
