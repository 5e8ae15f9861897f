import { cleanCode } from "./cell.ts";

export type PriceErrorCode = "missingPrice" | "badPrice" | "negativePrice" | "tooManyDecimals";

export type PriceResult = { ok: true; minor: number } | { ok: false; code: PriceErrorCode };

/** Nine digits before the decimals: dear enough for any currency, and a barcode in the price column stands out. */
const MAX_WHOLE_DIGITS = 9;

const CURRENCY_BEFORE = /^(?:[¥￥$€£₩₫]|(?:CNY|RMB|USD|EUR|GBP|JPY|HKD|HK\$))\s*/i;
const CURRENCY_AFTER = /\s*(?:[元圆円¥€₫]|CNY|RMB|USD|EUR|GBP|JPY|HKD)$/i;

/**
 * Reads a price into minor units, digit by digit and without floating point.
 * Accepts a currency sign or word on either side and correct thousands separators. With
 * `decimalComma` (lists separated by ';') the comma is the decimal sign; a point with one or two
 * decimals is still taken, but '1.234' could be 1234 or 1.234 and is refused.
 * Decimals beyond the currency's are refused unless they are zeros.
 * @param minorDigits decimals of the currency: CNY 2, JPY 0
 */
export function parsePrice(cell: string, minorDigits: number, decimalComma = false): PriceResult {
  const text = cleanCode(cell);
  if (text === "") return { ok: false, code: "missingPrice" };
  const { isNegative, body } = splitSign(text);
  const amount = splitAmount(body, decimalComma);
  if (amount === null || amount.whole.length > MAX_WHOLE_DIGITS)
    return { ok: false, code: "badPrice" };
  const decimals = amount.decimals.replace(/0+$/, "");
  if (decimals.length > minorDigits) return { ok: false, code: "tooManyDecimals" };
  const minor = Number(`${amount.whole}${decimals.padEnd(minorDigits, "0")}`);
  if (!Number.isSafeInteger(minor)) return { ok: false, code: "badPrice" };
  if (isNegative && minor !== 0) return { ok: false, code: "negativePrice" };
  return { ok: true, minor };
}

/** Takes off currency and sign in any order; accounting programs write a negative as (3.50). */
function splitSign(text: string): { isNegative: boolean; body: string } {
  const bracketed = /^\((.*)\)$/.exec(text);
  let body = bracketed?.[1] ?? text;
  let isNegative = bracketed !== null;
  body = body.replace(CURRENCY_BEFORE, "").replace(CURRENCY_AFTER, "");
  if (/^[-−]/.test(body)) {
    isNegative = true;
    body = body.slice(1).trim().replace(CURRENCY_BEFORE, "");
  }
  return { isNegative, body: body.replace(/^\+/, "") };
}

const POINT_PLAIN = /^(\d*)(?:\.(\d*))?$/;
const POINT_GROUPED = /^(\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/;
const COMMA_PLAIN = /^(\d*)(?:,(\d*))?$/;
const COMMA_GROUPED = /^(\d{1,3}(?:[.\u0020]\d{3})+),(\d*)$/;
const COMMA_BUT_POINT = /^(\d+)\.(\d{1,2})$/;

function splitAmount(
  body: string,
  decimalComma: boolean,
): { whole: string; decimals: string } | null {
  const patterns = decimalComma
    ? [COMMA_PLAIN, COMMA_GROUPED, COMMA_BUT_POINT]
    : [POINT_PLAIN, POINT_GROUPED];
  for (const pattern of patterns) {
    const match = pattern.exec(body);
    if (match === null) continue;
    const whole = (match[1] ?? "").replace(/[,. ]/g, "").replace(/^0+(?=\d)/, "");
    const decimals = match[2] ?? "";
    if (whole === "" && decimals === "") return null;
    return { whole: whole === "" ? "0" : whole, decimals };
  }
  return null;
}

/**
 * Reads a tax rate in percent ('13', '13%', '0.5 %', 免税) into basis points.
 * A bare fraction such as 0.13 could be 13 % or 0.13 % and is refused, as is anything above 100 %.
 * @returns null for an empty cell, 'bad' for one that cannot be read
 */
export function parseTaxRateBp(cell: string, decimalComma = false): number | null | "bad" {
  const text = cleanCode(cell);
  if (text === "") return null;
  if (/^(?:免税|exempt)$/i.test(text)) return 0;
  const match = /^(\d{1,3})(?:[.,](\d{1,4}))?\s*(%?)$/.exec(text);
  if (match === null || (text.includes(",") && !decimalComma)) return "bad";
  const decimals = (match[2] ?? "").replace(/0+$/, "");
  if (decimals.length > 2) return "bad";
  const rateBp = Number(`${match[1] ?? ""}${decimals.padEnd(2, "0")}`);
  const isBareFraction = rateBp > 0 && rateBp < 100 && match[3] === "";
  return isBareFraction || rateBp > 10_000 ? "bad" : rateBp;
}
