/** GTIN lengths in retail: EAN-8, UPC-A, EAN-13, GTIN-14 (GS1 General Specifications §7.9). */
const GTIN_LENGTHS: ReadonlySet<number> = new Set([8, 12, 13, 14]);
const LONGEST = 14;

/**
 * The check digit for a GTIN without its last digit (GS1 General Specifications §7.9.1):
 * weights 3 and 1 alternate from the right, the sum is filled up to the next ten.
 * @param digits ASCII digits only
 */
export function gtinCheckDigit(digits: string): number {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - fromRight) - 48;
    sum += fromRight % 2 === 0 ? digit * 3 : digit;
  }
  return (10 - (sum % 10)) % 10;
}

/** True for digits of a GTIN length (8, 12, 13 or 14) whose last one is the right check digit. */
export function gtinIsValid(code: string): boolean {
  return GTIN_LENGTHS.has(code.length) && hasRightCheckDigit(code);
}

/** True for thirteen digits with the right check digit. */
export function ean13IsValid(code: string): boolean {
  return code.length === 13 && gtinIsValid(code);
}

/**
 * The one number that GTIN-8, -12, -13 and -14 are: filled up with zeros in front to 14 digits, which leaves
 * the check digit right (GS1 General Specifications §3.3.2). Two codes stand for the same goods when this is equal:
 * scanners send a UPC-A with 12 or 13 digits as they are set. Null when `code` is no valid GTIN.
 */
export function gtin14Of(code: string): string | null {
  return gtinIsValid(code) ? code.padStart(LONGEST, "0") : null;
}

/**
 * A GTIN whose leading zeros a spreadsheet took for a number's: 6 or 7 digits become a GTIN-8, 9 to 11 a GTIN-12,
 * when the check digit then fits (one number in ten fits by chance, so a person is asked). Null when none fits,
 * or nothing is lost.
 */
export function gtinWithLostZeros(digits: string): string | null {
  const length = digits.length <= 8 ? 8 : 12;
  if (digits.length < 6 || digits.length >= length || digits.startsWith("0")) return null;
  return hasRightCheckDigit(digits) ? digits.padStart(length, "0") : null;
}

/** Zeros in front weigh nothing, so this holds for any length. */
function hasRightCheckDigit(digits: string): boolean {
  if (!/^[0-9]+$/.test(digits)) return false;
  return gtinCheckDigit(digits.slice(0, -1)) === Number(digits.slice(-1));
}
