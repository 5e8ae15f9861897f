import { setImmediate as nextTurn } from "node:timers/promises";
import { gtin14Of, gtinIsValid } from "../../domain/gtin.ts";
import { minorDigitsOf, type Currency } from "../../domain/money.ts";
import type { DecimalSign, Notation } from "../../domain/notation.ts";
import { codesOf, type Product } from "../product.ts";
import { forEachInSlices } from "../slices.ts";
import { cleanCode } from "./cell.ts";
import { decodeTable, type DecodedText } from "./decode.ts";
import { homeEncodings, type TextEncoding } from "./encodings.ts";
import type { EncodingCandidate } from "./judge-encoding.ts";
import {
  type ImportField,
  type Mapping,
  readShape,
  type ResolvedMapping,
  resolveMapping,
} from "./mapping.ts";
import { type Delimiter, parseTable, type Table, type TableRow } from "./parse.ts";
import { createRowReader, type RowError, type RowErrorCode, type SkipCode } from "./rows.ts";
import { createSurvey, type Survey } from "./survey.ts";
import { createWarnings, type Warning } from "./warnings.ts";

/** What a person has decided about a file; what is missing is found out or asked for. */
export interface ImportChoices {
  /** Columns, laid over what the headers say. */
  mapping?: Mapping | undefined;
  encoding?: TextEncoding | undefined;
  delimiter?: Delimiter | undefined;
  decimalSign?: DecimalSign | undefined;
  /** Whether lost leading zeros are put back. */
  putZerosBack?: boolean | undefined;
  /** Columns whose text stands in the name. */
  nameParts?: string[] | undefined;
  /** Rows that can't be read are left out, all the others are imported. */
  leaveOut?: boolean | undefined;
}

export interface ImportOptions extends ImportChoices {
  currency: Currency;
  /** The shop's language; helps to know the encoding. */
  locale?: string;
  /** Names as they stand on receipts: those that can't be printed whole, with what is printed instead. */
  unprintable?: (
    products: readonly Product[],
  ) => Promise<Map<Product, { name: string; printed: string }>>;
  /** Called for every row that is left out, in their order. */
  onLeftOut?: (row: TableRow, why: readonly RowError[] | SkipCode) => void;
}

/** What must be known before the file can be imported; each is asked once for all its rows. */
export type ImportQuestion =
  | { kind: "encoding"; candidates: EncodingCandidate[] }
  | ({ kind: "decimalSign"; suggested: DecimalSign } & Survey["doubtfulPrices"])
  | ({ kind: "lostZeros" } & Survey["lostZeros"]);

export interface SkippedRow {
  row: number;
  code: SkipCode;
  name: string;
}

/** What an import would do. JSON-safe. */
export interface ImportPreview {
  encoding: TextEncoding;
  delimiter: Delimiter;
  /** In use; `null` where no price needs to know it. */
  decimalSign: DecimalSign | null;
  /** Every column, for the column mapper. */
  headers: string[];
  /** Row number of the header in the file, from 1. */
  headerRow: number;
  /** The first rows as they stand in the file, for the column mapper. */
  sampleRows: string[][];
  /** The columns in use. */
  mapping: Mapping;
  missingFields: ImportField[];
  /** Columns that can stand in the name, and those that do. */
  namePartChoices: string[];
  nameParts: string[];
  questions: ImportQuestion[];
  /** Rows below the header that hold anything, skipped ones not counted. */
  rowCount: number;
  /** All products of the file, or none: empty unless `accepted`, so that half a list can never be stored. */
  products: Product[];
  /** The first products, those with letters beyond ASCII before others: their names show a wrong encoding. */
  sample: Product[];
  /** Among the rows without an error. */
  newCount: number;
  /** Rows whose code or barcode the catalogue already has. */
  changedCount: number;
  /** The first 200. */
  errors: RowError[];
  errorCount: number;
  /** Rows with at least one error. */
  badRowCount: number;
  /** Rows by what is wrong with them first, most of them first. */
  reasons: { code: RowErrorCode; count: number }[];
  /** Rows that are no goods; the first 200. */
  skipped: SkippedRow[];
  skippedCount: number;
  warnings: Warning[];
  /** True when the file has products, every question is answered, every required column is known, and every row is right or left out on a person's word. */
  accepted: boolean;
}

const MAX_LISTED = 200;
const SAMPLE_ROWS = 5;
const SAMPLE_PRODUCTS = 8;

/** What is written in numbers where people mostly do; only for suggesting an answer. */
const POINT_DELIMITERS: ReadonlySet<Delimiter> = new Set([",", "\t", "|"]);

/**
 * Reads a product list without storing anything. Gives other work its turn every few hundred rows.
 * @param existing codes and barcodes the catalogue has now; a GTIN that is listed as 14 digits is known in every length
 * @throws ImportFileError when the bytes are no text table; faults in rows are reported, not thrown
 */
export async function previewImport(
  bytes: Uint8Array,
  options: ImportOptions,
  existing: ReadonlySet<string>,
): Promise<ImportPreview> {
  const home = homeEncodings(options.currency, options.locale ?? "");
  const decoded = await decodeTable(bytes, { encoding: options.encoding, home });
  await nextTurn();
  const table = await parseTable(decoded.text, options.mapping, options.delimiter);
  const resolved = resolveMapping(table.headers, options.mapping);
  const shape = readShape(table.headers, resolved);
  const preview = emptyPreview(decoded, table, resolved);
  preview.namePartChoices = [...shape.nameParts];
  preview.nameParts = options.nameParts ?? preview.namePartChoices;
  if (!decoded.isSure) preview.questions.push({ kind: "encoding", candidates: decoded.candidates });
  preview.missingFields = missingFields(table, resolved, options.mapping);
  // Without its columns every row would be an error; the mapper has to be answered first.
  if (preview.missingFields.length > 0) return preview;

  const survey = await surveyOf(table, resolved, options);
  const notation = notationOf(options, survey);
  preview.decimalSign = notation.decimalSign;
  ask(preview, survey, options, notation);
  const reader = createRowReader({
    ...shape,
    columns: resolved.columns,
    nameParts: preview.nameParts.map((header) => table.headers.indexOf(header)),
    headerCount: table.headers.length,
    usualWidth: table.usualWidth,
    notation,
    suggestedSign: survey.suggestedSign,
    gtinLengths: survey.gtinLengths,
    putZerosBack: options.putZerosBack ?? survey.lostZeros.count > 0,
  });
  await readRows(preview, table, reader, options, existing);
  preview.accepted =
    preview.questions.length === 0 &&
    preview.products.length > 0 &&
    (preview.badRowCount === 0 || options.leaveOut === true);
  preview.sample = sampleOf(preview.products);
  if (!preview.accepted) preview.products = [];
  return preview;
}

function emptyPreview(
  decoded: DecodedText,
  table: Table,
  { mapping }: ResolvedMapping,
): ImportPreview {
  return {
    encoding: decoded.encoding,
    delimiter: table.delimiter,
    decimalSign: null,
    headers: table.headers,
    headerRow: table.headerRow,
    sampleRows: table.rows.slice(0, SAMPLE_ROWS).map(({ cells }) => cells),
    mapping,
    missingFields: [],
    namePartChoices: [],
    nameParts: [],
    questions: [],
    rowCount: table.rows.length,
    products: [],
    sample: [],
    newCount: 0,
    changedCount: 0,
    errors: [],
    errorCount: 0,
    badRowCount: 0,
    reasons: [],
    skipped: [],
    skippedCount: 0,
    warnings: [],
    accepted: false,
  };
}

/** The columns that must be chosen; that of the codes too when the file seems to have one. */
function missingFields(
  table: Table,
  { missingFields: missing, columns }: ResolvedMapping,
  chosen: Mapping = {},
): ImportField[] {
  const hasCodes = columns.has("barcode") || columns.has("code");
  if (hasCodes || chosen.barcode === "" || !hasUnknownCodes(table, columns)) return missing;
  return ["barcode", ...missing];
}

const ROWS_TO_LOOK_AT = 200;

/** A column nobody knows in which every other cell is a GTIN: without it, scans would find nothing. */
function hasUnknownCodes(
  { headers, rows }: Table,
  columns: ReadonlyMap<ImportField, number>,
): boolean {
  const used = new Set(columns.values());
  const some = rows.slice(0, ROWS_TO_LOOK_AT);
  return headers.some((_, column) => {
    if (used.has(column)) return false;
    const gtins = some.filter(({ cells }) => gtinIsValid(cleanCode(cells[column] ?? ""))).length;
    return gtins > 0 && gtins * 2 >= some.length;
  });
}

async function surveyOf(
  { rows, delimiter }: Table,
  { columns }: ResolvedMapping,
  options: ImportOptions,
): Promise<Survey> {
  const survey = createSurvey(
    { price: columns.get("price") ?? -1, barcode: columns.get("barcode") ?? -1 },
    notationOf(options, null),
    POINT_DELIMITERS.has(delimiter) ? "." : ",",
  );
  await forEachInSlices(rows, (row) => survey.add(row));
  return survey.end();
}

function notationOf({ currency, decimalSign }: ImportOptions, survey: Survey | null): Notation {
  return {
    currency,
    minorDigits: minorDigitsOf(currency),
    decimalSign: decimalSign ?? survey?.decimalSign ?? null,
  };
}

function ask(
  preview: ImportPreview,
  { doubtfulPrices, suggestedSign, lostZeros }: Survey,
  options: ImportOptions,
  { decimalSign }: Notation,
): void {
  if (decimalSign === null && doubtfulPrices.count > 0)
    preview.questions.push({ kind: "decimalSign", suggested: suggestedSign, ...doubtfulPrices });
  if (options.putZerosBack === undefined && lostZeros.count > 0)
    preview.questions.push({ kind: "lostZeros", ...lostZeros });
}

async function readRows(
  preview: ImportPreview,
  table: Table,
  reader: ReturnType<typeof createRowReader>,
  options: ImportOptions,
  existing: ReadonlySet<string>,
): Promise<void> {
  const warnings = createWarnings();
  const reasons = new Map<RowErrorCode, number>();
  /** Of each product, in their order. */
  const rows: number[] = [];
  await forEachInSlices(table.rows, (row) => {
    const result = reader.read(row);
    if (result.kind === "product") {
      addProduct(preview, result.product, existing);
      rows.push(row.row);
      for (const warning of result.warnings) warnings.add(warning);
      return;
    }
    options.onLeftOut?.(row, result.kind === "errors" ? result.errors : result.code);
    if (result.kind === "skipped") {
      const { code, name } = result;
      preview.rowCount -= 1;
      preview.skippedCount += 1;
      if (preview.skipped.length < MAX_LISTED) preview.skipped.push({ row: row.row, code, name });
      return;
    }
    addErrors(preview, result.errors);
    const [first] = result.errors;
    if (first) reasons.set(first.code, (reasons.get(first.code) ?? 0) + 1);
  });
  const unprintable = await options.unprintable?.(preview.products);
  preview.products.forEach((product, index) => {
    const found = unprintable?.get(product);
    if (!found) return;
    const { name, printed } = found;
    warnings.add({ code: "unprintable", row: rows[index] ?? 0, name, value: printed });
  });
  preview.warnings = warnings.list();
  preview.reasons = [...reasons]
    .map(([code, count]) => ({ code, count }))
    .toSorted((a, b) => b.count - a.count);
}

function addProduct(preview: ImportPreview, product: Product, existing: ReadonlySet<string>): void {
  const isKnown = codesOf(product).some(
    (code) => existing.has(code) || existing.has(gtin14Of(code) ?? code),
  );
  preview.products.push(product);
  if (isKnown) preview.changedCount += 1;
  else preview.newCount += 1;
}

function addErrors(preview: ImportPreview, errors: readonly RowError[]): void {
  preview.errorCount += errors.length;
  preview.badRowCount += 1;
  preview.errors.push(...errors.slice(0, MAX_LISTED - preview.errors.length));
}

function sampleOf(products: readonly Product[]): Product[] {
  const telling: Product[] = [];
  for (const product of products) {
    if (/[^\0-\x7f]/.test(product.nameZh + product.nameEn)) telling.push(product);
    if (telling.length === SAMPLE_PRODUCTS - 2) break;
  }
  const others = products
    .slice(0, SAMPLE_PRODUCTS + telling.length)
    .filter((product) => !telling.includes(product));
  return [...telling, ...others].slice(0, SAMPLE_PRODUCTS);
}
