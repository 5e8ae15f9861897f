import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  lineAmount,
  priceBasket,
  settleTenders,
  TAX_MODES,
  TENDER_METHODS,
  type Tender,
} from "../../../main/domain/sale.ts";
import { anyBasket } from "../support/sale-arbitraries.ts";
import { line } from "../support/sale-samples.ts";

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("priceBasket", () => {
  it("adds up: gross less saved is what is paid, tax apart", () => {
    fc.assert(
      fc.property(anyBasket, fc.constantFrom(...TAX_MODES), (basket, taxMode) => {
        const priced = priceBasket(basket, taxMode);
        const paid = priced.grossMinor - priced.savedMinor;
        expect(priced.totalMinor).toBe(taxMode === "exclusive" ? paid + priced.taxMinor : paid);
        expect(priced.taxMinor).toBe(sum(priced.taxes.map((tax) => tax.taxMinor)));
        expect(sum(priced.lines.map((each) => each.amountMinor)) - basket.discountMinor).toBe(paid);
      }),
    );
  });

  it("taxes exactly what is paid, never a negative part of it", () => {
    fc.assert(
      fc.property(
        anyBasket,
        fc.constantFrom("inclusive" as const, "exclusive" as const),
        (basket, taxMode) => {
          const priced = priceBasket(basket, taxMode);
          for (const tax of priced.taxes) {
            expect(tax.netMinor).toBeGreaterThanOrEqual(0);
            expect(tax.taxMinor).toBeGreaterThanOrEqual(0);
          }
          if (basket.lines.some((each) => each.taxRateBp === null)) return;
          const base = sum(
            priced.taxes.map((tax) => tax.netMinor + (taxMode === "inclusive" ? tax.taxMinor : 0)),
          );
          expect(base).toBe(priced.grossMinor - priced.savedMinor);
        },
      ),
    );
  });

  it.each([4, 5, 6])(
    "spreads a discount of %i over ten one-fen lines without eating into the last",
    (discountMinor) => {
      const lines = Array.from({ length: 10 }, (_, index) =>
        line({ priceMinor: 1, taxRateBp: index === 9 ? 0 : 1300 }),
      );
      const { taxes } = priceBasket({ lines, discountMinor }, "inclusive");
      const last = taxes.find((tax) => tax.rateBp === 0);
      expect(last?.netMinor).toBeGreaterThanOrEqual(0);
      expect(last?.netMinor).toBeLessThanOrEqual(1);
    },
  );

  it("works out inclusive and exclusive tax", () => {
    const basket = { lines: [line({ priceMinor: 11_300 })], discountMinor: 0 };
    expect(priceBasket(basket, "inclusive").taxes).toEqual([
      { rateBp: 1300, netMinor: 10_000, taxMinor: 1300 },
    ]);
    const exclusive = priceBasket(
      { lines: [line({ priceMinor: 10_000 })], discountMinor: 0 },
      "exclusive",
    );
    expect(exclusive).toMatchObject({ taxMinor: 1300, totalMinor: 11_300 });
  });

  it("refuses discounts larger than what they are taken from", () => {
    expect(() =>
      priceBasket({ lines: [line({ discountMinor: 201 })], discountMinor: 0 }, "none"),
    ).toThrow("discount");
    expect(() => priceBasket({ lines: [line()], discountMinor: 201 }, "none")).toThrow("discount");
  });

  it("refuses an amount that can't be counted exactly", () => {
    const huge = line({ priceMinor: 10_000_000_000_000, quantityMilli: 100_000_000 });
    expect(() => lineAmount(huge)).toThrow("amount too large");
  });

  it("counts a weighed line as one piece", () => {
    const lines = [line({ quantityMilli: 3000 }), line({ quantityMilli: 1250 })];
    expect(priceBasket({ lines, discountMinor: 0 }, "none").pieces).toBe(4);
  });
});

describe("settleTenders", () => {
  const tender = (method: Tender["method"], amountMinor: number): Tender => ({
    method,
    amountMinor,
    reference: null,
  });

  it.each<[string, number, Tender[], object]>([
    ["exact cash", 500, [tender("cash", 500)], { changeMinor: 0, tenderedMinor: 500 }],
    ["change on cash", 500, [tender("cash", 2000)], { changeMinor: 1500, tenderedMinor: 2000 }],
    [
      "mixed, change from the cash",
      500,
      [tender("wechat", 400), tender("cash", 200)],
      { changeMinor: 100, tenderedMinor: 600 },
    ],
    ["too little", 500, [tender("cash", 499)], { problem: "NOT_ENOUGH" }],
    ["no change on a card", 500, [tender("card", 501)], { problem: "CHANGE_WITHOUT_CASH" }],
    [
      "more change than cash",
      500,
      [tender("wechat", 600), tender("cash", 50)],
      { problem: "CHANGE_WITHOUT_CASH" },
    ],
    ["an empty tender", 500, [tender("cash", 500), tender("card", 0)], { problem: "EMPTY_TENDER" }],
    ["nothing to pay", 0, [tender("cash", 0)], { changeMinor: 0, tenderedMinor: 0 }],
  ])("%s", (_name, total, tenders, expected) => {
    expect(settleTenders(total, tenders)).toEqual(expected);
  });

  it("never keeps more or less than the total, and never gives back more than the cash", () => {
    const any = fc.record({
      method: fc.constantFrom(...TENDER_METHODS),
      amountMinor: fc.integer({ min: 0, max: 2000 }),
      reference: fc.constant(null),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3000 }),
        fc.array(any, { minLength: 1, maxLength: 4 }),
        (total, tenders) => {
          const result = settleTenders(total, tenders);
          if ("problem" in result) return;
          const cash = sum(
            tenders.filter(({ method }) => method === "cash").map(({ amountMinor }) => amountMinor),
          );
          expect(sum(tenders.map(({ amountMinor }) => amountMinor)) - result.changeMinor).toBe(
            total,
          );
          expect(result.changeMinor).toBeGreaterThanOrEqual(0);
          expect(result.changeMinor).toBeLessThanOrEqual(cash);
        },
      ),
    );
  });
});
