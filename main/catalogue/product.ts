/** A thing the shop sells, as the catalogue keeps it. */
export interface Product {
  /** Unique key: the shop's own short code when it gave one, otherwise the barcode, else `keyOfName`. */
  code: string;
  /** What a scanner reads from the packet; null for loose goods. */
  barcode: string | null;
  /** Further barcodes that sell the same article: old packets, other sizes of the code. */
  moreBarcodes?: string[] | undefined;
  /** The main name. Holds the English name when the shop gave no Chinese one. Never empty. */
  nameZh: string;
  /** May be empty. */
  nameEn: string;
  /** Selling price with tax, in minor units of the shop's currency (fen, cents). */
  priceMinor: number;
  /** The price is asked for when it is sold; `priceMinor` is 0 then. */
  hasOpenPrice?: boolean | undefined;
  /** Selling unit as printed on the receipt (瓶, 袋, kg). May be empty. */
  unit: string;
  /** May be empty. */
  category: string;
  /** Tax rate in basis points (13 % = 1300); null when the shop's default applies. */
  taxRateBp: number | null;
}

/** Every code that finds the product at the till, its key first. */
export function codesOf({ code, barcode, moreBarcodes = [] }: Product): string[] {
  return [code, ...(barcode === null || barcode === code ? [] : [barcode]), ...moreBarcodes];
}
