import { foldText } from "../../domain/fold-text.ts";
import { symbolOf } from "../../domain/money.ts";
import { typedMinor, type ShopNotation } from "../../domain/typed-amount.ts";
import { receiptNoOfBarcode } from "../../domain/receipt/layout.ts";
import { referenceEnd } from "./reference-end.ts";

/** An amount a customer remembers, in minor units, both ends included. */
export interface AmountRange {
  minMinor: number;
  maxMinor: number;
}

/** One word of a search and everything it can mean; a sale must match every word in one of its meanings. */
export interface SearchWord {
  receiptNo: number | null;
  amount: AmountRange | null;
  /** Last characters of a payment's reference, as `referenceEnd` writes them. */
  referenceEnd: string | null;
  /** The ten characters on the slip: the head of the sale's hash. */
  slipCode: string | null;
  /** The code of a product, as it is in the sale. */
  productCode: string | null;
  /** Part of a product's name in either language, folded, or typed in pinyin. */
  name: string | null;
}

const NOTHING: SearchWord = {
  receiptNo: null,
  amount: null,
  referenceEnd: null,
  slipCode: null,
  productCode: null,
  name: null,
};

/** How far "about" goes when nothing is said, in per cent. */
const ABOUT_PERCENT = 10;
/** One character ends every tenth reference: that finds nobody. */
const MIN_REFERENCE_END = 2;
/** Nobody says more; each costs a look at every name. */
const MAX_WORDS = 8;
const SLIP_CODE = /^[\w-]{10}$/;

/**
 * One box for everything: a slip's barcode or code, a receipt number, an amount ("23.50", "20-30",
 * "50±5", "约50"), the end of a payment's reference, a product. Blanks part the words.
 */
export function readSearch(text: string, notation: ShopNotation): SearchWord[] {
  return joinParts(text)
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, MAX_WORDS)
    .map((word) => readWord(word, notation));
}

/** "# 321", "50 ± 5" and "20 - 30" are one word each. */
function joinParts(text: string): string {
  return text
    .replace(/[#№＃]\s*(?=\d)/g, "#")
    .normalize("NFKC")
    .replace(/\s*(±|\+\/?-)\s*/g, "±")
    .replace(/([\d.])\s*[-~–—]\s*(?=[¥$€£\d.])/g, "$1-");
}

function readWord(word: string, notation: ShopNotation): SearchWord {
  const barcode = receiptNoOfBarcode(word.toUpperCase());
  if (barcode !== null) return { ...NOTHING, receiptNo: barcode };
  const numbered = /^#(\d{1,15})$/.exec(word);
  if (numbered) return { ...NOTHING, receiptNo: Number(numbered[1]) };
  const priced = word
    .replace(/^[¥$€£]/, "")
    .replace(symbolOf(notation.currency).normalize("NFKC"), "");
  const amount = readAmount(priced, notation);
  if (priced !== word && amount) return { ...NOTHING, amount };
  const name = foldText(word);
  const isRange = amount !== null && amount.minMinor !== amount.maxMinor;
  const end = isRange ? "" : referenceEnd(word);
  const isReference =
    end.length >= MIN_REFERENCE_END && end.length === word.replaceAll("-", "").length;
  return {
    receiptNo: /^\d{1,15}$/.test(word) ? Number(word) : null,
    amount,
    referenceEnd: isReference ? end : null,
    slipCode: SLIP_CODE.test(word) ? word : null,
    productCode: word,
    name: name === "" ? null : name,
  };
}

/** "23.50" is that amount; "20-30", "50±5", "50±", "~50" and "约50" reach from one to another. */
function readAmount(text: string, notation: ShopNotation): AmountRange | null {
  const exact = typedMinor(text, notation);
  if (exact !== null) return { minMinor: exact, maxMinor: exact };
  const parts = text.split(/[-~]/);
  if (parts.length === 2 && parts[0] !== "" && parts[1] !== "") {
    const ends = parts.map((part) => typedMinor(part.replace(/^[¥$€£]/, ""), notation));
    const [first, second] = ends;
    if (typeof first !== "number" || typeof second !== "number") return null;
    return { minMinor: Math.min(first, second), maxMinor: Math.max(first, second) };
  }
  const about = /^(?:[约~])(.+)$/.exec(text) ?? /^(.+)±$/.exec(text);
  if (about) return around(typedMinor(about[1] ?? "", notation), null);
  const tolerance = /^(.+)±(.+)$/.exec(text);
  if (!tolerance) return null;
  const by = typedMinor(tolerance[2] ?? "", notation);
  return by === null ? null : around(typedMinor(tolerance[1] ?? "", notation), by);
}

function around(middle: number | null, by: number | null): AmountRange | null {
  if (middle === null) return null;
  const reach = by ?? Math.ceil((middle * ABOUT_PERCENT) / 100);
  return { minMinor: Math.max(0, middle - reach), maxMinor: middle + reach };
}
