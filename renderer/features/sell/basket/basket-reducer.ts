import type { Product } from "../../../../main/contract/values.ts";
import { lineAmount, type Basket, type BasketLine } from "../../../../main/domain/sale.ts";

/** The basket on the counter and which of its lines the keys act on. */
export interface BasketState {
  basket: Basket;
  /** Line that was touched last; null only while there are none. */
  current: number | null;
  /** True when the cashier moved there, false when a scan did. */
  isChosen: boolean;
}

export const EMPTY_BASKET: BasketState = {
  basket: { lines: [], discountMinor: 0 },
  current: null,
  isChosen: false,
};

export type BasketAction =
  | { type: "restore"; basket: Basket }
  /** `labelMinor`: what a scale's label asks for it; null or left out: price times quantity. */
  | { type: "add"; product: Product; quantityMilli: number; labelMinor?: number | null }
  /** A line with a hand-typed price; `code` is the unknown barcode it stands for, or empty. */
  | { type: "addPriced"; priceMinor: number; code: string }
  | { type: "setQuantity"; quantityMilli: number }
  | { type: "step"; by: 1 | -1 }
  | { type: "setLineDiscount"; discountMinor: number }
  | { type: "setSaleDiscount"; discountMinor: number }
  | { type: "remove" }
  | { type: "choose"; item: number }
  | { type: "move"; by: 1 | -1 }
  | { type: "unchoose" }
  | { type: "clear" };

/** Why something was not done to the basket; each has a sentence for the cashier. */
export type BasketProblem =
  | "noLine"
  | "basketFull"
  | "quantityTooLarge"
  | "amountTooLarge"
  | "discountTooLarge"
  /** The discount that the line has is more than the line would be worth. */
  | "discountNoLongerFits";

const MAX_LINES = 500;
const MAX_QUANTITY_MILLI = 100_000_000;
/** The contract carries no larger amount (`minorSchema`). */
const MAX_AMOUNT_MINOR = 10_000_000_000_000;
const ONE_MILLI = 1000;

/** Pure. What can't be done leaves the state as it is; `applyToBasket` says why. */
export function reduceBasket(state: BasketState, action: BasketAction): BasketState {
  return applyToBasket(state, action).state;
}

/** Pure. The basket after an action; with a `problem` it is as it was. */
export function applyToBasket(
  state: BasketState,
  action: BasketAction,
): { state: BasketState; problem: BasketProblem | null } {
  const result = reduce(state, action);
  return typeof result === "string" ? { state, problem: result } : { state: result, problem: null };
}

/** Pure. The basket without the goods that were sold; whatever else is in it stays. */
export function withoutSold(state: BasketState, sold: Basket): BasketState {
  const lines = [...state.basket.lines];
  for (const line of sold.lines) {
    const index = lines.findIndex((other) => isSameLine(other, line));
    const there = lines[index];
    if (!there) continue;
    const quantityMilli = there.quantityMilli - line.quantityMilli;
    if (quantityMilli <= 0) lines.splice(index, 1);
    else lines[index] = { ...there, quantityMilli, discountMinor: 0 };
  }
  return at(state, { lines, discountMinor: 0 }, lines.length - 1, false);
}

function isSameLine(one: BasketLine, other: BasketLine): boolean {
  return (
    one.code === other.code &&
    one.nameZh === other.nameZh &&
    one.nameEn === other.nameEn &&
    one.priceMinor === other.priceMinor &&
    one.labelMinor === other.labelMinor
  );
}

function reduce(state: BasketState, action: BasketAction): BasketState | BasketProblem {
  switch (action.type) {
    case "restore":
      return at(state, action.basket, action.basket.lines.length - 1, false);
    case "add":
      return addGoods(state, action);
    case "addPriced":
      return append(state, {
        ...NO_PRODUCT,
        code: action.code,
        priceMinor: action.priceMinor,
        quantityMilli: ONE_MILLI,
      });
    case "setQuantity":
      return changeLine(state, { quantityMilli: action.quantityMilli });
    case "step":
      return step(state, action.by);
    case "setLineDiscount":
      return changeLine(state, { discountMinor: action.discountMinor });
    case "setSaleDiscount":
      return discountSale(state, action.discountMinor);
    case "remove":
      return remove(state);
    case "choose":
      return at(state, state.basket, action.item, true);
    case "move":
      return at(
        state,
        state.basket,
        (state.current ?? state.basket.lines.length) + action.by,
        true,
      );
    case "unchoose":
      return { ...state, isChosen: false };
    case "clear":
      return EMPTY_BASKET;
  }
}

const NO_PRODUCT = { nameZh: "", nameEn: "", unit: "", discountMinor: 0, taxRateBp: null };

function lineOf(product: Product): BasketLine {
  const { code, nameZh, nameEn, unit, priceMinor, taxRateBp } = product;
  return { code, nameZh, nameEn, unit, priceMinor, taxRateBp, quantityMilli: 0, discountMinor: 0 };
}

function addGoods(
  state: BasketState,
  action: Extract<BasketAction, { type: "add" }>,
): BasketState | BasketProblem {
  const line = lineOf(action.product);
  const labelMinor = action.labelMinor ?? null;
  if (labelMinor === null) return add(state, line, action.quantityMilli);
  return append(state, { ...line, quantityMilli: action.quantityMilli, labelMinor });
}

/** The same thing again adds to its line, so that the receipt stays short. */
function add(
  state: BasketState,
  line: BasketLine,
  quantityMilli: number,
): BasketState | BasketProblem {
  const known = state.basket.lines.findIndex(
    (other) =>
      other.code === line.code &&
      other.priceMinor === line.priceMinor &&
      other.discountMinor === 0 &&
      other.labelMinor === undefined &&
      other.quantityMilli % ONE_MILLI === 0,
  );
  const existing = state.basket.lines[known];
  if (!existing) return append(state, { ...line, quantityMilli });
  const next = { ...existing, quantityMilli: existing.quantityMilli + quantityMilli };
  return problemOf(next) ?? at(state, withLine(state.basket, known, next), known, false);
}

function append(state: BasketState, line: BasketLine): BasketState | BasketProblem {
  if (state.basket.lines.length >= MAX_LINES) return "basketFull";
  const lines = [...state.basket.lines, line];
  return at(state, { ...state.basket, lines }, lines.length - 1, false);
}

function changeLine(state: BasketState, change: Partial<BasketLine>): BasketState | BasketProblem {
  const index = state.current;
  const line = index === null ? undefined : state.basket.lines[index];
  if (!line || index === null) return "noLine";
  // Another quantity is no longer what the label was for.
  const { labelMinor, ...plain } = line;
  const isAsLabelled = labelMinor !== undefined && change.quantityMilli === undefined;
  const next = { ...plain, ...(isAsLabelled ? { labelMinor } : {}), ...change };
  if (next.quantityMilli < 1 || next.discountMinor < 0) return state;
  const problem = problemOf(next);
  if (problem !== null)
    return problem === "discountTooLarge" && change.discountMinor === undefined
      ? "discountNoLongerFits"
      : problem;
  return at(state, withLine(state.basket, index, next), index, state.isChosen);
}

/** What the till would refuse about a line; null: nothing. */
function problemOf(line: BasketLine): BasketProblem | null {
  if (line.quantityMilli > MAX_QUANTITY_MILLI) return "quantityTooLarge";
  const free = { ...line, discountMinor: 0 };
  // Compared before it is multiplied out: the exact product may be no safe integer.
  if (line.priceMinor * (line.quantityMilli / ONE_MILLI) > MAX_AMOUNT_MINOR)
    return "amountTooLarge";
  return line.discountMinor > lineAmount(free) ? "discountTooLarge" : null;
}

function step(state: BasketState, by: 1 | -1): BasketState | BasketProblem {
  const line = state.current === null ? undefined : state.basket.lines[state.current];
  if (!line) return "noLine";
  const quantityMilli = line.quantityMilli + by * ONE_MILLI;
  return quantityMilli < 1 ? state : changeLine(state, { quantityMilli });
}

function discountSale(state: BasketState, discountMinor: number): BasketState | BasketProblem {
  if (discountMinor < 0) return state;
  if (discountMinor > subtotal(state.basket)) return "discountTooLarge";
  return { ...state, basket: { ...state.basket, discountMinor } };
}

function remove(state: BasketState): BasketState {
  if (state.current === null) return state;
  const lines = state.basket.lines.filter((_, index) => index !== state.current);
  return at(state, { ...state.basket, lines }, Math.min(state.current, lines.length - 1), false);
}

function withLine(basket: Basket, index: number, line: BasketLine): Basket {
  return { ...basket, lines: basket.lines.map((other, at) => (at === index ? line : other)) };
}

/** A discount of the sale never outlives the lines it was taken from. */
function at(state: BasketState, basket: Basket, current: number, isChosen: boolean): BasketState {
  if (basket.lines.length === 0) return EMPTY_BASKET;
  const discountMinor = Math.min(basket.discountMinor, subtotal(basket));
  return {
    ...state,
    basket: discountMinor === basket.discountMinor ? basket : { ...basket, discountMinor },
    current: Math.max(0, Math.min(current, basket.lines.length - 1)),
    isChosen,
  };
}

function subtotal(basket: Basket): number {
  return basket.lines.reduce((total, line) => total + lineAmount(line), 0);
}
