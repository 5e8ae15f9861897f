import {
  readAmount,
  readNumber,
  type AmountReading,
  type Notation,
} from "../../domain/notation.ts";
import { cleanNumber } from "./cell.ts";

/** What a price cell can be refused for. */
export type PriceErrorCode = "badPrice" | "otherCurrency" | "tooManyDecimals";

export type PriceResult =
  | { kind: "price"; minor: number }
  /** Empty or "variable": the till asks when it is sold. */
  | { kind: "open" }
  /** Needs the file's decimal sign. `null`: that reading has too many decimals. */
  | { kind: "twoReadings"; pointMinor: number | null; commaMinor: number | null }
  | { kind: "error"; code: PriceErrorCode };

/** Nine digits before the decimals: dear enough for any currency, and a barcode in the price column stands out. */
const MOST_WHOLE_DIGITS = 9;

const OPEN_PRICE =
  /^(?:variable|variable price|open|open price|ask|ask price|时价|市价|面议|可变|变价|時價|時価|변동)$/i;

/** Reads a price cell into minor units. That of deposits given back is negative, that of free goods 0. */
export function readPrice(cell: string, notation: Notation): PriceResult {
  const text = cleanNumber(cell);
  if (text === "" || OPEN_PRICE.test(text)) return { kind: "open" };
  const reading = readAmount(text, notation);
  if (reading.kind === "error") {
    const { error } = reading;
    const code = error === "otherCurrency" || error === "tooManyDecimals" ? error : "badPrice";
    return { kind: "error", code };
  }
  const limit = 10 ** (MOST_WHOLE_DIGITS + notation.minorDigits);
  const tooLarge = readingsOf(reading).some((minor) => Math.abs(minor) >= limit);
  if (tooLarge) return { kind: "error", code: "badPrice" };
  return reading.kind === "amount" ? { kind: "price", minor: reading.minor } : reading;
}

function readingsOf(reading: AmountReading): number[] {
  if (reading.kind === "amount") return [reading.minor];
  if (reading.kind === "error") return [];
  return [reading.pointMinor, reading.commaMinor].filter((minor) => minor !== null);
}

/**
 * Reads a tax rate in percent ('13', '13%', '0.5 %', 免税) into basis points.
 * A bare fraction such as 0.13 could be 13 % or 0.13 % and is refused unless the column is known to hold
 * fractions; so is anything above 100 %.
 * @returns null for an empty cell, 'bad' for one that cannot be read
 */
export function parseTaxRateBp(
  cell: string,
  notation: Notation,
  isFraction = false,
): number | null | "bad" {
  const text = cleanNumber(cell);
  if (text === "") return null;
  if (/^(?:免税|免稅|exempt)$/i.test(text)) return 0;
  const hasSign = /[%％]$/.test(text);
  const reading = readNumber(hasSign ? text.slice(0, -1) : text, {
    decimalSign: notation.decimalSign ?? ".",
    currency: null,
    minorDigits: 2,
  });
  if (reading.kind !== "value") return "bad";
  const { units, scale } = reading.value;
  const digits = isFraction && !hasSign ? 4 : 2;
  if (units < 0 || scale > digits) return "bad";
  const rateBp = units * 10 ** (digits - scale);
  const isBareFraction = rateBp > 0 && rateBp < 100 && !hasSign && !isFraction;
  return isBareFraction || rateBp > 10_000 ? "bad" : rateBp;
}
