import { gtinIsValid } from "../../domain/gtin.ts";
import type { Product } from "../product.ts";
import { cleanCode, cleanText } from "./cell.ts";
import type { ImportField } from "./mapping.ts";
import type { TableRow } from "./parse.ts";
import { parsePrice, parseTaxRateBp, type PriceErrorCode } from "./price.ts";

/**
 * - `missingName`, `missingPrice`: the cell is empty
 * - `missingCode`: neither barcode nor short code, so nothing could find the product again
 * - `badPrice`, `negativePrice`, `tooManyDecimals`: see `parsePrice`
 * - `badBarcode`: eight or more digits without a right GTIN length and check digit, or characters no scanner sends
 * - `barcodeLostDigits`: a spreadsheet turned the code into 6.90123E+12; the digits are gone from the file
 * - `badCode`: a short code with blanks, non-ASCII characters or more than 32 characters
 * - `duplicateInFile`: the barcode or code stands in an earlier row (`otherRow`)
 * - `badTaxRate`: see `parseTaxRateBp`
 * - `nameTooLong`: more than 100 characters; `textTooLong`: unit over 10 or category over 40
 * - `tooManyCells`: a filled cell beyond the headers, or a row longer than the others; usually an
 *   unquoted comma in a name, which shifts a wrong number into the price column
 * - `badQuotes`: a quotation mark is never closed, or closed in the middle of a cell
 */
export type RowErrorCode =
  | PriceErrorCode
  | "missingName"
  | "missingCode"
  | "badBarcode"
  | "barcodeLostDigits"
  | "badCode"
  | "duplicateInFile"
  | "badTaxRate"
  | "nameTooLong"
  | "textTooLong"
  | "tooManyCells"
  | "badQuotes";

export interface RowError {
  /** As a spreadsheet numbers it: the first row of the file is 1. */
  row: number;
  /** Null when the row as a whole is wrong. */
  field: ImportField | null;
  code: RowErrorCode;
  /** The cell as it stands in the file, cut after 80 characters. */
  value: string;
  /** For `duplicateInFile`: where it stands first. */
  otherRow?: number;
}

export interface RowRules {
  columns: ReadonlyMap<ImportField, number>;
  /** Number of headers. */
  headerCount: number;
  /** See `Table`. */
  usualWidth: number;
  /** Decimals of the currency: CNY 2, JPY 0. */
  minorDigits: number;
  decimalComma: boolean;
}

export interface RowReader {
  /** Reads the next row; null for a total line at the foot of the list, which is no product. */
  read(row: TableRow): { product: Product } | { errors: RowError[] } | null;
}

/** Longest item name that invoice platforms in China take. */
const NAME_MAX_CHARS = 100;
const UNIT_MAX_CHARS = 10;
const CATEGORY_MAX_CHARS = 40;
const SHOWN_VALUE_CHARS = 80;

/** 6.90123E+12, 6,90123E12, 6E+12; a plain 6E12 may be a code. */
const LOST_DIGITS = /^\d(?:[.,]\d+E\+?|E\+)\d{1,2}$/i;
/** Printable ASCII is what a keyboard-wedge scanner sends for Code 39 and Code 128. */
const CODE_CHARACTERS = /^[\x21-\x7e]{1,32}$/;
const TOTAL_LINE = /^(?:合计|总计|小计|total|grand total|sum)[:：]?$/i;

/** Reads rows of one file one after the other and remembers the codes already seen. */
export function createRowReader(rules: RowRules): RowReader {
  const firstRowByCode = new Map<string, number>();
  return {
    read(row) {
      if (isTotalLine(row, rules)) return null;
      const faults = createFaults(row, rules);
      if (row.hasBadQuotes) faults.add(null, "badQuotes", row.cells.join(" "));
      else if (hasTooManyCells(row, rules)) faults.add(null, "tooManyCells", row.cells.join(" "));
      // The cells of such a row are shifted; more errors about them would only hide the cause.
      if (faults.errors.length > 0) return { errors: faults.errors };
      const product = readProduct(faults, rules);
      refuseDuplicates(faults, product, firstRowByCode);
      return faults.errors.length > 0 ? { errors: faults.errors } : { product };
    },
  };
}

interface Faults {
  errors: RowError[];
  row: number;
  /** The raw cell; '' when the field has no column or the row is short. */
  cell(field: ImportField): string;
  add(field: ImportField | null, code: RowErrorCode, value?: string, otherRow?: number): void;
}

function createFaults({ row, cells }: TableRow, { columns }: RowRules): Faults {
  const errors: RowError[] = [];
  const cell = (field: ImportField) => cells[columns.get(field) ?? -1] ?? "";
  return {
    errors,
    row,
    cell,
    add(field, code, value = field === null ? "" : cell(field), otherRow) {
      const shown = value.slice(0, SHOWN_VALUE_CHARS);
      errors.push({
        row,
        field,
        code,
        value: shown,
        ...(otherRow === undefined ? {} : { otherRow }),
      });
    },
  };
}

function readProduct(faults: Faults, rules: RowRules): Product {
  const barcode = readBarcode(faults);
  const ownCode = readOwnCode(faults);
  if (barcode === "" && ownCode === "")
    faults.add(rules.columns.has("barcode") ? "barcode" : "code", "missingCode");
  const nameZh = readText(faults, "nameZh", NAME_MAX_CHARS, "nameTooLong");
  const nameEn = readText(faults, "nameEn", NAME_MAX_CHARS, "nameTooLong");
  if (nameZh === "" && nameEn === "")
    faults.add(rules.columns.has("nameZh") ? "nameZh" : "nameEn", "missingName");
  const price = parsePrice(faults.cell("price"), rules.minorDigits, rules.decimalComma);
  if (!price.ok) faults.add("price", price.code);
  const taxRateBp = parseTaxRateBp(faults.cell("taxRate"), rules.decimalComma);
  if (taxRateBp === "bad") faults.add("taxRate", "badTaxRate");
  return {
    code: ownCode === "" ? barcode : ownCode,
    barcode: barcode === "" ? null : barcode,
    nameZh: nameZh === "" ? nameEn : nameZh,
    nameEn,
    priceMinor: price.ok ? price.minor : 0,
    unit: readText(faults, "unit", UNIT_MAX_CHARS, "textTooLong"),
    category: readText(faults, "category", CATEGORY_MAX_CHARS, "textTooLong"),
    taxRateBp: taxRateBp === "bad" ? null : taxRateBp,
  };
}

/** '' when empty or faulty-and-reported; a faulty barcode is returned as it stands so that it is not also called missing. */
function readBarcode(faults: Faults): string {
  const cell = cleanCode(faults.cell("barcode"));
  // Programs that take the column for numbers write 6901234567892.0; no digit is lost by that.
  const barcode = /^\d{8,14}\.0+$/.test(cell) ? cell.slice(0, cell.indexOf(".")) : cell;
  if (barcode === "") return "";
  if (LOST_DIGITS.test(barcode)) faults.add("barcode", "barcodeLostDigits");
  else if (/^\d{8,}$/.test(barcode) ? !gtinIsValid(barcode) : !CODE_CHARACTERS.test(barcode)) {
    faults.add("barcode", "badBarcode");
  }
  return barcode;
}

function readOwnCode(faults: Faults): string {
  const code = cleanCode(faults.cell("code"));
  if (code === "") return "";
  if (LOST_DIGITS.test(code)) faults.add("code", "barcodeLostDigits");
  else if (!CODE_CHARACTERS.test(code)) faults.add("code", "badCode");
  return code;
}

function readText(
  faults: Faults,
  field: ImportField,
  maxChars: number,
  tooLong: RowErrorCode,
): string {
  const text = cleanText(faults.cell(field));
  // Counted by code point, so that rare characters outside the basic plane count once.
  if (text.length > maxChars && Array.from(text).length > maxChars) faults.add(field, tooLong);
  return text;
}

/** Barcodes and short codes share one key space, because a scan or a typed code must find exactly one product. */
function refuseDuplicates(
  faults: Faults,
  product: Product,
  firstRowByCode: Map<string, number>,
): void {
  const keys: [ImportField, string][] = [];
  if (product.barcode !== null) keys.push(["barcode", product.barcode]);
  if (product.code !== "" && product.code !== product.barcode) keys.push(["code", product.code]);
  for (const [field, key] of keys) {
    // Codes cut to 6.90123E+12 are all alike; calling them duplicates as well would hide what went wrong.
    if (faults.errors.some((error) => error.field === field)) continue;
    const otherRow = firstRowByCode.get(key);
    if (otherRow === undefined) firstRowByCode.set(key, faults.row);
    else faults.add(field, "duplicateInFile", key, otherRow);
  }
}

function hasTooManyCells({ cells }: TableRow, { headerCount, usualWidth }: RowRules): boolean {
  return cells.length > usualWidth || cells.slice(headerCount).some((cell) => cell.trim() !== "");
}

function isTotalLine({ cells }: TableRow, { columns }: RowRules): boolean {
  const filled = (field: ImportField) => cleanText(cells[columns.get(field) ?? -1] ?? "") !== "";
  const first = cleanText(cells.find((cell) => cell.trim() !== "") ?? "");
  if (!TOTAL_LINE.test(first)) return false;
  const codes = (["barcode", "code"] as const).filter(filled);
  // The word may stand in the code column itself; a real code beside it makes it a product after all.
  return codes.every((field) => cleanText(cells[columns.get(field) ?? -1] ?? "") === first);
}
