import { describe, expect, it } from "vitest";
import type { Product } from "../../../main/contract/values.ts";
import {
  applyToBasket,
  EMPTY_BASKET,
  reduceBasket,
  type BasketAction,
  type BasketState,
  withoutSold,
} from "../../../renderer/features/sell/basket/basket-reducer.ts";

const cola: Product = {
  code: "C1",
  barcode: "6921168038770",
  nameZh: "可乐",
  nameEn: "Cola",
  priceMinor: 350,
  unit: "瓶",
  category: "",
  taxRateBp: null,
};
const soap: Product = { ...cola, code: "S1", nameZh: "肥皂", nameEn: "Soap", priceMinor: 1280 };

function after(...actions: BasketAction[]): BasketState {
  return actions.reduce(reduceBasket, EMPTY_BASKET);
}
const add = (product: Product): BasketAction => ({ type: "add", product, quantityMilli: 1000 });

describe("basket", () => {
  it("adds the same thing to its line and points the keys at it", () => {
    const state = after(add(cola), add(soap), add(cola));
    expect(state.basket.lines.map((line) => line.quantityMilli)).toEqual([2000, 1000]);
    expect(state.current).toBe(0);
    expect(
      reduceBasket(state, { type: "setQuantity", quantityMilli: 5000 }).basket.lines[0],
    ).toMatchObject({
      code: "C1",
      quantityMilli: 5000,
    });
  });

  it("starts a new line beside a discounted one", () => {
    const state = after(add(cola), { type: "setLineDiscount", discountMinor: 50 }, add(cola));
    expect(state.basket.lines).toHaveLength(2);
  });

  it("refuses what the till would refuse", () => {
    const state = after(add(cola));
    expect(reduceBasket(state, { type: "setLineDiscount", discountMinor: 351 })).toBe(state);
    expect(reduceBasket(state, { type: "setQuantity", quantityMilli: 0 })).toBe(state);
    expect(reduceBasket(state, { type: "setSaleDiscount", discountMinor: 351 })).toBe(state);
    expect(reduceBasket(EMPTY_BASKET, { type: "remove" })).toBe(EMPTY_BASKET);
  });

  it("never keeps a sale discount above what is left", () => {
    const state = after(
      add(cola),
      add(soap),
      { type: "setSaleDiscount", discountMinor: 1000 },
      { type: "remove" },
    );
    expect(state.basket).toMatchObject({ discountMinor: 350 });
  });

  it("keeps an unknown code with its hand-typed price", () => {
    const { basket } = after({ type: "addPriced", priceMinor: 990, code: "690" });
    expect(basket.lines[0]).toMatchObject({ code: "690", priceMinor: 990, quantityMilli: 1000 });
  });

  it("moves between lines without falling off", () => {
    const two = after(add(cola), add(soap));
    const up = reduceBasket(reduceBasket(two, { type: "move", by: -1 }), { type: "move", by: -1 });
    expect(up).toMatchObject({ current: 0, isChosen: true });
    expect(after(add(cola), { type: "remove" })).toEqual(EMPTY_BASKET);
  });

  it("says why something can't be done, and leaves the basket as it is", () => {
    const problem = (state: BasketState, action: BasketAction) => {
      const result = applyToBasket(state, action);
      expect(result.state).toBe(state);
      return result.problem;
    };
    const one = after(add(cola));
    const cut = reduceBasket(after(add(cola), { type: "setQuantity", quantityMilli: 2000 }), {
      type: "setLineDiscount",
      discountMinor: 600,
    });
    const dear = after(add({ ...cola, priceMinor: 10_000_000_000_000 }));
    const most = after(add(cola), { type: "setQuantity", quantityMilli: 100_000_000 });
    const full: BasketState = {
      ...one,
      basket: {
        lines: Array.from({ length: 500 }, () => ({ ...cola, quantityMilli: 1, discountMinor: 0 })),
        discountMinor: 0,
      },
    };
    expect(problem(one, { type: "setLineDiscount", discountMinor: 351 })).toBe("discountTooLarge");
    expect(problem(cut, { type: "setQuantity", quantityMilli: 1000 })).toBe("discountNoLongerFits");
    expect(problem(cut, { type: "step", by: -1 })).toBe("discountNoLongerFits");
    expect(problem(one, { type: "setQuantity", quantityMilli: 100_001_000 })).toBe(
      "quantityTooLarge",
    );
    expect(problem(most, add(cola))).toBe("quantityTooLarge");
    expect(problem(dear, { type: "setQuantity", quantityMilli: 2000 })).toBe("amountTooLarge");
    expect(problem(full, add(soap))).toBe("basketFull");
    expect(problem(full, { type: "addPriced", priceMinor: 1, code: "" })).toBe("basketFull");
    expect(problem(EMPTY_BASKET, { type: "setQuantity", quantityMilli: 1000 })).toBe("noLine");
  });

  it("sold takes out what was sold, and nothing else", () => {
    const sold = after(add(cola), add(soap)).basket;
    expect(withoutSold(after(add(cola), add(soap)), sold)).toEqual(EMPTY_BASKET);
    const more = after(add(cola), add(cola), add(soap));
    expect(withoutSold(more, sold).basket.lines).toMatchObject([
      { code: "C1", quantityMilli: 1000 },
    ]);
    expect(withoutSold(after(add(soap)), after(add(cola)).basket).basket.lines).toHaveLength(1);
  });
});
