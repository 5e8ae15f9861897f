import { minorDigitsOf, type Currency } from "./money.ts";
import {
  readNumber,
  readTypedAmount,
  toMinorUnits,
  type DecimalSign,
  type NumberError,
} from "./notation.ts";

/** Ten digits before the decimals: more is a code that landed in the wrong field. */
const MOST_MINOR = 999_999_999_999;
const MOST_QUANTITY_MILLI = 999_999_999;
const QUANTITY_DECIMALS = 3;

/** Why what was typed is no amount. `twoReadings`: "1,250" where the shop's decimal sign is the point. */
export type TypedProblem = NumberError | "twoReadings" | "negative";

export type Typed = { value: number } | { problem: TypedProblem };

/** How the shop writes numbers, as its settings say. */
export interface ShopNotation {
  currency: Currency;
  decimalSign: DecimalSign;
}

/** An amount a person typed, such as `12`, `3,50` or `1 234.50`, in minor units of the shop's currency. */
export function typedAmount(text: string, { currency, decimalSign }: ShopNotation): Typed {
  const minorDigits = minorDigitsOf(currency);
  const reading = readTypedAmount(text, { currency, decimalSign, minorDigits });
  if (reading.kind === "twoReadings") {
    // Only one of the two may be an amount at all: yuan have no thousandths.
    const { pointMinor, commaMinor } = reading;
    if (pointMinor !== null && commaMinor !== null) return { problem: "twoReadings" };
    return limited(pointMinor ?? commaMinor, MOST_MINOR);
  }
  if (reading.kind === "error") return { problem: reading.error };
  return limited(reading.minor, MOST_MINOR);
}

/** `typedAmount` where a reason is of no use; null when it is no amount. */
export function typedMinor(text: string, notation: ShopNotation): number | null {
  const typed = typedAmount(text, notation);
  return "value" in typed ? typed.value : null;
}

/** A quantity a person typed, such as `3` or `0,25`, in thousandths. Zero is none. */
export function typedQuantity(text: string, decimalSign: DecimalSign): Typed {
  const reading = readNumber(text, {
    decimalSign: null,
    currency: null,
    minorDigits: QUANTITY_DECIMALS,
  });
  if (reading.kind === "error") return { problem: reading.error };
  if (reading.kind === "twoReadings" && !text.includes(decimalSign))
    return { problem: "twoReadings" };
  const exact =
    reading.kind === "value" ? reading.value : decimalSign === "." ? reading.point : reading.comma;
  if (exact.scale > QUANTITY_DECIMALS) return { problem: "tooManyDecimals" };
  if (exact.units === 0) return { problem: "empty" };
  return limited(toMinorUnits(exact, QUANTITY_DECIMALS), MOST_QUANTITY_MILLI);
}

/** The decimal sign where most shops of a currency are; a shop may have the other one. */
export function usualDecimalSign(currency: Currency): DecimalSign {
  return COMMA.has(currency) ? "," : ".";
}
const COMMA = new Set<Currency>(["EUR", "VND", "IDR", "SEK", "NOK", "DKK"]);

function limited(value: number | null, most: number): Typed {
  if (value === null || value > most) return { problem: "tooLong" };
  return value < 0 ? { problem: "negative" } : { value };
}
