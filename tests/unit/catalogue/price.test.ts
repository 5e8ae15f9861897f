import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePrice, parseTaxRateBp } from "../../../main/catalogue/import/price.ts";

test.each([
  ["3.5", 2, 350],
  ["￥3.50", 2, 350],
  ["¥ 3.50", 2, 350],
  ["3.50元", 2, 350],
  ["CNY 1,234.50", 2, 123_450],
  ["1,234,567", 2, 123_456_700],
  ["３．５０", 2, 350],
  [".5", 2, 50],
  ["5.", 2, 500],
  ["007", 2, 700],
  ["0", 2, 0],
  ["3.5000", 2, 350],
  ["\t0.07 ", 2, 7],
  ['="19.99"', 2, 1999],
  ["100", 0, 100],
  ["100.00", 0, 100],
  ["1.234", 3, 1234],
  ["999999999.99", 2, 99_999_999_999],
])("reads %j with %i decimals", (cell, minorDigits, minor) => {
  expect(parsePrice(cell, minorDigits)).toEqual({ ok: true, minor });
});

test.each([
  ["3,5", 350],
  ["1.234,50", 123_450],
  ["1 234,50", 123_450],
  ["3.50", 350],
  ["12 €", 1200],
])("reads %j with a decimal comma", (cell, minor) => {
  expect(parsePrice(cell, 2, true)).toEqual({ ok: true, minor });
});

test.each([
  ["", false, "missingPrice"],
  [" \t", false, "missingPrice"],
  ["面议", false, "badPrice"],
  ["3.5.0", false, "badPrice"],
  [".", false, "badPrice"],
  ["¥", false, "badPrice"],
  ["3,5", false, "badPrice"],
  ["12,34.5", false, "badPrice"],
  ["3.5元/瓶", false, "badPrice"],
  ["1e3", false, "badPrice"],
  ["0x10", false, "badPrice"],
  ["6901234567892", false, "badPrice"],
  ["1.234", true, "badPrice"],
  ["-3.50", false, "negativePrice"],
  ["(3.50)", false, "negativePrice"],
  ["¥-3.50", false, "negativePrice"],
  ["-¥3.50", false, "negativePrice"],
  ["3.505", false, "tooManyDecimals"],
  ["1,234", true, "tooManyDecimals"],
] as const)("refuses %j (decimal comma: %s) as %s", (cell, decimalComma, code) => {
  expect(parsePrice(cell, 2, decimalComma)).toEqual({ ok: false, code });
});

test("a currency without decimals has none", () => {
  expect(parsePrice("3.5", 0)).toEqual({ ok: false, code: "tooManyDecimals" });
});

/** Writes minor units with string operations only, so that it shares no arithmetic with the reader. */
function format(minor: number, minorDigits: number, thousands: string, decimal: string): string {
  const digits = String(minor).padStart(minorDigits + 1, "0");
  const whole = digits.slice(0, digits.length - minorDigits);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return minorDigits === 0 ? grouped : `${grouped}${decimal}${digits.slice(-minorDigits)}`;
}

test("every written price is read back", () => {
  const minors = fc.integer({ min: 0, max: 99_999_999_999 });
  fc.assert(
    fc.property(minors, fc.constantFrom("", "￥", "$", "RMB "), (minor, sign) => {
      for (const thousands of ["", ","]) {
        expect(parsePrice(sign + format(minor, 2, thousands, "."), 2)).toEqual({ ok: true, minor });
      }
      for (const thousands of ["", ".", " "]) {
        expect(parsePrice(sign + format(minor, 2, thousands, ","), 2, true)).toEqual({
          ok: true,
          minor,
        });
      }
    }),
  );
});

test("whatever stands in a cell, the answer is a refusal or a whole number that is not negative", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[-+¥$0-9.,() 元eE]{0,12}$/),
      fc.boolean(),
      (cell, decimalComma) => {
        const result = parsePrice(cell, 2, decimalComma);
        if (result.ok) expect(Number.isSafeInteger(result.minor) && result.minor >= 0).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  ["13", 1300],
  ["13%", 1300],
  ["9.00 %", 900],
  ["0", 0],
  ["0.5%", 50],
  ["8.875", "bad"],
  ["8.87", 887],
  ["免税", 0],
  ["", null],
  ["0.13", "bad"],
  ["101", "bad"],
  ["-3", "bad"],
  ["十三", "bad"],
  ["5,5", "bad"],
] as const)("reads the tax rate %j", (cell, expected) => {
  expect(parseTaxRateBp(cell)).toBe(expected);
});

test("reads a tax rate with a decimal comma", () => {
  expect(parseTaxRateBp("5,5", true)).toBe(550);
});
