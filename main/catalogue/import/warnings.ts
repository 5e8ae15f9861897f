import type { Product } from "../product.ts";

/**
 * What is imported all the same, but should be looked at. One sentence for the whole file, with examples.
 * - `ownNumericCode`: eight digits or more that are no GTIN: the shop's own numbers
 * - `openPrice`: no price, or "variable": the till asks when it is sold
 * - `free`: a price of 0
 * - `noCode`: neither barcode nor short code: found by its name only
 * - `sameName`: an earlier row (`otherRow`) has this name with another price
 * - `twoCodes`: several barcodes in one cell; each of them sells the article
 * - `promotion`: a promotional price that was left out
 * - `unprintable`: the name has characters that paper can't show; `value` is the name as it is printed
 */
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
export type WarningCode = (typeof WARNING_CODES)[number];

export interface RowWarning {
  code: WarningCode;
  row: number;
  name: string;
  value: string;
  otherRow?: number;
}

/** All warnings of one kind. */
export interface Warning {
  code: WarningCode;
  count: number;
  /** The first few. */
  examples: RowWarning[];
}

const MOST_EXAMPLES = 20;

/** What a product by itself gives reason to say. */
export function warningsOf(
  product: Product,
  add: (code: WarningCode, value: string) => void,
): void {
  const { barcode, code, priceMinor, nameZh } = product;
  if (product.hasOpenPrice === true) add("openPrice", "");
  else if (priceMinor === 0) add("free", "");
  if (barcode === null && code.startsWith("·")) add("noCode", nameZh);
}

/** Collects warnings by kind, in the order in which they are listed. */
export function createWarnings() {
  const byCode = new Map<WarningCode, Warning>();
  return {
    add(warning: RowWarning): void {
      const known = byCode.get(warning.code) ?? { code: warning.code, count: 0, examples: [] };
      known.count += 1;
      if (known.examples.length < MOST_EXAMPLES) known.examples.push(warning);
      byCode.set(warning.code, known);
    },
    list(): Warning[] {
      return WARNING_CODES.flatMap((code) => byCode.get(code) ?? []);
    },
  };
}
