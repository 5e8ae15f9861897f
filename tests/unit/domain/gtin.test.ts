import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ean13IsValid,
  gtin14Of,
  gtinCheckDigit,
  gtinIsValid,
  gtinWithLostZeros,
} from "../../../main/domain/gtin.ts";

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

test("GTIN-8, -12, -13 and -14 of the same goods are one number; a carton is another", () => {
  for (const code of ["071999900022", "0071999900022", "00071999900022"])
    expect(gtin14Of(code)).toBe("00071999900022");
  expect(gtin14Of("6909999000401")).toBe(gtin14Of("06909999000401"));
  expect(gtin14Of("96385074")).toBe("00000096385074");
  expect(gtin14Of("10614141000415")).not.toBe(gtin14Of("0614141000418"));
  for (const none of ["6909999000402", "20001234", "AB-100", "6909999000401 ", ""])
    expect(gtin14Of(none)).toBeNull();
});

test.each([
  ["9990005", "09990005"],
  ["9990012", "09990012"],
  ["71999900008", "071999900008"],
  ["71999900015", "071999900015"],
])("%s gets its lost zero back", (digits, code) => {
  expect(gtinWithLostZeros(digits)).toBe(code);
});

test("whatever zeros a valid GTIN lost, they come back as the same number, and only where it fits", () => {
  const lengths = fc.constantFrom(7, 11);
  fc.assert(
    fc.property(lengths, fc.bigInt({ min: 1n, max: 99_999_999_999n }), (length, number) => {
      const body = String(number % 10n ** BigInt(length)).padStart(length, "0");
      const code = body + gtinCheckDigit(body);
      const lost = code.replace(/^0+/, "");
      const found = gtinWithLostZeros(lost);
      if (found !== null) expect(gtin14Of(found)).toBe(gtin14Of(code));
      else expect(lost.length < 6 || lost.length === 8 || lost === code).toBe(true);
      const wrong = lost.slice(0, -1) + ((Number(lost.slice(-1)) + 1) % 10);
      expect(gtinWithLostZeros(wrong)).toBeNull();
    }),
  );
});

test.each(["10001", "2345678", "71999900009", "0123456", "AB12345", ""])(
  "%j has no lost zero",
  (digits) => {
    expect(gtinWithLostZeros(digits)).toBeNull();
  },
);
