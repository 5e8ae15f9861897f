import { describe, expect, it } from "vitest";
import { CURRENCIES, minorDigitsOf, type Currency } from "../../../main/domain/money.ts";
import { priceBasket, type BasketLine, type Tender } from "../../../main/domain/sale.ts";
import { doubtsOf } from "../../../renderer/features/sell/pay/doubts.ts";
import { DENOMINATIONS, NOTES } from "../../../renderer/features/sell/pay/notes.ts";

const line = (priceMinor: number, quantityMilli = 1000, discountMinor = 0): BasketLine => ({
  code: "1",
  nameZh: "水",
  nameEn: "Water",
  unit: "",
  priceMinor,
  quantityMilli,
  discountMinor,
  taxRateBp: null,
});
const priced = (...lines: BasketLine[]) => priceBasket({ lines, discountMinor: 0 }, "none");
const cash = (amountMinor: number): Tender => ({ method: "cash", amountMinor, reference: null });
const asks = (dueMinor: number, amountMinor: number, currency: Currency = "CNY") =>
  doubtsOf(priced(line(dueMinor)), [cash(amountMinor)], currency).length > 0;

describe("cash that can hardly be meant", () => {
  it.each([
    [200, 200, "exact"],
    [200, 10_000, "one note"],
    [200, 5_000, "one note"],
    [8_500, 10_500, "a note and a coin, for a rounder change"],
    [19_000, 20_000, "two notes"],
    [10, 50, "one coin"],
  ])("%i paid with %i is not asked about: %s", (due, amount) =>
    expect(asks(due, amount)).toBe(false),
  );

  it.each([
    [200, 199_900, "a quantity or a code typed as money"],
    [200, 20_000, "two notes where one is more than enough"],
    [350, 3_500, "a decimal point lost, and no note"],
    [1_650, 99_999_999, "as many digits as fit"],
    [0, 100, "nothing is due"],
  ])("%i paid with %i is asked about: %s", (due, amount) => expect(asks(due, amount)).toBe(true));

  it("counts what other ways of paying have taken", () => {
    const split: Tender[] = [{ method: "card", amountMinor: 9_800, reference: null }, cash(3_500)];
    expect(doubtsOf(priced(line(10_000)), split, "CNY")).toMatchObject([
      { kind: "cash", dueMinor: 200, changeMinor: 3_300 },
    ]);
  });

  it("no usual note of any currency is asked about, whatever small thing it pays", () => {
    for (const currency of CURRENCIES) {
      const unit = 10 ** minorDigitsOf(currency);
      for (const note of NOTES[currency]) {
        expect(DENOMINATIONS[currency]).toContain(note * unit);
        expect([currency, note, asks(unit, note * unit, currency)]).toEqual([
          currency,
          note,
          false,
        ]);
      }
    }
  });
});

describe("goods that come to nothing", () => {
  it("0.001 of a bottle for 2.00 is asked about", () => {
    const tiny = priced(line(200, 1), line(350));
    expect(doubtsOf(tiny, [cash(350)], "CNY")).toMatchObject([{ kind: "worthless" }]);
  });

  it("free goods and goods that are given away by a discount are not", () => {
    const given = priced(line(0), line(200, 1000, 200), line(350));
    expect(doubtsOf(given, [cash(350)], "CNY")).toEqual([]);
  });
});
