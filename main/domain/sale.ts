import { mulDivRound, type Currency } from "./money.ts";
import type { TemplateSnapshot } from "./receipt/template.ts";

/** How prices and tax relate: no tax shown, prices that include it, or tax added on top. */
export const TAX_MODES = ["none", "inclusive", "exclusive"] as const;
export type TaxMode = (typeof TAX_MODES)[number];

export const TENDER_METHODS = ["cash", "wechat", "alipay", "card", "other"] as const;
export type TenderMethod = (typeof TENDER_METHODS)[number];

/** What the cashier has put into the basket; amounts follow from it and are never typed in twice. */
export interface BasketLine {
  /** Barcode or short code; empty for a line with a hand-typed price. */
  code: string;
  nameZh: string;
  nameEn: string;
  unit: string;
  priceMinor: number;
  quantityMilli: number;
  /** Taken off the whole line, 0 or more, never more than the line is worth. */
  discountMinor: number;
  /** null: use no tax for this line. */
  taxRateBp: number | null;
  /** What a scale's label asks for the whole line before any discount, in place of price times quantity. */
  labelMinor?: number | undefined;
}

export interface Basket {
  lines: BasketLine[];
  /** Taken off the whole sale after line discounts. */
  discountMinor: number;
}

export interface Tender {
  method: TenderMethod;
  /** Cash: what the customer handed over. Other tenders: what was taken. */
  amountMinor: number;
  /** Number of the payment at the other side (last digits or whole), null for cash. */
  reference: string | null;
}

export interface PricedLine extends BasketLine {
  amountMinor: number;
}

export interface TaxAmount {
  rateBp: number;
  /** Without tax. */
  netMinor: number;
  taxMinor: number;
}

export interface PricedBasket {
  lines: PricedLine[];
  /** Sum of lines before any discount. */
  grossMinor: number;
  /** All discounts of lines and of the sale together. */
  savedMinor: number;
  discountMinor: number;
  taxes: TaxAmount[];
  taxMinor: number;
  /** What the customer pays. */
  totalMinor: number;
  /** Number of pieces; a weighed line counts as one. */
  pieces: number;
}

/** Price times quantity, or what its label asks, less the line's discount; in minor units. */
export function lineAmount(line: BasketLine): number {
  return lineGross(line) - line.discountMinor;
}

function lineGross(line: BasketLine): number {
  return line.labelMinor ?? mulDivRound(line.priceMinor, line.quantityMilli, 1000);
}

/**
 * Everything a basket amounts to. The discount of the sale is spread over the lines in proportion
 * to their amounts so that tax is worked out on what is paid.
 * @throws RangeError when a discount exceeds what it is taken from.
 */
export function priceBasket(basket: Basket, taxMode: TaxMode): PricedBasket {
  const lines = basket.lines.map((line) => ({ ...line, amountMinor: lineAmount(line) }));
  if (lines.some((line) => line.amountMinor < 0)) throw new RangeError("line discount too large");
  const subtotalMinor = sum(lines.map((line) => line.amountMinor));
  if (basket.discountMinor < 0 || basket.discountMinor > subtotalMinor)
    throw new RangeError("sale discount too large");
  const taxes = taxesOf(lines, basket.discountMinor, subtotalMinor, taxMode);
  const taxMinor = sum(taxes.map((tax) => tax.taxMinor));
  const paidMinor = subtotalMinor - basket.discountMinor;
  return {
    lines,
    grossMinor: sum(basket.lines.map(lineGross)),
    savedMinor: sum(lines.map((line) => line.discountMinor)) + basket.discountMinor,
    discountMinor: basket.discountMinor,
    taxes,
    taxMinor,
    totalMinor: taxMode === "exclusive" ? paidMinor + taxMinor : paidMinor,
    pieces: sum(lines.map((line) => (line.quantityMilli % 1000 ? 1 : line.quantityMilli / 1000))),
  };
}

function taxesOf(
  lines: readonly PricedLine[],
  discountMinor: number,
  subtotalMinor: number,
  taxMode: TaxMode,
): TaxAmount[] {
  if (taxMode === "none") return [];
  const baseByRate = new Map<number, number>();
  let amountSoFar = 0;
  let sharedSoFar = 0;
  for (const line of lines) {
    // Shares are differences of one rounded running sum: none is negative, none exceeds its line,
    // and together they are the discount. Rounding each by itself would leave the last line with
    // more than it is worth, or with less than nothing.
    amountSoFar += line.amountMinor;
    const shared = subtotalMinor === 0 ? 0 : mulDivRound(discountMinor, amountSoFar, subtotalMinor);
    const share = shared - sharedSoFar;
    sharedSoFar = shared;
    if (line.taxRateBp === null) continue;
    const before = baseByRate.get(line.taxRateBp) ?? 0;
    baseByRate.set(line.taxRateBp, before + line.amountMinor - share);
  }
  return [...baseByRate.entries()]
    .sort(([a], [b]) => b - a)
    .map(([rateBp, baseMinor]) => {
      if (taxMode === "exclusive")
        return { rateBp, netMinor: baseMinor, taxMinor: mulDivRound(baseMinor, rateBp, 10_000) };
      const taxMinor = mulDivRound(baseMinor, rateBp, 10_000 + rateBp);
      return { rateBp, netMinor: baseMinor - taxMinor, taxMinor };
    });
}

export type TenderProblem = "NOT_ENOUGH" | "CHANGE_WITHOUT_CASH" | "EMPTY_TENDER";

/**
 * What is still due and what goes back. Change is only ever given on cash.
 * @returns a problem when the tenders can't pay this total.
 */
export function settleTenders(
  totalMinor: number,
  tenders: readonly Tender[],
): { changeMinor: number; tenderedMinor: number } | { problem: TenderProblem } {
  if (totalMinor > 0 && tenders.some((tender) => tender.amountMinor <= 0))
    return { problem: "EMPTY_TENDER" };
  const tenderedMinor = sum(tenders.map((tender) => tender.amountMinor));
  const cashMinor = sum(
    tenders.filter((tender) => tender.method === "cash").map((tender) => tender.amountMinor),
  );
  const changeMinor = tenderedMinor - totalMinor;
  if (changeMinor < 0) return { problem: "NOT_ENOUGH" };
  if (changeMinor > cashMinor) return { problem: "CHANGE_WITHOUT_CASH" };
  return { changeMinor, tenderedMinor };
}

/** Who sold: what stands at the head of every receipt, kept with each sale as it was that day. */
export interface ShopHeader {
  name: string;
  address: string;
  phone: string;
  /** Free text under the receipt, may be empty. */
  footer: string;
}

export type Locale = "zh-CN" | "en";

/**
 * A finished sale as the log keeps it: names, rates and amounts as they were, so that the
 * receipt can be made again, byte for byte, however the shop has changed since.
 */
export interface SaleRecord extends PricedBasket {
  /** Version of this shape; the hash of the log covers it. */
  v: 1;
  /** Version of the receipt layout that was in use. */
  layout: 1;
  receiptNo: number;
  atMs: number;
  /** Minutes to add to UTC for the wall clock of that moment. */
  utcOffsetMin: number;
  cashier: string;
  currency: Currency;
  taxMode: TaxMode;
  locale: Locale;
  shop: ShopHeader;
  /** How receipts looked that day. Sales from before there were templates have none. */
  template?: TemplateSnapshot;
  tenders: Tender[];
  tenderedMinor: number;
  changeMinor: number;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
