import type { Basket, BasketLine } from "./sale.ts";

/** Goods that were in a basket and no longer are. */
export type VoidedGoods = Pick<
  BasketLine,
  "code" | "nameZh" | "nameEn" | "unit" | "priceMinor" | "quantityMilli"
>;

/**
 * What was taken out of a basket between two of its states. Lines have no number of their own, so
 * goods are told apart by what they are: the same goods on two lines are one pile.
 */
export function voidedGoods(before: Basket, after: Basket): VoidedGoods[] {
  const left = new Map<string, number>();
  for (const line of after.lines)
    left.set(goodsOf(line), (left.get(goodsOf(line)) ?? 0) + line.quantityMilli);
  const voided: VoidedGoods[] = [];
  for (const line of before.lines) {
    const goods = goodsOf(line);
    const there = left.get(goods) ?? 0;
    left.set(goods, Math.max(0, there - line.quantityMilli));
    if (there >= line.quantityMilli) continue;
    const { code, nameZh, nameEn, unit, priceMinor } = line;
    const quantityMilli = line.quantityMilli - there;
    voided.push({ code, nameZh, nameEn, unit, priceMinor, quantityMilli });
  }
  return voided;
}

/** A price typed in anew makes other goods of it: the old price was taken out. */
function goodsOf({ code, nameZh, nameEn, unit, priceMinor }: BasketLine): string {
  return JSON.stringify([code, nameZh, nameEn, unit, priceMinor]);
}
