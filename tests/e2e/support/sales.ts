import type { CallInput, CallName, CallOutput } from "../../../main/contract/calls.ts";
import type { Product } from "../../../main/contract/values.ts";
import { priceBasket, type BasketLine, type TaxMode } from "../../../main/domain/sale.ts";

type Tender = CallInput<"sale.complete">["tenders"][number];

/** Anything that answers the till's calls: a world's till, or one in this process. */
export interface TillDoor {
  ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
}

/** What one customer buys: a catalogue query, and how many of it. */
export interface Bought {
  query: string;
  pieces?: number;
}

export interface SaleWish {
  bought: readonly Bought[];
  method?: Tender["method"];
  reference?: string;
  /** What the customer hands over in cash; the exact amount without it. */
  tenderedMinor?: number;
  /** As the shop was set up. */
  taxMode?: TaxMode;
}

const known = new Map<string, Product>();

/** The first product found for a query. Its result is kept: the sample catalogue never changes. */
async function productOf(door: TillDoor, query: string): Promise<Product> {
  const before = known.get(query);
  if (before) return before;
  const { products } = await door.ask("catalogue.search", { query, limit: 1 });
  const [product] = products;
  if (!product) throw new Error(`The sample catalogue has no ${query}.`);
  known.set(query, product);
  return product;
}

/** Completes one sale through the till's own door; its receipt is then on its way. */
export async function makeSale(door: TillDoor, wish: SaleWish) {
  const lines: BasketLine[] = [];
  for (const { query, pieces = 1 } of wish.bought) {
    const { code, nameZh, nameEn, unit, priceMinor, taxRateBp } = await productOf(door, query);
    const quantityMilli = pieces * 1000;
    lines.push({
      code,
      nameZh,
      nameEn,
      unit,
      priceMinor,
      taxRateBp,
      quantityMilli,
      discountMinor: 0,
    });
  }
  const basket = { lines, discountMinor: 0 };
  const { totalMinor } = priceBasket(basket, wish.taxMode ?? "none");
  const method = wish.method ?? "cash";
  const amountMinor = wish.tenderedMinor ?? totalMinor;
  const sale = await door.ask("sale.complete", {
    requestId: crypto.randomUUID(),
    basket,
    tenders: [{ method, amountMinor, reference: wish.reference ?? null }],
    expectedTotalMinor: totalMinor,
  });
  return { ...sale, lines };
}
