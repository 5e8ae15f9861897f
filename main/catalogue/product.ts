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
