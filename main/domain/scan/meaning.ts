import { gtinCheckDigit } from "../gtin.ts";
import { mulDivRound } from "../money.ts";
import { receiptNoOfBarcode } from "../receipt/layout.ts";
import type { TenderMethod } from "../sale.ts";
import { inDecimals, measureOf, type Elements } from "./gs1.ts";
import {
  quantityOfGrams,
  readScaleLabel,
  type ScaleLabel,
  type ScaleLabels,
} from "./scale-label.ts";
import { readSymbol, type SymbolText } from "./symbol.ts";

/** What the reader has to know of an article. */
interface Article {
  priceMinor: number;
  unit: string;
}

/** The shop, as far as a symbol's meaning depends on it. */
interface Shop<A extends Article> {
  /** Exact code first, then the same article number in another length. */
  byCode: (code: string) => A | null;
  scaleLabels: ScaleLabels;
  /** Decimals of the shop's currency. */
  minorDigits: number;
}

/**
 * Why a symbol can't be sold as it is: no article has this code; a scale's label of an article that is not listed;
 * digits that were not read cleanly; a web address, or a GS1 symbol, without article number.
 */
type UnknownWhy = "notListed" | "scaleItem" | "misread" | "webAddress" | "noArticle";

/** `labelMinor`: the price printed on the label, which is what the customer pays; null: price times quantity. */
interface Sold<A extends Article> {
  product: A;
  quantityMilli: number;
  labelMinor: number | null;
}

export type Meaning<A extends Article> =
  | ({ kind: "product" } & Sold<A>)
  | { kind: "slip"; saleId: number }
  /** A customer's payment code: worth money for a minute, so it is neither kept nor shown. */
  | { kind: "payment"; method: TenderMethod }
  /**
   * `code` can stand on the receipt of a line with a typed price; `shown` is what to name; `offer` is what a label
   * with a wrong check digit says, for a person to compare.
   */
  | { kind: "unknown"; why: UnknownWhy; code: string; shown: string; offer: Sold<A> | null };

const ONE_MILLI = 1000;
const MAX_CODE = 40;

/**
 * What was scanned or typed as a code, in this order: our own slip; an article by its code as listed, by its
 * GTIN in any length, or inside a GS1 symbol; a scale's label; a payment code, only where nothing known fits.
 */
export function meaningOf<A extends Article>(typed: string, shop: Shop<A>): Meaning<A> {
  const symbol = readSymbol(typed);
  const saleId = receiptNoOfBarcode(symbol.text.toUpperCase());
  if (saleId !== null) return { kind: "slip", saleId };
  const product = articleOf(typed.trim(), symbol, shop);
  if (product !== null) return { kind: "product", ...amountOf(product, symbol.elements, shop) };
  const method = paymentMethodOf(symbol.text);
  const label = readScaleLabel(symbol.text, shop.scaleLabels);
  const weighed = label === null ? null : weighedOf(label, shop, method !== null);
  if (weighed !== null && label?.isSound === true) return { kind: "product", ...weighed };
  if (method !== null) return { kind: "payment", method };
  return unknownOf(symbol, label, weighed);
}

function articleOf<A extends Article>(
  typed: string,
  { text, gtin14, elements }: SymbolText,
  { byCode }: Shop<A>,
): A | null {
  const found = byCode(typed) ?? byCode(text) ?? (gtin14 === null ? null : byCode(gtin14));
  if (found !== null || gtin14 === null) return found;
  // Indicator 9: the same goods in a measure that differs from piece to piece; lists have them without it.
  const isMeasured = gtin14.startsWith("9") && elements.size > 1;
  return isMeasured ? byCode(withoutIndicator(gtin14)) : null;
}

function withoutIndicator(gtin14: string): string {
  const body = gtin14.slice(1, -1);
  return `${body}${gtinCheckDigit(body)}`;
}

function amountOf<A extends Article>(product: A, elements: Elements, shop: Shop<A>): Sold<A> {
  const price = measureOf(elements, "392");
  const weight = measureOf(elements, "310");
  const labelMinor = price === null ? null : inDecimals(price, shop.minorDigits);
  const grams = weight === null ? 0 : inDecimals(weight, 3);
  if (grams > 0) return sold(product, quantityOfGrams(grams, product.unit), labelMinor);
  if (labelMinor !== null && labelMinor > 0) return pricedOnLabel(product, labelMinor);
  const count = elements.get("30") ?? "1";
  const pieces = /^\d{1,5}$/.test(count) ? Number(count) : 1;
  return sold(product, Math.max(1, pieces) * ONE_MILLI, null);
}

/** @param mayPay a payment code looks the same: only a label whose price fits its weight counts then */
function weighedOf<A extends Article>(
  { itemCodes, priceMinor, weightGrams }: ScaleLabel,
  { byCode }: Shop<A>,
  mayPay: boolean,
): Sold<A> | null {
  const product = itemCodes.map(byCode).find((found) => found !== null) ?? null;
  if (product === null) return null;
  const quantityMilli = quantityOfGrams(weightGrams ?? 0, product.unit);
  if (mayPay && !isNear(priceMinor, product.priceMinor * quantityMilli)) return null;
  if (quantityMilli > 0) return sold(product, quantityMilli, priceMinor);
  return priceMinor === null || priceMinor === 0 ? null : pricedOnLabel(product, priceMinor);
}

const TOLERANCE = 0.05;

function isNear(priceMinor: number | null, expectedMilli: number): boolean {
  if (priceMinor === null || expectedMilli === 0) return false;
  return Math.abs(priceMinor * ONE_MILLI - expectedMilli) <= expectedMilli * TOLERANCE;
}

/** The label tells only what is to be paid: how much it was follows from the price. */
function pricedOnLabel<A extends Article>(product: A, labelMinor: number): Sold<A> {
  if (product.priceMinor === 0)
    return sold({ ...product, priceMinor: labelMinor }, ONE_MILLI, null);
  const quantityMilli = mulDivRound(labelMinor, ONE_MILLI, product.priceMinor);
  return sold(product, Math.max(1, quantityMilli), labelMinor);
}

/** What the label says is kept only where it differs from price times quantity, by the scale's own rounding. */
function sold<A extends Article>(
  product: A,
  quantityMilli: number,
  labelMinor: number | null,
): Sold<A> {
  const isSame = labelMinor === mulDivRound(product.priceMinor, quantityMilli, ONE_MILLI);
  return { product, quantityMilli, labelMinor: isSame ? null : labelMinor };
}

/** True for the barcode on our own receipts. */
export function isSlip(typed: string): boolean {
  return receiptNoOfBarcode(readSymbol(typed).text.toUpperCase()) !== null;
}

/** True when a text is a payment code unless the shop lists it as something else. */
export function mayBePayment(typed: string): boolean {
  return paymentMethodOf(readSymbol(typed).text) !== null;
}

/**
 * Payment codes (research: product §2.2): 18 digits from 10–15 WeChat; 16–24 digits from 25–30 Alipay; 19
 * digits from 62 UnionPay.
 */
function paymentMethodOf(code: string): TenderMethod | null {
  if (/^1[0-5]\d{16}$/.test(code)) return "wechat";
  if (/^(?:2[5-9]|30)\d{14,22}$/.test(code)) return "alipay";
  if (/^62\d{17}$/.test(code)) return "card";
  return null;
}

function unknownOf<A extends Article>(
  { text, gtin14, elements }: SymbolText,
  label: ScaleLabel | null,
  offer: Sold<A> | null,
): Meaning<A> {
  const why = whyUnknown(text, gtin14, elements, label);
  const code = gtin14 === null || text.length <= gtin14.length ? text : gtin14.replace(/^0/, "");
  // oxlint-disable-next-line no-control-regex -- separators of a GS1 symbol have no picture
  const plain = code.replace(/[\u0000-\u001F]+/g, " ");
  const isTooLong = plain.length > MAX_CODE;
  const named = isTooLong ? `${plain.slice(0, MAX_CODE)}…` : plain;
  const shown = why === "scaleItem" ? (label?.itemCodes[0] ?? named) : named;
  return { kind: "unknown", why, code: isTooLong ? "" : plain, shown, offer };
}

function whyUnknown(
  text: string,
  gtin14: string | null,
  elements: Elements,
  label: ScaleLabel | null,
): UnknownWhy {
  if (label !== null) return label.isSound ? "scaleItem" : "misread";
  if (gtin14 !== null) return "notListed";
  if (/^https?:/i.test(text)) return "webAddress";
  return elements.size > 0 ? "noArticle" : "notListed";
}
