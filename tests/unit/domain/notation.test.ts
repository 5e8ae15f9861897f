import fc from "fast-check";
import { expect, test } from "vitest";
import {
  readAmount,
  readNumber,
  readTypedAmount,
  toMinorUnits,
  type DecimalSign,
  type KnownCurrency,
  type NumberError,
} from "../../../main/domain/notation.ts";

const open = (currency: KnownCurrency | null = null, minorDigits = 2) => ({
  decimalSign: null,
  currency,
  minorDigits,
});

test.each<[string, KnownCurrency, number, number]>([
  ["1,234.50", "USD", 2, 123_450],
  ["1.234,50", "EUR", 2, 123_450],
  ["1 234,50", "EUR", 2, 123_450],
  ["1\u00A0234,50\u00A0€", "EUR", 2, 123_450],
  ["1\u202F234,50 €", "EUR", 2, 123_450],
  ["1\u2009234.50", "GBP", 2, 123_450],
  ["１，２３４．５０", "CNY", 2, 123_450],
  ["１\u3000２３４．５０元", "CNY", 2, 123_450],
  ["1'234.50", "CHF", 2, 123_450],
  ["1’234.50", "CHF", 2, 123_450],
  ["Fr. 1'234.–", "CHF", 2, 123_400],
  ["12.--", "CHF", 2, 1200],
  ["₹1,23,456.00", "INR", 2, 12_345_600],
  ["Rs. 12,34,567", "INR", 2, 123_456_700],
  ["1,234,567", "USD", 2, 123_456_700],
  ["1.234.567", "EUR", 2, 123_456_700],
  ["3.50-", "EUR", 2, -350],
  ["-3,50", "EUR", 2, -350],
  ["−3,50 €", "EUR", 2, -350],
  ["(3.50)", "USD", 2, -350],
  ["-$3.50", "USD", 2, -350],
  ["$-3.50", "USD", 2, -350],
  ["+3.5", "USD", 2, 350],
  [".5", "USD", 2, 50],
  [",5", "EUR", 2, 50],
  ["5.", "USD", 2, 500],
  ["007", "CNY", 2, 700],
  ["0", "CNY", 2, 0],
  ["-0.00", "CNY", 2, 0],
  ["0,500", "EUR", 2, 50],
  ["0.500", "EUR", 2, 50],
  ["3.5000", "CNY", 2, 350],
  ["RM12.90", "MYR", 2, 1290],
  ["RM 1,234.50", "MYR", 2, 123_450],
  ["S$5.20", "SGD", 2, 520],
  ["SGD 12.50", "SGD", 2, 1250],
  ["NT$1,200", "TWD", 0, 1200],
  ["NTD 35", "TWD", 0, 35],
  ["￥3.50", "CNY", 2, 350],
  ["3.50元", "CNY", 2, 350],
  ["RMB 12.00", "CNY", 2, 1200],
  ["￥1,990", "JPY", 0, 1990],
  ["1990円", "JPY", 0, 1990],
  ["₩12,000", "KRW", 0, 12_000],
  ["12.000₫", "VND", 0, 12_000],
  ["Rp.15.000", "IDR", 0, 15_000],
  ["Rp 15.000,00", "IDR", 2, 1_500_000],
  ["฿45.00", "THB", 2, 4500],
  ["A$4.50", "AUD", 2, 450],
  ["NZ$4.50", "NZD", 2, 450],
  ["C$4,50", "CAD", 2, 450],
  ["₱1,250.00", "PHP", 2, 125_000],
  ["KD 1.2505", "KWD", 4, 12_505],
  ["د.ك ١٬٢٣٤٫٥٠٠", "KWD", 3, 1_234_500],
  ["12,50 kr.", "SEK", 2, 1250],
  ["$12.50 USD", "USD", 2, 1250],
  ["\u200E12.50\u200F", "USD", 2, 1250],
])("reads %j in %s", (text, currency, digits, minor) => {
  expect(readAmount(text, open(currency, digits))).toMatchObject({ kind: "amount", minor });
});

test.each<[string, number, number | null, number | null]>([
  ["1,250", 2, 125_000, 125],
  ["1.250", 2, 125, 125_000],
  ["12,345", 2, 1_234_500, null],
  ["-1,000", 2, -100_000, -100],
  ["1.250", 3, 1250, 1_250_000],
])("%j can mean two things with %i decimals", (text, digits, pointMinor, commaMinor) => {
  const answer = readAmount(text, open(null, digits));
  expect(answer).toEqual({ kind: "twoReadings", pointMinor, commaMinor });
  for (const [decimalSign, minor] of [
    [".", pointMinor],
    [",", commaMinor],
  ] as const) {
    const known = readAmount(text, { decimalSign, currency: null, minorDigits: digits });
    expect(known).toMatchObject(
      minor === null ? { error: "tooManyDecimals" } : { kind: "amount", minor },
    );
  }
});

test("a currency without decimals has no second reading of 1,990", () => {
  expect(readAmount("1,990", open("JPY", 0))).toMatchObject({ minor: 1990 });
  expect(readAmount("1.990", open("IDR", 0))).toMatchObject({ minor: 1990 });
});

test.each<[string, NumberError]>([
  ["", "empty"],
  [" \u00A0\u200B", "empty"],
  ["面议", "notANumber"],
  ["¥", "notANumber"],
  [".", "notANumber"],
  ["12²", "notANumber"],
  ["①", "notANumber"],
  ["3.5元/瓶", "notANumber"],
  ["1e3", "notANumber"],
  ["6.9E+12", "notANumber"],
  ["0x10", "notANumber"],
  ["--5", "notANumber"],
  ["-5-", "notANumber"],
  ["3.5.0", "wrongGroups"],
  ["12,34.5", "wrongGroups"],
  ["1'234 567", "wrongGroups"],
  ["1 23", "wrongGroups"],
  ["012,345,678", "wrongGroups"],
  ["$3.50", "otherCurrency"],
  ["3.50 EUR", "otherCurrency"],
  ["RM3.50", "otherCurrency"],
  ["1234567890123456", "tooLong"],
  ["3.505", "tooManyDecimals"],
])("refuses %j as %s", (text, error) => {
  const sign = error === "tooManyDecimals" ? "." : null;
  expect(readAmount(text, { ...open("CNY"), decimalSign: sign })).toEqual({ kind: "error", error });
});

test("the currency's own longer word is never cut short: RMB is not RM", () => {
  expect(readAmount("RMB 5", open("MYR"))).toEqual({ kind: "error", error: "otherCurrency" });
  expect(readAmount("US$5", open("SGD"))).toEqual({ kind: "error", error: "otherCurrency" });
});

test("a number tells which decimal sign its file has, and how surely", () => {
  expect(readAmount("4,20", open())).toMatchObject({ shows: ",", showsClearly: true });
  expect(readAmount("1,234.5", open())).toMatchObject({ shows: ".", showsClearly: true });
  expect(readAmount("1.234.567", open())).toMatchObject({ shows: ",", showsClearly: true });
  expect(readAmount("0,500", open())).toMatchObject({ shows: ",", showsClearly: false });
  expect(readAmount("12", open())).toMatchObject({ shows: null });
  expect(readAmount("1 234", open())).toMatchObject({ shows: null });
});

const shop = (decimalSign: DecimalSign, minorDigits = 2) => ({
  decimalSign,
  currency: "EUR" as const,
  minorDigits,
});

test.each<[string, DecimalSign, number | NumberError | "twoReadings"]>([
  ["12,5", ",", 1250],
  ["3,50", ",", 350],
  ["1.234,50", ",", 123_450],
  ["12.5", ".", 1250],
  ["1,234.50", ".", 123_450],
  ["1,234,567", ".", 123_456_700],
  ["12。5", ".", 1250],
  ["1.250", ".", 125],
  ["1,250", ",", 125],
  ["1 250", ",", 125_000],
  ["12,5", ".", 1250],
  ["12.5", ",", 1250],
  ["0,500", ".", 50],
  ["1.234,50", ".", 123_450],
  ["1,250", ".", "twoReadings"],
  ["1.250", ",", "twoReadings"],
  ["1.234", ".", "tooManyDecimals"],
  ["12,34,5", ".", "wrongGroups"],
  ["", ".", "empty"],
  ["€ 3,50", ",", 350],
])("typed %j where %j is the decimal sign: %s", (text, sign, expected) => {
  const answer = readTypedAmount(text, shop(sign));
  if (typeof expected === "number") expect(answer).toMatchObject({ minor: expected });
  else if (expected === "twoReadings") expect(answer.kind).toBe(expected);
  else expect(answer).toEqual({ kind: "error", error: expected });
});

test("typed 1,250 in a currency without decimals is 1250 in either notation", () => {
  for (const sign of [".", ","] as const)
    for (const text of ["1,250", "1.250"])
      expect(readTypedAmount(text, { ...shop(sign, 0) })).toMatchObject({ minor: 1250 });
});

/** Writes minor units with string operations only, so that it shares no arithmetic with the reader. */
function write(minor: number, digits: number, group: (whole: string) => string, sign: string) {
  const text = String(minor).padStart(digits + 1, "0");
  const whole = group(text.slice(0, text.length - digits));
  return digits === 0 ? whole : `${whole}${sign}${text.slice(-digits)}`;
}

const threes = (mark: string) => (whole: string) => whole.replace(/\B(?=(\d{3})+$)/g, mark);
const indian = (whole: string) =>
  whole.length < 4
    ? whole
    : `${whole.slice(0, -3).replace(/\B(?=(\d{2})+$)/g, ",")},${whole.slice(-3)}`;
const STYLES: readonly [DecimalSign, (whole: string) => string][] = [
  [".", (whole) => whole],
  [",", (whole) => whole],
  [".", threes(",")],
  [",", threes(".")],
  ...["'", "’", " ", "\u00A0", "\u202F", "\u2009", "\u3000"].flatMap(
    (mark): [DecimalSign, (whole: string) => string][] => [
      [".", threes(mark)],
      [",", threes(mark)],
    ],
  ),
  [".", indian],
];
const minors = fc.integer({ min: 0, max: 99_999_999_999 });
const style = fc.constantFrom(...STYLES);
const decimals = fc.constantFrom(0, 2, 3);
const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

test("every written amount is read back in its notation, in every style", () => {
  fc.assert(
    fc.property(
      minors,
      style,
      decimals,
      fc.constantFrom("", "€", "EUR ", "-"),
      fc.boolean(),
      (minor, [decimalSign, group], minorDigits, front, wide) => {
        const plain = front + write(minor, minorDigits, group, decimalSign);
        const text = wide ? fullWidth(plain) : plain;
        const expected = front === "-" && minor > 0 ? -minor : minor;
        const notation = { decimalSign, currency: "EUR" as const, minorDigits };
        expect(readAmount(text, notation)).toMatchObject({ kind: "amount", minor: expected });
      },
    ),
    { numRuns: 2000 },
  );
});

test("without a known notation the answer is the right amount, or two of which one is right", () => {
  fc.assert(
    fc.property(minors, style, decimals, (minor, [decimalSign, group], minorDigits) => {
      const text = write(minor, minorDigits, group, decimalSign);
      const answer = readAmount(text, open("EUR", minorDigits));
      if (answer.kind === "twoReadings")
        expect([answer.pointMinor, answer.commaMinor]).toContain(minor);
      else expect(answer).toMatchObject({ kind: "amount", minor });
    }),
    { numRuns: 2000 },
  );
});

test("whatever stands there, no digit is lost and nothing is thrown", () => {
  const noise = fc.oneof(
    fc.stringMatching(/^[-+¥$€0-9.,' () 元eEDkrRM]{0,14}$/),
    fc.string({ maxLength: 12, unit: "grapheme" }),
  );
  fc.assert(
    fc.property(noise, fc.constantFrom(".", ",", null), (text, decimalSign) => {
      const reading = readNumber(text, { decimalSign, currency: "EUR", minorDigits: 2 });
      const written = text.replace(/[^0-9]/g, "").replace(/^0+|0+$/g, "");
      const values =
        reading.kind === "value"
          ? [reading.value]
          : reading.kind === "twoReadings"
            ? [reading.point, reading.comma]
            : [];
      for (const { units, scale } of values) {
        expect(Number.isSafeInteger(units) && scale >= 0 && !Object.is(units, -0)).toBe(true);
        if (/^[ -~]*$/.test(text))
          expect(String(Math.abs(units)).replace(/^0|0+$/g, "")).toBe(written);
      }
    }),
    { numRuns: 3000 },
  );
});

test("minor units are exact or refused", () => {
  expect(toMinorUnits({ units: 42, scale: 1 }, 2)).toBe(420);
  expect(toMinorUnits({ units: 1234, scale: 3 }, 2)).toBeNull();
  expect(toMinorUnits({ units: 900_719_925_474_099, scale: 0 }, 3)).toBeNull();
});
