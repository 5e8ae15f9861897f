import { expect, it } from "vitest";
import { PIN, TillBench } from "../support/till-bench.ts";

const money = (currency: "USD" | "JPY" | "KWD") => ({ patch: { currency }, pin: PIN });

it("stays what it is once something was sold: the sums of before would be wrong in another", async () => {
  const bench = await TillBench.open();
  await bench.sell();
  expect(await bench.refusal("settings.change", money("JPY"))).toEqual({
    code: "CURRENCY_IN_USE",
    details: { currency: "CNY" },
  });
  // Also when the day is closed, and beside another change; the same one again is none.
  await bench.untilIdle();
  await bench.call("day.close", { requestId: bench.requestId(), signature: null });
  expect((await bench.refusal("settings.change", money("USD"))).code).toBe("CURRENCY_IN_USE");
  const same = await bench.call("settings.change", {
    patch: { currency: "CNY", taxMode: "none" },
    pin: PIN,
  });
  expect(same).toMatchObject({ currency: "CNY", taxMode: "none" });
});

it("can be changed before the first sale, and prices keep their figures", async () => {
  const bench = await TillBench.open({ setup: { sampleCatalogue: true } });
  const price = async () => {
    const { products } = await bench.call("catalogue.search", { query: "nfsq", limit: 1 });
    return products[0]?.priceMinor;
  };
  expect(await price()).toBe(200);
  await bench.call("settings.change", money("JPY"));
  expect(await price()).toBe(2);
  await bench.call("settings.change", money("KWD"));
  expect(await price()).toBe(2000);
  await bench.call("settings.change", money("USD"));
  expect(await price()).toBe(200);
});

it("a shop is set up with the decimal sign of most shops of its currency, unless it says which", async () => {
  const euro = await TillBench.open({ setup: { currency: "EUR" } });
  expect((await euro.call("settings.get", {})).decimalSign).toBe(",");
  const irish = await TillBench.open({ setup: { currency: "EUR", decimalSign: "." } });
  expect((await irish.call("settings.get", {})).decimalSign).toBe(".");
});
