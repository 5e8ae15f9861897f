import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTaxRateBp, readPrice } from "../../../main/catalogue/import/price.ts";
import type { Notation } from "../../../main/domain/notation.ts";

const CNY: Notation = { currency: "CNY", minorDigits: 2, decimalSign: null };
const COMMA: Notation = { ...CNY, decimalSign: "," };

test.each([
  ["3.5", 350],
  ["￥3.50", 350],
  ["3.50元", 350],
  ["CNY 1,234.50", 123_450],
  ["３．５０", 350],
  ["\t0.07 ", 7],
  ['="19.99"', 1999],
  ["'5.00", 500],
  ["-0.25", -25],
  ["0,500", 50],
  ["999999999.99", 99_999_999_999],
])("reads %j", (cell, minor) => {
  expect(readPrice(cell, CNY)).toEqual({ kind: "price", minor });
});

test.each(["", " \t", "variable", "Variable", "时价", "面议"])(
  "%j is asked for at the till",
  (cell) => {
    expect(readPrice(cell, CNY)).toEqual({ kind: "open" });
  },
);

test.each([
  ["两块", "badPrice"],
  ["3.5.0", "badPrice"],
  ["12²", "badPrice"],
  ["1e3", "badPrice"],
  ["6901234567892", "badPrice"],
  ["1000000000", "badPrice"],
  ["$3.50", "otherCurrency"],
  ["3.5051", "tooManyDecimals"],
] as const)("refuses %j as %s", (cell, code) => {
  expect(readPrice(cell, CNY)).toEqual({ kind: "error", code });
});

test("what can mean two things is no price until the file's decimal sign is known", () => {
  expect(readPrice("1,250", CNY)).toEqual({
    kind: "twoReadings",
    pointMinor: 125_000,
    commaMinor: 125,
  });
  expect(readPrice("1,250", COMMA)).toEqual({ kind: "price", minor: 125 });
  expect(readPrice("1.250", COMMA)).toEqual({ kind: "price", minor: 125_000 });
});

test("whatever stands in a cell, a price is a whole number", () => {
  const cells = fc.stringMatching(/^[-+¥$0-9.,() 元eE]{0,12}$/);
  fc.assert(
    fc.property(cells, fc.constantFrom(CNY, COMMA), (cell, notation) => {
      const result = readPrice(cell, notation);
      if (result.kind === "price") expect(Number.isSafeInteger(result.minor)).toBe(true);
    }),
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
  ["5,5", 550],
  ["1,234", "bad"],
] as const)("reads the tax rate %j", (cell, expected) => {
  expect(parseTaxRateBp(cell, CNY)).toBe(expected);
});

test("a column of fractions holds fractions", () => {
  expect(parseTaxRateBp("0.09", CNY, true)).toBe(900);
  expect(parseTaxRateBp("0.0825", CNY, true)).toBe(825);
  expect(parseTaxRateBp("9%", CNY, true)).toBe(900);
  expect(parseTaxRateBp("1.5", CNY, true)).toBe("bad");
});
