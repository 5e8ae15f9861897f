/**
 * Money is an integer count of minor units (fen, cents). Rates are basis points (1300 = 13 %).
 * Quantities are thousandths (1000 = one piece, 250 = 0.250 kg). There is one rounding function.
 */

export const CURRENCIES = ["CNY", "USD", "EUR", "GBP", "HKD", "TWD", "JPY", "SGD", "MYR"] as const;
export type Currency = (typeof CURRENCIES)[number];

interface CurrencyFacts {
  /** Digits after the decimal point. */
  minorDigits: number;
  /** What stands before an amount on screen. */
  symbol: string;
  /** What stands before an amount on paper: must exist in the printers' GBK font. */
  paperSymbol: string;
}

const FACTS: Record<Currency, CurrencyFacts> = {
  // U+00A5 is not in GBK and prints as stray digits on cheap printers; the full-width sign is.
  CNY: { minorDigits: 2, symbol: "¥", paperSymbol: "￥" },
  USD: { minorDigits: 2, symbol: "$", paperSymbol: "$" },
  EUR: { minorDigits: 2, symbol: "€", paperSymbol: "EUR " },
  GBP: { minorDigits: 2, symbol: "£", paperSymbol: "GBP " },
  HKD: { minorDigits: 2, symbol: "HK$", paperSymbol: "HK$" },
  TWD: { minorDigits: 0, symbol: "NT$", paperSymbol: "NT$" },
  JPY: { minorDigits: 0, symbol: "¥", paperSymbol: "￥" },
  SGD: { minorDigits: 2, symbol: "S$", paperSymbol: "S$" },
  MYR: { minorDigits: 2, symbol: "RM", paperSymbol: "RM" },
};

/** Digits after the decimal point of a currency: 2 for CNY, 0 for JPY. */
export function minorDigitsOf(currency: Currency): number {
  return FACTS[currency].minorDigits;
}

/** The sign a screen shows before an amount. */
export function symbolOf(currency: Currency): string {
  return FACTS[currency].symbol;
}

/** The sign a receipt printer can print before an amount. */
export function paperSymbolOf(currency: Currency): string {
  return FACTS[currency].paperSymbol;
}

/**
 * `value * numerator / denominator`, rounded half away from zero. The only rounding on the till.
 * Exact for every safe integer: the product is formed as a BigInt.
 * @throws RangeError when the result is not a safe integer or the denominator is 0.
 */
export function mulDivRound(value: number, numerator: number, denominator: number): number {
  const product = BigInt(value) * BigInt(numerator);
  const divisor = BigInt(denominator);
  const negative = product < 0n !== divisor < 0n;
  const absProduct = product < 0n ? -product : product;
  const absDivisor = divisor < 0n ? -divisor : divisor;
  const rounded = (absProduct * 2n + absDivisor) / (absDivisor * 2n);
  const result = Number(negative ? -rounded : rounded);
  if (!Number.isSafeInteger(result)) throw new RangeError("amount too large");
  return result === 0 ? 0 : result;
}

/** An amount in minor units as plain digits: `formatAmount(123456, "CNY")` is `"1234.56"`. */
export function formatAmount(minor: number, currency: Currency): string {
  const digits = minorDigitsOf(currency);
  const sign = minor < 0 ? "-" : "";
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** An amount with its screen symbol: `formatMoney(-350, "CNY")` is `"-¥3.50"`. */
export function formatMoney(minor: number, currency: Currency): string {
  const amount = formatAmount(Math.abs(minor), currency);
  return `${minor < 0 ? "-" : ""}${symbolOf(currency)}${amount}`;
}

/**
 * Reads an amount a person typed, such as `12`, `12.5` or `1,234.50`, as minor units.
 * @returns null when it is not an amount, has too many decimals, or is too large to be one.
 */
export function parseAmount(text: string, currency: Currency): number | null {
  const digits = minorDigitsOf(currency);
  const plain = text.trim().replaceAll(",", "").replaceAll("，", "").replace("。", ".");
  const match = /^(\d{0,10})(?:\.(\d*))?$/.exec(plain);
  if (!match) return null;
  const whole = match[1] ?? "";
  const fraction = match[2] ?? "";
  if (whole === "" && fraction === "") return null;
  if (fraction.length > digits) return null;
  return Number(`${whole}${fraction.padEnd(digits, "0")}`);
}

/** A quantity in thousandths as a person reads it: 1000 is `"1"`, 250 is `"0.25"`. */
export function formatQuantity(quantityMilli: number): string {
  const sign = quantityMilli < 0 ? "-" : "";
  const text = String(Math.abs(quantityMilli)).padStart(4, "0");
  const fraction = text.slice(-3).replace(/0+$/, "");
  return `${sign}${text.slice(0, -3)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** Reads a typed quantity such as `3` or `0.25` as thousandths; null when it is none or zero. */
export function parseQuantity(text: string): number | null {
  const match = /^(\d{1,6})(?:\.(\d{1,3}))?$/.exec(text.trim());
  if (!match) return null;
  const value = Number(`${match[1] ?? ""}${(match[2] ?? "").padEnd(3, "0")}`);
  return value > 0 ? value : null;
}
