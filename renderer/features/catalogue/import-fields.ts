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
  "moreBarcodes",
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Largest file the till reads; asking before sending spares a slow refusal. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;

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
  "onlyName",
  "badPrice",
  "otherCurrency",
  "negativePrice",
  "tooManyDecimals",
  "badBarcode",
  "barcodeLostDigits",
  "badCode",
  "duplicateInFile",
  "sameNameNoCode",
  "badTaxRate",
  "nameTooLong",
  "textTooLong",
  "tooManyCells",
  "badQuotes",
] as const;

/** Rows that are no goods. */
export const SKIP_CODES = ["totalLine", "noGoods", "variantParent"] as const;

/** What is imported all the same, but should be looked at. */
export const WARNING_CODES = [
  "ownNumericCode",
  "openPrice",
  "free",
  "noCode",
  "sameName",
  "twoCodes",
  "promotion",
  "unprintable",
] as const;

/** Encodings a person can choose; those of neighbours stand together. */
export const ENCODINGS = [
  "utf-8",
  "gb18030",
  "big5",
  "shift_jis",
  "euc-kr",
  "windows-1252",
  "windows-1250",
  "windows-1251",
  "windows-1253",
  "windows-1254",
  "windows-1255",
  "windows-1256",
  "windows-1257",
  "windows-1258",
  "windows-874",
  "koi8-r",
  "macintosh",
  "utf-16le",
  "utf-16be",
] as const;

/** Name of the sentence for a row error under `catalogue:rowError`. */
export function rowErrorSentence(code: string): string {
  return (ROW_ERROR_CODES as readonly string[]).includes(code) ? code : "other";
}

/** Name of the sentence for rows that are no goods under `catalogue:skip`. */
export function skipSentence(code: string): string {
  return (SKIP_CODES as readonly string[]).includes(code) ? code : "other";
}

/** Name of the sentence for a warning under `catalogue:warning`. */
export function warningSentence(code: string): string {
  return (WARNING_CODES as readonly string[]).includes(code) ? code : "other";
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
