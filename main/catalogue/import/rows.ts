import { gtin14Of, gtinIsValid, gtinWithLostZeros } from "../../domain/gtin.ts";
import { foldText } from "../../domain/fold-text.ts";
import type { DecimalSign, Notation } from "../../domain/notation.ts";
import { keyOfName } from "../../domain/product-code.ts";
import type { Product } from "../product.ts";
import { cleanCode, cleanText, splitCodes } from "./cell.ts";
import type { ImportField } from "./mapping.ts";
import { joinName } from "./name.ts";
import type { TableRow } from "./parse.ts";
import { parseTaxRateBp, readPrice, type PriceErrorCode } from "./price.ts";
import { warningsOf, type RowWarning, type WarningCode } from "./warnings.ts";

/**
 * - `missingName`: the cell is empty
 * - `onlyName`: neither price nor code: a heading, or goods without a price that nothing else is known of
 * - `badPrice`, `otherCurrency`, `tooManyDecimals`: see `readPrice`
 * - `negativePrice`: a deposit given back, or a discount; the till sells nothing below zero
 * - `badBarcode`: a wrong check digit where most codes of that length are GTINs, or characters no scanner sends
 * - `barcodeLostDigits`: a spreadsheet turned the code into 6.90123E+12; the digits are gone from the file
 * - `badCode`: a short code with blanks, non-ASCII characters or more than 32 characters
 * - `duplicateInFile`: the barcode or code stands in an earlier row (`otherRow`)
 * - `sameNameNoCode`: goods without a code have the name of an earlier row (`otherRow`): nothing tells them apart
 * - `badTaxRate`: see `parseTaxRateBp`
 * - `nameTooLong`: more than 100 characters; `textTooLong`: unit over 10 or category over 40
 * - `tooManyCells`: a filled cell beyond the headers, or a row longer than the others; usually an
 *   unquoted comma in a name, which shifts a wrong number into the price column
 * - `badQuotes`: a quotation mark is never closed, or closed in the middle of a cell
 */
export type RowErrorCode =
  | PriceErrorCode
  | "negativePrice"
  | "missingName"
  | "onlyName"
  | "badBarcode"
  | "barcodeLostDigits"
  | "badCode"
  | "duplicateInFile"
  | "sameNameNoCode"
  | "badTaxRate"
  | "nameTooLong"
  | "textTooLong"
  | "tooManyCells"
  | "badQuotes";

/**
 * Rows that are no goods at all, left out without a question but never without a word.
 * - `totalLine`: a sum at the foot of the list
 * - `noGoods`: pictures or further text of the article above
 * - `variantParent`: the article as a whole, whose variants have rows of their own
 */
export type SkipCode = "totalLine" | "noGoods" | "variantParent";

export interface RowError {
  /** As a spreadsheet numbers it: the first row of the file is 1. */
  row: number;
  /** Null when the row as a whole is wrong. */
  field: ImportField | null;
  code: RowErrorCode;
  /** The cell as it stands in the file, cut after 80 characters. */
  value: string;
  /** As far as it could be read. */
  name: string;
  /** Where it stands first. */
  otherRow?: number;
}

export interface RowRules {
  columns: ReadonlyMap<ImportField, number>;
  /** Columns whose text stands in the name. */
  nameParts: readonly number[];
  /** See `TableShape`. */
  groupColumn: number;
  kindColumn: number;
  promotionColumns: readonly number[];
  isTaxFraction: boolean;
  /** Number of headers. */
  headerCount: number;
  /** See `Table`. */
  usualWidth: number;
  notation: Notation;
  /** How a price that can mean two things is shown while nobody has answered. */
  suggestedSign: DecimalSign;
  /** See `Survey`. */
  gtinLengths: ReadonlySet<number>;
  putZerosBack: boolean;
}

export type RowResult =
  | { kind: "product"; product: Product; warnings: RowWarning[] }
  | { kind: "errors"; errors: RowError[] }
  | { kind: "skipped"; code: SkipCode; name: string };

export interface RowReader {
  /** Reads the next row. */
  read(row: TableRow): RowResult;
}

/** Longest item name that invoice platforms in China take. */
const NAME_MAX_CHARS = 100;
const UNIT_MAX_CHARS = 10;
const CATEGORY_MAX_CHARS = 40;
const SHOWN_VALUE_CHARS = 80;
const MOST_BARCODES = 20;
/** Own numbers shorter than this are short codes, which every shop has. */
const LONG_CODE_DIGITS = 8;

/** 6.90123E+12, 6,90123E12, 6E+12; a plain 6E12 may be a code. */
const LOST_DIGITS = /^\d(?:[.,]\d+E\+?|E\+)\d{1,2}$/i;
/** Printable ASCII is what a keyboard-wedge scanner sends for Code 39 and Code 128. */
const CODE_CHARACTERS = /^[\x21-\x7e]{1,32}$/;
const TOTAL_LINE = /^(?:合计|总计|小计|合計|總計|total|grand total|sum)[:：]?$/i;
const PARENT_KIND = /^(?:variable|grouped)$/i;

/** What a row takes over from the row of the same article above it. */
interface Group {
  key: string;
  nameZh: string;
  nameEn: string;
  unit: string;
  category: string;
}

interface Memory {
  firstRowByCode: Map<string, number>;
  rowByName: Map<string, { row: number; priceMinor: number }>;
  group: Group;
}

/** Reads rows of one file one after the other and remembers what was already seen. */
export function createRowReader(rules: RowRules): RowReader {
  const memory: Memory = {
    firstRowByCode: new Map(),
    rowByName: new Map(),
    group: { key: "", nameZh: "", nameEn: "", unit: "", category: "" },
  };
  return {
    read(row) {
      const skip = skipCode(row, rules);
      const cells = createCells(row, rules);
      if (skip !== null) return { kind: "skipped", code: skip, name: cells.name() };
      if (row.hasBadQuotes) cells.add(null, "badQuotes", row.cells.join(" "));
      else if (hasTooManyCells(row, rules)) cells.add(null, "tooManyCells", row.cells.join(" "));
      // The cells of such a row are shifted; more errors about them would only hide the cause.
      if (cells.errors.length > 0) return { kind: "errors", errors: cells.errors };
      const product = readProduct(cells, rules, memory);
      refuseDuplicates(cells, product, memory);
      if (cells.errors.length > 0) {
        const name = product.nameZh.slice(0, SHOWN_VALUE_CHARS);
        return { kind: "errors", errors: cells.errors.map((error) => ({ ...error, name })) };
      }
      warningsOf(product, (code, value) => cells.warn(code, value));
      for (const warning of cells.warnings) warning.name = product.nameZh;
      return { kind: "product", product, warnings: cells.warnings };
    },
  };
}

interface Cells {
  errors: RowError[];
  warnings: RowWarning[];
  row: number;
  raw: readonly string[];
  /** The raw cell; '' when the field has no column or the row is short. */
  cell(field: ImportField): string;
  name(): string;
  add(field: ImportField | null, code: RowErrorCode, value?: string, otherRow?: number): void;
  warn(code: WarningCode, value: string, otherRow?: number): void;
}

function createCells({ row, cells }: TableRow, { columns }: RowRules): Cells {
  const errors: RowError[] = [];
  const warnings: RowWarning[] = [];
  const cell = (field: ImportField) => cells[columns.get(field) ?? -1] ?? "";
  const name = () =>
    (cleanText(cell("nameZh")) || cleanText(cell("nameEn"))).slice(0, SHOWN_VALUE_CHARS);
  return {
    errors,
    warnings,
    row,
    raw: cells,
    cell,
    name,
    add(field, code, value = field === null ? "" : cell(field), otherRow) {
      const other = otherRow === undefined ? {} : { otherRow };
      errors.push({
        row,
        field,
        code,
        value: value.slice(0, SHOWN_VALUE_CHARS),
        name: name(),
        ...other,
      });
    },
    warn(code, value, otherRow) {
      const other = otherRow === undefined ? {} : { otherRow };
      warnings.push({ code, row, name: "", value: value.slice(0, SHOWN_VALUE_CHARS), ...other });
    },
  };
}

function readProduct(cells: Cells, rules: RowRules, memory: Memory): Product {
  const group = groupOf(cells, rules, memory);
  const barcodes = readBarcodes(cells, rules);
  const ownCode = readOwnCode(cells);
  const parts = rules.nameParts.map((column) => cells.raw[column] ?? "");
  const nameZh = readName(cells, "nameZh", group.nameZh, parts);
  const nameEn = readName(cells, "nameEn", group.nameEn, parts);
  if (nameZh === "" && nameEn === "")
    cells.add(rules.columns.has("nameZh") ? "nameZh" : "nameEn", "missingName");
  const price = priceOf(cells, rules);
  const name = nameZh === "" ? nameEn : nameZh;
  const [barcode = null, ...moreBarcodes] = barcodes;
  if (price === "open" && barcode === null && ownCode === "" && name !== "")
    cells.add(null, "onlyName", name);
  const taxRateBp = parseTaxRateBp(cells.cell("taxRate"), rules.notation, rules.isTaxFraction);
  if (taxRateBp === "bad") cells.add("taxRate", "badTaxRate");
  return {
    code: ownCode || (barcode ?? keyOfName(name)),
    barcode,
    ...(moreBarcodes.length === 0 ? {} : { moreBarcodes }),
    nameZh: name,
    nameEn,
    priceMinor: price === "open" ? 0 : price,
    ...(price === "open" ? { hasOpenPrice: true } : {}),
    unit: readText(cells, "unit", UNIT_MAX_CHARS, "textTooLong") || group.unit,
    category: readText(cells, "category", CATEGORY_MAX_CHARS, "textTooLong") || group.category,
    taxRateBp: taxRateBp === "bad" ? null : taxRateBp,
  };
}

/** What the rows of one article share stands in the first of them only. */
function groupOf(cells: Cells, { groupColumn }: RowRules, memory: Memory): Group {
  const key = groupColumn < 0 ? "" : cleanText(cells.raw[groupColumn] ?? "");
  if (key === "" || key !== memory.group.key || cells.name() !== "") {
    memory.group = {
      key,
      nameZh: cleanText(cells.cell("nameZh")),
      nameEn: cleanText(cells.cell("nameEn")),
      unit: cleanText(cells.cell("unit")),
      category: cleanText(cells.cell("category")),
    };
  }
  return memory.group;
}

function priceOf(cells: Cells, rules: RowRules): number | "open" {
  const price = readPrice(cells.cell("price"), rules.notation);
  const promotion = rules.promotionColumns
    .map((column) => cleanText(cells.raw[column] ?? ""))
    .find((cell) => cell !== "");
  if (promotion !== undefined) cells.warn("promotion", promotion);
  if (price.kind === "open") return "open";
  if (price.kind === "error") {
    cells.add("price", price.code);
    return 0;
  }
  if (price.kind === "price") {
    if (price.minor < 0) cells.add("price", "negativePrice");
    return price.minor;
  }
  // The file's question is open: nothing is imported before it is answered.
  return (rules.suggestedSign === "." ? price.pointMinor : price.commaMinor) ?? 0;
}

/** Every barcode of the row, the main one first. Faulty ones are reported and returned as they stand. */
function readBarcodes(cells: Cells, rules: RowRules): string[] {
  const main = splitCodes(cells.cell("barcode"));
  const more = cleanText(cells.cell("moreBarcodes"))
    .split(/[,;/|、，；\s]+/)
    .map(cleanCode);
  if (main.length > 1) cells.warn("twoCodes", main.join(" "));
  const read = (code: string, field: ImportField) => {
    const barcode = unwrapped(code, rules);
    if (LOST_DIGITS.test(barcode)) cells.add(field, "barcodeLostDigits", barcode);
    else if (!CODE_CHARACTERS.test(barcode)) cells.add(field, "badBarcode", code);
    else if (/^\d+$/.test(barcode) && !gtinIsValid(barcode)) {
      if (rules.gtinLengths.has(barcode.length)) cells.add(field, "badBarcode", barcode);
      else if (barcode.length >= LONG_CODE_DIGITS) cells.warn("ownNumericCode", barcode);
    }
    return barcode;
  };
  const all = [
    ...main.filter((code) => code !== "").map((code) => read(code, "barcode")),
    ...more.filter((code) => code !== "").map((code) => read(code, "moreBarcodes")),
  ];
  const different = [...new Map(all.map((code) => [gtin14Of(code) ?? code, code])).values()];
  // A whole column in one cell, usually by an unclosed quote.
  if (different.length > MOST_BARCODES) cells.add("barcode", "badBarcode");
  return different;
}

function unwrapped(code: string, { putZerosBack }: RowRules): string {
  // Programs that take the column for numbers write 6901234567892.0; no digit is lost by that.
  const barcode = /^\d{8,14}\.0+$/.test(code) ? code.slice(0, code.indexOf(".")) : code;
  return putZerosBack && !gtinIsValid(barcode) ? (gtinWithLostZeros(barcode) ?? barcode) : barcode;
}

function readOwnCode(cells: Cells): string {
  const code = cleanCode(cells.cell("code"));
  if (code === "") return "";
  if (LOST_DIGITS.test(code)) cells.add("code", "barcodeLostDigits");
  else if (!CODE_CHARACTERS.test(code)) cells.add("code", "badCode");
  return code;
}

/** The name with what tells variants apart; the longest that invoice platforms take is meant of all of it. */
function readName(
  cells: Cells,
  field: "nameZh" | "nameEn",
  ofGroup: string,
  parts: readonly string[],
): string {
  const name = joinName(cleanText(cells.cell(field)) || ofGroup, parts);
  if (name.length > NAME_MAX_CHARS && Array.from(name).length > NAME_MAX_CHARS)
    cells.add(field, "nameTooLong");
  return name;
}

function readText(
  cells: Cells,
  field: ImportField,
  maxChars: number,
  tooLong: RowErrorCode,
): string {
  const text = cleanText(cells.cell(field));
  // Counted by code point, so that rare characters outside the basic plane count once.
  if (text.length > maxChars && Array.from(text).length > maxChars) cells.add(field, tooLong);
  return text;
}

/**
 * Barcodes and short codes share one key space, because a scan or a typed code must find exactly one
 * product. Goods with codes of their own may have the same name; goods without must not.
 */
function refuseDuplicates(cells: Cells, product: Product, memory: Memory): void {
  const keys: [ImportField, string][] = [];
  for (const barcode of [product.barcode ?? "", ...(product.moreBarcodes ?? [])])
    if (barcode !== "") keys.push(["barcode", barcode]);
  const isNameKey = product.code === keyOfName(product.nameZh);
  if (!isNameKey && product.code !== product.barcode) keys.push(["code", product.code]);
  for (const [field, text] of keys) {
    // Codes cut to 6.90123E+12 are all alike; calling them duplicates as well would hide what went wrong.
    if (cells.errors.some((error) => error.field === field)) continue;
    const key = gtin14Of(text) ?? text;
    const otherRow = memory.firstRowByCode.get(key);
    if (otherRow === undefined) memory.firstRowByCode.set(key, cells.row);
    else if (otherRow !== cells.row) cells.add(field, "duplicateInFile", text, otherRow);
  }
  if (product.nameZh === "" || cells.errors.length > 0) return;
  const name = `${foldText(product.nameZh)}\n${foldText(product.unit)}`;
  const other = memory.rowByName.get(name);
  if (other === undefined)
    memory.rowByName.set(name, { row: cells.row, priceMinor: product.priceMinor });
  else if (isNameKey) cells.add("nameZh", "sameNameNoCode", product.nameZh, other.row);
  else if (other.priceMinor !== product.priceMinor)
    cells.warn("sameName", product.nameZh, other.row);
}

function hasTooManyCells({ cells }: TableRow, { headerCount, usualWidth }: RowRules): boolean {
  return cells.length > usualWidth || cells.slice(headerCount).some((cell) => cell.trim() !== "");
}

function skipCode(row: TableRow, rules: RowRules): SkipCode | null {
  if (isTotalLine(row, rules)) return "totalLine";
  const filled = (field: ImportField) =>
    (row.cells[rules.columns.get(field) ?? -1] ?? "").trim() !== "";
  if (
    rules.kindColumn >= 0 &&
    PARENT_KIND.test(row.cells[rules.kindColumn] ?? "") &&
    !filled("price")
  )
    return "variantParent";
  const hasVariant = rules.nameParts.some((column) => (row.cells[column] ?? "").trim() !== "");
  const isEmpty = !hasVariant && !row.hasBadQuotes && ![...rules.columns.keys()].some(filled);
  return isEmpty ? "noGoods" : null;
}

function isTotalLine({ cells }: TableRow, { columns }: RowRules): boolean {
  const filled = (field: ImportField) => cleanText(cells[columns.get(field) ?? -1] ?? "") !== "";
  const first = cleanText(cells.find((cell) => cell.trim() !== "") ?? "");
  if (!TOTAL_LINE.test(first)) return false;
  const codes = (["barcode", "code"] as const).filter(filled);
  // The word may stand in the code column itself; a real code beside it makes it a product after all.
  return codes.every((field) => cleanText(cells[columns.get(field) ?? -1] ?? "") === first);
}
