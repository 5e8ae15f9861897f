import fc from "fast-check";
import { expect, test } from "vitest";
import { ean13IsValid, gtinCheckDigit, gtinIsValid } from "../../../main/catalogue/product.ts";

test.each(["4006381333931", "9780201379624", "5901234123457"])("accepts the EAN-13 %s", (code) => {
  expect(ean13IsValid(code)).toBe(true);
});

test.each([
  "4006381333930",
  "400638133393",
  "40063813339311",
  "40063813339３1",
  "ABCDEFGHIJKLM",
  "",
])("refuses %j as EAN-13", (code) => {
  expect(ean13IsValid(code)).toBe(false);
});

test.each(["96385074", "036000291452", "10614141000415"])(
  "accepts the GTIN %s of another length",
  (code) => {
    expect(gtinIsValid(code)).toBe(true);
    expect(ean13IsValid(code)).toBe(false);
  },
);

const twelveDigits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 12 });

test("one mistyped digit is always noticed", () => {
  const position = fc.integer({ min: 0, max: 12 });
  const shift = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(twelveDigits, position, shift, (digits, at, by) => {
      const code = digits.join("") + gtinCheckDigit(digits.join(""));
      expect(ean13IsValid(code)).toBe(true);
      const wrong = (Number(code.charAt(at)) + by) % 10;
      expect(ean13IsValid(`${code.slice(0, at)}${wrong}${code.slice(at + 1)}`)).toBe(false);
    }),
  );
});
