/**
 * Money is an integer count of minor units (fen, cents). Rates are basis points (1300 = 13 %).
 * Quantities are thousandths (1000 = one piece, 250 = 0.250 kg). There is one rounding function.
 */

export const CURRENCIES = [
  "CNY",
  "HKD",
  "TWD",
  "JPY",
  "KRW",
  "SGD",
  "MYR",
  "THB",
  "VND",
  "IDR",
  "PHP",
  "INR",
  "AUD",
  "NZD",
  "USD",
  "CAD",
  "EUR",
  "GBP",
  "CHF",
  "SEK",
  "NOK",
  "DKK",
  "KWD",
] as const;
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
  // Decimals as ISO 4217 gives them; sen and satang that nobody pays in any more are still cents of a price.
  KRW: { minorDigits: 0, symbol: "₩", paperSymbol: "KRW " },
  THB: { minorDigits: 2, symbol: "฿", paperSymbol: "THB " },
  VND: { minorDigits: 0, symbol: "₫", paperSymbol: "VND " },
  IDR: { minorDigits: 2, symbol: "Rp", paperSymbol: "Rp " },
  PHP: { minorDigits: 2, symbol: "₱", paperSymbol: "PHP " },
  INR: { minorDigits: 2, symbol: "₹", paperSymbol: "Rs " },
  AUD: { minorDigits: 2, symbol: "A$", paperSymbol: "A$" },
  NZD: { minorDigits: 2, symbol: "NZ$", paperSymbol: "NZ$" },
  CAD: { minorDigits: 2, symbol: "C$", paperSymbol: "C$" },
  CHF: { minorDigits: 2, symbol: "CHF ", paperSymbol: "CHF " },
  SEK: { minorDigits: 2, symbol: "kr ", paperSymbol: "SEK " },
  NOK: { minorDigits: 2, symbol: "kr ", paperSymbol: "NOK " },
  DKK: { minorDigits: 2, symbol: "kr ", paperSymbol: "DKK " },
  KWD: { minorDigits: 3, symbol: "KD ", paperSymbol: "KWD " },
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

/** A quantity in thousandths as a person reads it: 1000 is `"1"`, 250 is `"0.25"`. */
export function formatQuantity(quantityMilli: number): string {
  const sign = quantityMilli < 0 ? "-" : "";
  const text = String(Math.abs(quantityMilli)).padStart(4, "0");
  const fraction = text.slice(-3).replace(/0+$/, "");
  return `${sign}${text.slice(0, -3)}${fraction === "" ? "" : `.${fraction}`}`;
}
