import type { Currency } from "../../../../main/domain/money.ts";
import type { PricedBasket, PricedLine, Tender } from "../../../../main/domain/sale.ts";
import { DENOMINATIONS } from "./notes.ts";

/** Something about a payment that is possible and hardly ever meant. */
export type Doubt =
  | { kind: "cash"; tenderedMinor: number; dueMinor: number; changeMinor: number }
  | { kind: "worthless"; line: PricedLine };

/** More than this many times what is due is given by nobody but with one note. */
const MANY_TIMES = 5;

/** What a person is asked about before this payment completes the sale. Pure. */
export function doubtsOf(
  { lines, totalMinor }: Pick<PricedBasket, "lines" | "totalMinor">,
  tenders: readonly Tender[],
  currency: Currency,
): Doubt[] {
  const doubts: Doubt[] = lines
    .filter((line) => line.priceMinor > 0 && line.amountMinor + line.discountMinor === 0)
    .map((line) => ({ kind: "worthless", line }));
  const sum = (some: readonly Tender[]) =>
    some.reduce((total, { amountMinor }) => total + amountMinor, 0);
  const tenderedMinor = sum(tenders.filter(({ method }) => method === "cash"));
  const dueMinor = totalMinor - sum(tenders.filter(({ method }) => method !== "cash"));
  if (isAbsurd(tenderedMinor, dueMinor, currency))
    doubts.push({ kind: "cash", tenderedMinor, dueMinor, changeMinor: tenderedMinor - dueMinor });
  return doubts;
}

/**
 * Cash that nobody hands over: the change would hold the largest note there is, so one note fewer would have done; or it is
 * many times what is due and no note or coin by itself. A code, a quantity or a lost decimal point looks so.
 */
function isAbsurd(tenderedMinor: number, dueMinor: number, currency: Currency): boolean {
  if (dueMinor <= 0) return tenderedMinor > 0;
  const known = DENOMINATIONS[currency];
  if (tenderedMinor - dueMinor >= Math.max(...known)) return true;
  return tenderedMinor > dueMinor * MANY_TIMES && !known.includes(tenderedMinor);
}
