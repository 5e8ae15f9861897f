/** A thing the shop sells, as the catalogue keeps it. */
export interface Product {
  /** Unique key: the shop's own short code when it gave one, otherwise the barcode. */
  code: string;
  /** What a scanner reads from the packet; null for loose goods. */
  barcode: string | null;
  /** The main name. Holds the English name when the shop gave no Chinese one. Never empty. */
  nameZh: string;
  /** May be empty. */
  nameEn: string;
  /** Selling price with tax, in minor units of the shop's currency (fen, cents). */
  priceMinor: number;
  /** Selling unit as printed on the receipt (瓶, 袋, kg). May be empty. */
  unit: string;
  /** May be empty. */
  category: string;
  /** Tax rate in basis points (13 % = 1300); null when the shop's default applies. */
  taxRateBp: number | null;
}

/** GTIN lengths in retail: EAN-8, UPC-A, EAN-13, GTIN-14 (GS1 General Specifications §7.9). */
const GTIN_LENGTHS: ReadonlySet<number> = new Set([8, 12, 13, 14]);

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
  if (!GTIN_LENGTHS.has(code.length) || !/^[0-9]+$/.test(code)) return false;
  return gtinCheckDigit(code.slice(0, -1)) === Number(code.slice(-1));
}

/** True for thirteen digits with the right check digit. */
export function ean13IsValid(code: string): boolean {
  return code.length === 13 && gtinIsValid(code);
}
