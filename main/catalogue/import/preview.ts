import { setImmediate as nextTurn } from "node:timers/promises";
import type { Product } from "../product.ts";
import { forEachInSlices } from "../slices.ts";
import { decodeTable, type TextEncoding } from "./decode.ts";
import { type ImportField, type Mapping, resolveMapping } from "./mapping.ts";
import { type Delimiter, parseTable } from "./parse.ts";
import { createRowReader, type RowError } from "./rows.ts";

export interface ImportOptions {
  /** Columns chosen by a person; laid over what the headers say. */
  mapping?: Mapping;
  /** Decimals of the shop's currency: CNY 2, JPY 0. */
  minorDigits: number;
}

/** What an import would do. JSON-safe. */
export interface ImportPreview {
  encoding: TextEncoding;
  delimiter: Delimiter;
  /** Every column, for the column mapper. */
  headers: string[];
  /** Row number of the header in the file, from 1. */
  headerRow: number;
  /** The first rows as they stand in the file, for the column mapper. */
  sampleRows: string[][];
  /** The columns in use. */
  mapping: Mapping;
  missingFields: ImportField[];
  /** Rows below the header that hold anything, total lines not counted. */
  rowCount: number;
  /** All products of the file, or none: empty unless `accepted`, so that half a list can never be stored. */
  products: Product[];
  /** Among the rows without an error. */
  newCount: number;
  /** Rows whose code or barcode the catalogue already has. */
  changedCount: number;
  /** The first 200. */
  errors: RowError[];
  errorCount: number;
  /** True when the file has products, every row is right and every required column is known. */
  accepted: boolean;
}

const MAX_LISTED_ERRORS = 200;
const SAMPLE_ROWS = 5;

/**
 * Reads a product list without storing anything. Gives other work its turn every few hundred rows.
 * @param existing codes and barcodes the catalogue has now
 * @throws ImportFileError when the bytes are no text table; faults in rows are reported, not thrown
 */
export async function previewImport(
  bytes: Uint8Array,
  options: ImportOptions,
  existing: ReadonlySet<string>,
): Promise<ImportPreview> {
  const { text, encoding } = await decodeTable(bytes);
  await nextTurn();
  const table = await parseTable(text, options.mapping);
  const { delimiter, headers, headerRow } = table;
  const { mapping, columns, missingFields } = resolveMapping(headers, options.mapping);
  const preview: ImportPreview = {
    encoding,
    delimiter,
    headers,
    headerRow,
    sampleRows: table.rows.slice(0, SAMPLE_ROWS).map(({ cells }) => cells),
    mapping,
    missingFields,
    rowCount: table.rows.length,
    products: [],
    newCount: 0,
    changedCount: 0,
    errors: [],
    errorCount: 0,
    accepted: false,
  };
  // Without its columns every row would be an error; the mapper has to be answered first.
  if (missingFields.length > 0) return preview;

  const reader = createRowReader({
    columns,
    headerCount: headers.length,
    usualWidth: table.usualWidth,
    minorDigits: options.minorDigits,
    decimalComma: delimiter === ";",
  });
  await forEachInSlices(table.rows, (row) => {
    const result = reader.read(row);
    if (result === null) preview.rowCount -= 1;
    else if ("product" in result) addProduct(preview, result.product, existing);
    else addErrors(preview, result.errors);
  });
  preview.accepted = preview.errorCount === 0 && preview.products.length > 0;
  if (!preview.accepted) preview.products = [];
  return preview;
}

function addProduct(preview: ImportPreview, product: Product, existing: ReadonlySet<string>): void {
  const isKnown =
    existing.has(product.code) || (product.barcode !== null && existing.has(product.barcode));
  preview.products.push(product);
  if (isKnown) preview.changedCount += 1;
  else preview.newCount += 1;
}

function addErrors(preview: ImportPreview, errors: readonly RowError[]): void {
  preview.errorCount += errors.length;
  preview.errors.push(...errors.slice(0, MAX_LISTED_ERRORS - preview.errors.length));
}
