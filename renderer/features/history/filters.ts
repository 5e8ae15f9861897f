import type { HistoryQuery, HistoryState } from "../../../main/contract/history.ts";
import { minorDigitsOf } from "../../../main/domain/money.ts";
import { typedMinor, type ShopNotation } from "../../../main/domain/typed-amount.ts";
import { rangeOf, type DateSpan, type RangePreset } from "./time-range.ts";

/** What the history is asked for, without paging. */
export type HistoryFilter = Omit<HistoryQuery, "before" | "limit">;

/** How far from the amount a sale may be: minor units of a hundred, or a share. */
export const TOLERANCES = ["exact", "1", "5", "10percent"] as const;
export type Tolerance = (typeof TOLERANCES)[number];

/** The filters as a person sets them. */
export interface Filters {
  text: string;
  preset: RangePreset;
  span: DateSpan;
  /** As typed; "" for any. */
  amount: string;
  tolerance: Tolerance;
  cashier: string | null;
  state: HistoryState;
}

export const NO_FILTERS: Filters = {
  text: "",
  preset: "all",
  span: { from: "", to: "", fromTime: "", toTime: "" },
  amount: "",
  tolerance: "exact",
  cashier: null,
  state: "any",
};

export const STATES: readonly HistoryState[] = [
  "any",
  "unproven",
  "owed",
  "seen",
  "declined",
  "handwritten",
];

/** Both ends of an amount and its tolerance in minor units; nulls when nothing or no amount was typed. */
export function amountLimits(
  { amount, tolerance }: Pick<Filters, "amount" | "tolerance">,
  notation: ShopNotation,
): { minMinor: number | null; maxMinor: number | null } {
  const middle = amount.trim() === "" ? null : typedMinor(amount, notation);
  if (middle === null) return { minMinor: null, maxMinor: null };
  const reach = reachOf(tolerance, middle, notation);
  return { minMinor: Math.max(0, middle - reach), maxMinor: middle + reach };
}

function reachOf(tolerance: Tolerance, middle: number, { currency }: ShopNotation): number {
  switch (tolerance) {
    case "exact":
      return 0;
    case "1":
    case "5":
      return Number(tolerance) * 10 ** minorDigitsOf(currency);
    case "10percent":
      return Math.ceil(middle / 10);
  }
}

/** What the till is asked. `text`: what was typed once the typing has paused. */
export function filterOf(
  filters: Filters,
  text: string,
  nowMs: number,
  notation: ShopNotation,
): HistoryFilter {
  const { preset, span, cashier, state } = filters;
  return {
    text,
    ...rangeOf(preset, span, nowMs),
    ...amountLimits(filters, notation),
    cashier,
    state,
  };
}

/** True when every sale will do. */
export function isOpen(filter: HistoryFilter): boolean {
  const { text, state, ...limits } = filter;
  return text === "" && state === "any" && Object.values(limits).every((limit) => limit === null);
}
