import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CURRENCIES,
  formatAmount,
  formatQuantity,
  type Currency,
} from "../../../main/domain/money.ts";
import type { DecimalSign } from "../../../main/domain/notation.ts";
import { typedAmount, typedQuantity, usualDecimalSign } from "../../../main/domain/typed-amount.ts";

const shop = (currency: Currency, decimalSign: DecimalSign = usualDecimalSign(currency)) => ({
  currency,
  decimalSign,
});

describe("an amount typed at the till", () => {
  it.each<[string, Currency, DecimalSign, number | string]>([
    ["12", "CNY", ".", 1200],
    [" 12 ", "CNY", ".", 1200],
    [".5", "CNY", ".", 50],
    ["12。50", "CNY", ".", 1250],
    ["１２.5", "CNY", ".", 1250],
    ["1,234.5", "CNY", ".", 123_450],
    ["9999999999.99", "CNY", ".", 999_999_999_999],
    ["12元", "CNY", ".", 1200],
    // The numeric pad of a German keyboard, wherever the shop is: one reading only.
    ["3,50", "EUR", ",", 350],
    ["3,50", "EUR", ".", 350],
    ["12,5", "CNY", ".", 1250],
    ["0,99", "EUR", ".", 99],
    ["2000,00", "EUR", ",", 200_000],
    ["1.234,50", "EUR", ",", 123_450],
    ["1’234.50", "CHF", ".", 123_450],
    ["1 234,50", "SEK", ",", 123_450],
    ["RM 12.90", "MYR", ".", 1290],
    ["NT$1,200", "TWD", ".", 1200],
    ["1.250.000", "VND", ",", 1_250_000],
    ["1,234.567", "KWD", ".", 1_234_567],
    // A group after a leading 0 is no thousands.
    ["0,500", "EUR", ".", 50],
    // Yuan have no thousandths: only one of the two readings is an amount.
    ["1,234", "CNY", ".", 123_400],
    ["1,250", "EUR", ",", 125],
    ["1,250", "EUR", ".", "twoReadings"],
    ["1.250", "EUR", ",", "twoReadings"],
    ["12.345", "CNY", ".", "tooManyDecimals"],
    ["12.5", "JPY", ".", "tooManyDecimals"],
    ["-1", "CNY", ".", "negative"],
    ["", "CNY", ".", "empty"],
    ["1e3", "CNY", ".", "notANumber"],
    ["€5", "CNY", ".", "otherCurrency"],
    ["6901234567892", "CNY", ".", "tooLong"],
  ])("%j in %s with %j is %s", (text, currency, sign, expected) => {
    expect(typedAmount(text, shop(currency, sign))).toEqual(
      typeof expected === "number" ? { value: expected } : { problem: expected },
    );
  });

  it("is read as it is shown, in every currency, whatever the decimal sign", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CURRENCIES),
        fc.integer({ min: 0, max: 999_999_999 }),
        fc.constantFrom<DecimalSign>(".", ","),
        (currency, minor, sign) => {
          const shown = formatAmount(minor, currency);
          const typed = typedAmount(shown.replace(".", sign), shop(currency, sign));
          expect(typed).toEqual({ value: minor });
        },
      ),
    );
  });
});

describe("a quantity typed at the till", () => {
  it("is read back as it was shown", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999 }),
        fc.constantFrom<DecimalSign>(".", ","),
        (milli, sign) => {
          expect(typedQuantity(formatQuantity(milli).replace(".", sign), sign)).toEqual({
            value: milli,
          });
        },
      ),
    );
  });

  it.each<[string, DecimalSign, number | string]>([
    ["0,25", ".", 250],
    ["0.25", ",", 250],
    ["1,250", ",", 1250],
    ["1,250", ".", "twoReadings"],
    ["0", ".", "empty"],
    ["0.000", ".", "empty"],
    ["1.2345", ".", "tooManyDecimals"],
    ["-1", ".", "negative"],
    ["abc", ".", "notANumber"],
  ])("%j with %j is %s", (text, sign, expected) => {
    expect(typedQuantity(text, sign)).toEqual(
      typeof expected === "number" ? { value: expected } : { problem: expected },
    );
  });
});
