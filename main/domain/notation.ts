import type { Currency } from "./money.ts";

/**
 * One reader for every number that a person types or a file brings. It knows both decimal signs, every
 * style of thousands, all kinds of blanks, full-width and Arabic digits, and the signs and codes of the
 * currencies; it never guesses and never loses a digit.
 */

export type DecimalSign = "." | ",";

/** Signs, codes and words of each currency, longest spelling not first: the reader sorts. */
const CURRENCY_WORDS = {
  CNY: ["¥", "CN¥", "CNY", "RMB", "元", "圆", "圓", "块", "人民币"],
  USD: ["$", "US$", "USD", "US"],
  EUR: ["€", "EUR", "Euro", "Euros"],
  GBP: ["£", "GBP"],
  HKD: ["$", "HK$", "HKD", "元", "圓", "蚊"],
  TWD: ["$", "NT$", "NT", "TWD", "NTD", "元", "圓", "圆"],
  JPY: ["¥", "JP¥", "JPY", "円", "圓", "日元", "日圓"],
  SGD: ["$", "S$", "SG$", "SGD", "元"],
  MYR: ["RM", "MYR"],
  KRW: ["₩", "KRW", "원"],
  VND: ["₫", "đ", "VND", "VNĐ", "đồng"],
  IDR: ["Rp", "Rp.", "IDR"],
  THB: ["฿", "THB", "บาท"],
  AUD: ["$", "A$", "AU$", "AUD"],
  NZD: ["$", "NZ$", "NZD"],
  CAD: ["$", "C$", "CA$", "CAD"],
  CHF: ["Fr", "Fr.", "SFr", "SFr.", "CHF"],
  INR: ["₹", "Rs", "Rs.", "₨", "INR", "रु", "रु."],
  PHP: ["₱", "P", "PHP"],
  KWD: ["KD", "K.D.", "KWD", "د.ك", "د.ك."],
  SEK: ["kr", "kr.", "SEK"],
  NOK: ["kr", "kr.", "NOK"],
  DKK: ["kr", "kr.", "DKK"],
} as const satisfies Record<Currency, readonly string[]> & Record<string, readonly string[]>;

/** Every currency whose signs can be read, whether the till offers it or not. */
export type KnownCurrency = keyof typeof CURRENCY_WORDS;

/** `units / 10 ** scale`, with no zeros at the end: 4.20 is `{ units: 42, scale: 1 }`. */
export interface ExactDecimal {
  units: number;
  scale: number;
}

export interface Notation {
  /** `null`: not known, so that "1,250" can mean two things. */
  decimalSign: DecimalSign | null;
  /** Whose signs and codes may stand beside the number; `null`: none. */
  currency: KnownCurrency | null;
  /** Decimals of the currency: CNY 2, JPY 0, KWD 3. Without decimals "1,990" can only be 1990. */
  minorDigits: number;
}

/**
 * - `empty`: nothing but blanks
 * - `notANumber`: something stands there that belongs to no number
 * - `wrongGroups`: thousands marks in places where no notation has them ("12,34.5", "3.5.0")
 * - `otherCurrency`: the sign or code of another currency
 * - `tooLong`: more digits than an exact number holds
 * - `tooManyDecimals`: more decimals than the currency has
 */
export type NumberError =
  | "empty"
  | "notANumber"
  | "wrongGroups"
  | "otherCurrency"
  | "tooLong"
  | "tooManyDecimals";

interface Evidence {
  /** The decimal sign that this number shows; `null` when it has none. */
  shows: DecimalSign | null;
  /** False for "0,500" alone: three digits behind a sign are likely enough to be sloppy thousands. */
  showsClearly: boolean;
}

export type NumberReading =
  | ({ kind: "value"; value: ExactDecimal } & Evidence)
  | { kind: "twoReadings"; point: ExactDecimal; comma: ExactDecimal }
  | { kind: "error"; error: NumberError };

export type AmountReading =
  | ({ kind: "amount"; minor: number } & Evidence)
  /** `null`: that reading has more decimals than the currency. */
  | { kind: "twoReadings"; pointMinor: number | null; commaMinor: number | null }
  | { kind: "error"; error: NumberError };

/** Every integer of so many digits is exact. */
const MOST_DIGITS = 15;

/**
 * Reads a number whatever notation it is in. A number that only one notation can mean is read as that
 * one; where both can, the notation's decimal sign decides, and without one the answer is `twoReadings`.
 */
export function readNumber(text: string, notation: Notation): NumberReading {
  const bare = takeOffSigns(text, notation.currency);
  if (typeof bare === "string") return { kind: "error", error: bare };
  const point = readWith(".", bare);
  const comma = readWith(",", bare);
  const evidence = evidenceOf(bare.body, point !== null);
  if (point === "tooLong" || comma === "tooLong") return { kind: "error", error: "tooLong" };
  if (point === null && comma === null) return { kind: "error", error: "wrongGroups" };
  if (point === null || comma === null || evidence.isTheSame)
    return value(point ?? comma, evidence);
  if (notation.decimalSign !== null)
    return value(notation.decimalSign === "." ? point : comma, NO_EVIDENCE);
  // Nobody writes three decimals of a currency that has none.
  if (notation.minorDigits === 0)
    return value(bare.body.includes(",") ? point : comma, NO_EVIDENCE);
  return { kind: "twoReadings", point, comma };
}

/** `readNumber` in minor units of the notation's currency. */
export function readAmount(text: string, notation: Notation): AmountReading {
  return inMinorUnits(readNumber(text, notation), notation.minorDigits);
}

/**
 * Reads what was typed in a shop whose notation is known. What only one notation can mean is that, also in
 * the other one: the numeric pad of a German keyboard types a comma wherever the shop is. A lone group of
 * three behind the other sign ("1,250" where the decimal sign is the point) is `twoReadings`: whoever typed
 * it may have learned numbers elsewhere.
 */
export function readTypedAmount(
  text: string,
  notation: Notation & { decimalSign: DecimalSign },
): AmountReading {
  const open = readNumber(text, { ...notation, decimalSign: null });
  // "1.250" where the point is the decimal sign: as thousands it would be in no notation of this shop.
  if (open.kind === "twoReadings" && narrow(text).includes(notation.decimalSign))
    return readAmount(text, notation);
  return inMinorUnits(open, notation.minorDigits);
}

/** Minor units of a currency with so many decimals; `null` when a digit would be lost. */
export function toMinorUnits({ units, scale }: ExactDecimal, minorDigits: number): number | null {
  if (scale > minorDigits) return null;
  const minor = Number(`${units}${"0".repeat(minorDigits - scale)}`);
  return Number.isSafeInteger(minor) ? minor : null;
}

function inMinorUnits(reading: NumberReading, minorDigits: number): AmountReading {
  if (reading.kind === "error") return reading;
  if (reading.kind === "twoReadings") {
    return {
      kind: "twoReadings",
      pointMinor: toMinorUnits(reading.point, minorDigits),
      commaMinor: toMinorUnits(reading.comma, minorDigits),
    };
  }
  const { value: exact, shows, showsClearly } = reading;
  if (exact.scale > minorDigits) return { kind: "error", error: "tooManyDecimals" };
  const minor = toMinorUnits(exact, minorDigits);
  if (minor === null) return { kind: "error", error: "tooLong" };
  return { kind: "amount", minor, shows, showsClearly };
}

const NO_EVIDENCE: Evidence = { shows: null, showsClearly: false };

function value(exact: ExactDecimal | null, { shows, showsClearly }: Evidence): NumberReading {
  if (exact === null) return { kind: "error", error: "wrongGroups" };
  return { kind: "value", value: exact, shows, showsClearly };
}

/** What a number that has one reading only says about its file. */
function evidenceOf(body: string, isPoint: boolean): Evidence & { isTheSame: boolean } {
  if (!/[.,]/.test(body) || body.includes(SURE_DECIMAL)) return { ...NO_EVIDENCE, isTheSame: true };
  const isLoneGroup = /^[^.,]*[.,]\d{3}$/.test(body);
  return { shows: isPoint ? "." : ",", showsClearly: !isLoneGroup, isTheSame: false };
}

interface BareNumber {
  isNegative: boolean;
  /** Digits, ".", ",", "'" and " " for thousands only, and `SURE_DECIMAL`. */
  body: string;
}

/** Stands for U+066B, which is a decimal sign wherever it is used. */
const SURE_DECIMAL = "D";

/** Characters in which numbers of the whole world are written, to the few that the reader knows. */
function narrow(text: string): string {
  return text
    .replace(/[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, "")
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u0660-\u0669\u06F0-\u06F9\u0966-\u096F]/g, (digit) =>
      String((digit.charCodeAt(0) - (digit < "\u0900" ? 0 : 6)) & 15),
    )
    .replaceAll("\uFFE5", "¥")
    .replaceAll("\uFFE1", "£")
    .replaceAll("\uFFE6", "₩")
    .replaceAll("\uFE69", "$")
    .replace(/[\u2010-\u2015\u2212\uFE63]/g, "-")
    .replace(/[\u2018\u2019\u02BC\u2032\u00B4`\u066C]/g, "'")
    .replace(/[\uFE52。｡]/g, ".")
    .replace(/[\uFE50\uFE51、､\u060C]/g, ",")
    .replace(/\s/g, " ")
    .trim();
}

interface CurrencyWord {
  word: string;
  currencies: ReadonlySet<KnownCurrency>;
}

/** Longest first, so that "RMB" is never read as "RM" and a B. */
const ALL_WORDS: readonly CurrencyWord[] = allWords();

function allWords(): CurrencyWord[] {
  const byWord = new Map<string, Set<KnownCurrency>>();
  for (const currency of Object.keys(CURRENCY_WORDS) as KnownCurrency[])
    for (const spelling of CURRENCY_WORDS[currency]) {
      const word = spelling.toLowerCase();
      byWord.set(word, (byWord.get(word) ?? new Set()).add(currency));
    }
  return [...byWord]
    .map(([word, currencies]) => ({ word, currencies }))
    .toSorted((a, b) => b.word.length - a.word.length);
}

const LETTER = /\p{L}/u;

function wordBefore(text: string): CurrencyWord | undefined {
  return ALL_WORDS.find(
    ({ word }) =>
      text.startsWith(word) &&
      !(LETTER.test(word.slice(-1)) && LETTER.test(text.charAt(word.length))),
  );
}

function wordBehind(text: string): CurrencyWord | undefined {
  return ALL_WORDS.find(
    ({ word }) =>
      text.endsWith(word) &&
      !(LETTER.test(word.charAt(0)) && LETTER.test(text.charAt(text.length - word.length - 1))),
  );
}

/** Takes off currency, minus and plus in any order and on either side; accountants write (3.50). */
function takeOffSigns(text: string, currency: KnownCurrency | null): BareNumber | NumberError {
  const narrowed = narrow(text).toLowerCase();
  if (narrowed === "") return "empty";
  const bracketed = /^\((.*)\)$/.exec(narrowed);
  let body = bracketed?.[1] ?? narrowed;
  let signs = bracketed === null ? "" : "-";
  let before: string;
  do {
    before = body;
    const found = wordBefore(body);
    if (found !== undefined) body = body.slice(found.word.length).trim();
    const behind = wordBehind(body);
    if (behind !== undefined) body = body.slice(0, -behind.word.length).trim();
    for (const word of [found, behind])
      if (word !== undefined && (currency === null || !word.currencies.has(currency)))
        return "otherCurrency";
    // "12.–" and "12,--" are how whole amounts are written on price labels, and no minus.
    body = body.replace(/(?<=\d)[.,]--?$/, "");
    const sign = /^[-+]|-$/.exec(body);
    if (sign !== null) {
      signs += sign[0];
      body = (sign.index === 0 ? body.slice(1) : body.slice(0, -1)).trim();
    }
  } while (body !== before);
  body = body.replaceAll("\u066b", SURE_DECIMAL);
  const isNumber = signs.length < 2 && /^[0-9., 'D]*$/.test(body) && /[0-9]/.test(body);
  return isNumber ? { isNegative: signs === "-", body } : "notANumber";
}

/** The number as it is when `sign` is the decimal sign; `null` when it can't be. */
function readWith(
  sign: DecimalSign,
  { body, isNegative }: BareNumber,
): ExactDecimal | "tooLong" | null {
  const parts = body.split(body.includes(SURE_DECIMAL) ? SURE_DECIMAL : sign);
  const [wholePart = "", fractionPart = ""] = parts;
  if (parts.length > 2 || !/^\d*$/.test(fractionPart)) return null;
  const whole = withoutGroups(wholePart);
  if (whole === null) return null;
  const fraction = fractionPart.replace(/0+$/, "");
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  if (digits.length > MOST_DIGITS || fraction.length > MOST_DIGITS) return "tooLong";
  const units = Number(digits);
  return { units: isNegative && units !== 0 ? -units : units, scale: fraction.length };
}

/**
 * Thousands in threes with one kind of mark, or the Indian way: a three at the end, twos before it.
 * A first group that begins with 0 is no thousands: "0,500" is a half and never five hundred.
 */
function withoutGroups(whole: string): string | null {
  if (/^\d*$/.test(whole)) return whole;
  const isGrouped =
    /^[1-9]\d{0,2}([.,' ])\d{3}(?:\1\d{3})*$/.test(whole) ||
    /^[1-9]\d?(?:,\d{2})+,\d{3}$/.test(whole);
  return isGrouped ? whole.replace(/\D/g, "") : null;
}
