import { gtinCheckDigit } from "../gtin.ts";

/** What scales print into the codes of goods they weigh. */
export interface ScaleLabels {
  /** What `A` in a pattern stands for. */
  holds: "price" | "weight";
  /**
   * One character for each digit of a label: a digit stands for itself, `?` for any, `I` for the item's number, `P`
   * for the price in minor units, `W` for the weight in grams, `A` for either as the shop's scales are set, `C`
   * for the check digit over all before it.
   */
  patterns: readonly string[];
}

/** The forms most scales come with: 13 digits with one amount, 18 with price and weight. */
export const USUAL_SCALE_LABELS: ScaleLabels = {
  holds: "price",
  patterns: ["2?IIIIIAAAAAC", "2?IIIIIPPPPPWWWWWC"],
};

export interface ScaleLabel {
  /** Codes under which the shop may list the article, the likeliest first. */
  itemCodes: readonly string[];
  priceMinor: number | null;
  weightGrams: number | null;
  /** False: the check digit is wrong, so something was not read cleanly. */
  isSound: boolean;
}

/** What a label says; null when it is none. */
export function readScaleLabel(text: string, labels: ScaleLabels): ScaleLabel | null {
  if (!/^\d+$/.test(text)) return null;
  const pattern = labels.patterns.find((candidate) => fits(text, candidate));
  if (pattern === undefined) return null;
  const item = digitsAt(text, pattern, "I");
  const price = digitsAt(text, pattern, labels.holds === "price" ? "PA" : "P");
  const weight = digitsAt(text, pattern, labels.holds === "weight" ? "WA" : "W");
  const withoutAmount = [...text.slice(0, -1)]
    .map((digit, at) => ("APW".includes(pattern.charAt(at)) ? "0" : digit))
    .join("");
  const beforeItem = text.slice(0, pattern.indexOf("I"));
  return {
    itemCodes: [
      item,
      item.replace(/^0+(?=\d)/, ""),
      `${beforeItem}${item}`,
      `${withoutAmount}${gtinCheckDigit(withoutAmount)}`,
    ],
    priceMinor: price === "" ? null : Number(price),
    weightGrams: weight === "" ? null : Number(weight),
    isSound: gtinCheckDigit(text.slice(0, -1)) === Number(text.slice(-1)),
  };
}

function fits(text: string, pattern: string): boolean {
  return (
    text.length === pattern.length &&
    [...pattern].every((sign, at) => !/\d/.test(sign) || sign === text.charAt(at))
  );
}

function digitsAt(text: string, pattern: string, signs: string): string {
  return [...text].filter((_, at) => signs.includes(pattern.charAt(at))).join("");
}

const GRAMS_OF_UNIT: ReadonlyMap<string, number> = new Map([
  ["g", 1],
  ["克", 1],
  ["两", 50],
  ["100g", 100],
  ["斤", 500],
  ["市斤", 500],
  ["500g", 500],
]);

/**
 * A weight in thousandths of the unit that the article is priced by: 350 g are 350 of a kilogram (and of every
 * unit not known here), 700 of a 斤.
 */
export function quantityOfGrams(grams: number, unit: string): number {
  const unitGrams = GRAMS_OF_UNIT.get(unit.trim().toLowerCase()) ?? 1000;
  return Math.round((grams * 1000) / unitGrams);
}
