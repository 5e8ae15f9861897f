import { gtinIsValid, gtinWithLostZeros } from "../../domain/gtin.ts";
import type { DecimalSign, Notation } from "../../domain/notation.ts";
import { readAmount } from "../../domain/notation.ts";
import { cleanCode, cleanNumber } from "./cell.ts";
import type { TableRow } from "./parse.ts";

/** An example of a price that can mean two things. */
export interface DecimalExample {
  row: number;
  text: string;
  /** `null`: that reading has more decimals than the currency. */
  pointMinor: number | null;
  commaMinor: number | null;
}

/** A code that has lost a zero, and what it was. */
export interface LostZeroExample {
  row: number;
  from: string;
  to: string;
}

/** What the file as a whole says about its numbers, before any row is judged. */
export interface Survey {
  /** As the prices that leave no doubt have it; `null` when none or both do. */
  decimalSign: DecimalSign | null;
  /** The likelier one, for the question. */
  suggestedSign: DecimalSign;
  /** Prices that need an answer to "which one is the decimal sign?". */
  doubtfulPrices: { count: number; examples: DecimalExample[] };
  /** Codes that are a GTIN once their zeros are back. */
  lostZeros: { count: number; examples: LostZeroExample[] };
  /** Lengths of which most codes are GTINs: one that isn't was typed wrongly. */
  gtinLengths: ReadonlySet<number>;
}

const MOST_EXAMPLES = 4;
/** Nine of ten codes that are no GTIN don't become one by zeros in front: chance alone never gets so far. */
const LOST_ZERO_SHARE = 0.8;

/** Takes row after row, then says what the file looks like. */
export function createSurvey(
  columns: { price: number; barcode: number },
  notation: Notation,
  usualSign: DecimalSign,
) {
  const clear = { ".": 0, ",": 0 };
  const weak = { ".": 0, ",": 0 };
  const doubtfulPrices: Survey["doubtfulPrices"] = { count: 0, examples: [] };
  const lostZeros: Survey["lostZeros"] = { count: 0, examples: [] };
  const lengths = new Map<number, { valid: number; other: number }>();
  let notGtins = 0;

  const lookAtPrice = ({ row, cells }: TableRow) => {
    const text = cleanNumber(cells[columns.price] ?? "");
    const reading = readAmount(text, { ...notation, decimalSign: null });
    if (reading.kind === "twoReadings") {
      doubtfulPrices.count += 1;
      const { pointMinor, commaMinor } = reading;
      if (doubtfulPrices.examples.length < MOST_EXAMPLES)
        doubtfulPrices.examples.push({ row, text, pointMinor, commaMinor });
    } else if (reading.kind === "amount" && reading.shows !== null)
      (reading.showsClearly ? clear : weak)[reading.shows] += 1;
  };

  const lookAtBarcode = ({ row, cells }: TableRow) => {
    const code = cleanCode(cells[columns.barcode] ?? "");
    if (!/^\d{6,}$/.test(code)) return;
    const known = lengths.get(code.length) ?? { valid: 0, other: 0 };
    lengths.set(code.length, known);
    if (gtinIsValid(code)) known.valid += 1;
    else known.other += 1;
    if (![6, 7, 9, 10, 11].includes(code.length)) return;
    notGtins += 1;
    const to = gtinWithLostZeros(code);
    if (to === null) return;
    lostZeros.count += 1;
    if (lostZeros.examples.length < MOST_EXAMPLES) lostZeros.examples.push({ row, from: code, to });
  };

  return {
    add(row: TableRow): void {
      if (columns.price >= 0) lookAtPrice(row);
      if (columns.barcode >= 0) lookAtBarcode(row);
    },
    end(): Survey {
      const hasLost = lostZeros.count > 0 && lostZeros.count >= notGtins * LOST_ZERO_SHARE;
      const sign = (counts: typeof clear): DecimalSign | null =>
        counts["."] > 0 === counts[","] > 0 ? null : counts["."] > 0 ? "." : ",";
      return {
        decimalSign: sign(clear),
        suggestedSign: sign(clear) ?? sign(weak) ?? usualSign,
        doubtfulPrices,
        lostZeros: hasLost ? lostZeros : { count: 0, examples: [] },
        gtinLengths: new Set(
          [...lengths].flatMap(([length, { valid, other }]) => (valid >= other ? [length] : [])),
        ),
      };
    },
  };
}
