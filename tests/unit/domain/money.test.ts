import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CURRENCIES,
  formatAmount,
  formatMoney,
  minorDigitsOf,
  mulDivRound,
  paperSymbolOf,
} from "../../../main/domain/money.ts";
import { printerCode } from "../../../main/printing/escpos/printable.ts";

const currency = fc.constantFrom(...CURRENCIES);
const minor = fc.integer({ min: 0, max: 9_999_999_999 });

describe("rounding", () => {
  it("is half away from zero on both sides", () => {
    expect(mulDivRound(5, 1, 2)).toBe(3);
    expect(mulDivRound(-5, 1, 2)).toBe(-3);
    expect(mulDivRound(1, 1, 3)).toBe(0);
    expect(Object.is(mulDivRound(-1, 1, 3), 0)).toBe(true);
  });

  it("stays exact where floating point does not", () => {
    expect(mulDivRound(9_007_199_254_740_991, 999, 1000)).toBe(8_998_192_055_486_250);
    expect(() => mulDivRound(9_007_199_254_740_991, 2, 1)).toThrow(RangeError);
    expect(() => mulDivRound(1, 1, 0)).toThrow(RangeError);
  });

  it("is never further off than half a minor unit", () => {
    fc.assert(
      fc.property(
        minor,
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 1, max: 20_000 }),
        (value, n, d) => {
          const twice =
            2n * (BigInt(mulDivRound(value, n, d)) * BigInt(d) - BigInt(value) * BigInt(n));
          expect(twice <= BigInt(d) && twice > -BigInt(d)).toBe(true);
        },
      ),
    );
  });
});

describe("amounts", () => {
  it("have the decimals of their currency, and a sign when below zero", () => {
    fc.assert(
      fc.property(minor, currency, (value, code) => {
        const shown = formatAmount(value, code);
        expect(shown.split(".")[1]?.length ?? 0).toBe(minorDigitsOf(code));
        expect(formatMoney(-value - 1, code).startsWith("-")).toBe(true);
      }),
    );
  });

  it("stand behind a sign that every printer has", () => {
    for (const code of CURRENCIES)
      for (const sign of paperSymbolOf(code)) expect(printerCode(sign), code).toBeGreaterThan(0);
  });
});
