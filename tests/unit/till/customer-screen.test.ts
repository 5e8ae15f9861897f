import { expect, test } from "vitest";
import { customerViewSchema, type CustomerView } from "../../../main/contract/customer.ts";
import { line } from "../support/sale-samples.ts";
import { PIN, PRICE_MINOR, TillBench } from "../support/till-bench.ts";

/** What the customers' screen shows now; strict, so that nothing else can be in it. */
function shown(bench: TillBench): CustomerView {
  return customerViewSchema.strict().parse(bench.till.latest("customer"));
}

async function shop(setup = {}): Promise<TillBench> {
  return TillBench.open({ setup: { customerDisplay: true, ...setup } });
}

test("shows the basket as it grows, then what was paid, and thanks until the next customer", async () => {
  const bench = await shop();
  expect(shown(bench)).toMatchObject({ phase: "idle", shopName: "街角便利店", lines: [] });
  const { basket, ...sale } = bench.saleInput();
  await bench.call("basket.keep", { basket });
  expect(shown(bench)).toMatchObject({
    phase: "basket",
    lines: [{ name: "农夫山泉", quantityMilli: 1000, amountMinor: PRICE_MINOR }],
    totalMinor: PRICE_MINOR,
    paid: null,
  });
  await bench.call("sale.complete", { basket, ...sale });
  const paid = { tenderedMinor: 2000, changeMinor: 2000 - PRICE_MINOR };
  expect(shown(bench)).toMatchObject({ phase: "paid", totalMinor: PRICE_MINOR, paid });
  // The page empties its basket; the customer is still putting the change away.
  await bench.call("basket.keep", { basket: { lines: [], discountMinor: 0 } });
  expect(shown(bench).phase).toBe("paid");
  await bench.call("basket.keep", { basket });
  expect(shown(bench)).toMatchObject({ phase: "basket", paid: null });
  await bench.call("basket.keep", { basket: { lines: [], discountMinor: 0 } });
  expect(shown(bench)).toMatchObject({ phase: "idle", lines: [], totalMinor: 0 });
});

test("the thanks go by themselves", async () => {
  const bench = await shop();
  await bench.sell();
  expect(shown(bench).phase).toBe("paid");
  const idle = new Promise<void>((resolve) => {
    bench.till.listen("customer", ({ phase }) => phase === "idle" && resolve());
  });
  bench.clock.jump(60_000);
  await idle;
  expect(shown(bench)).toMatchObject({ phase: "idle", paid: null });
});

test("nothing private is ever on it: no names of people, no numbers of payments or receipts", async () => {
  const bench = await shop();
  await bench.call("session.signIn", { cashier: "Li" });
  const { basket, ...sale } = bench.saleInput({
    tenders: [{ method: "wechat", amountMinor: PRICE_MINOR, reference: "8842" }],
  });
  const said: string[] = [];
  bench.till.listen("customer", (view) => said.push(JSON.stringify(view)));
  await bench.call("basket.keep", { basket });
  await bench.call("sale.complete", { basket, ...sale });
  expect(said.length).toBeGreaterThanOrEqual(2);
  for (const text of said)
    expect(text).not.toMatch(/Li"|小王|8842|saleId|cashier|reference|wechat/);
  shown(bench);
});

test("off until the owner wants it, and off again at once", async () => {
  const bench = await TillBench.open();
  const { basket } = bench.saleInput();
  await bench.call("basket.keep", { basket });
  expect(shown(bench)).toMatchObject({ phase: "off", shopName: "", lines: [], totalMinor: 0 });
  await bench.call("settings.change", { patch: { customerDisplay: true }, pin: PIN });
  expect(shown(bench)).toMatchObject({ phase: "basket", totalMinor: PRICE_MINOR });
  await bench.call("settings.change", { patch: { customerDisplay: false }, pin: PIN });
  expect(shown(bench)).toMatchObject({ phase: "off", lines: [] });
});

test("speaks the language of the receipts and says what tax is added", async () => {
  const bench = await shop({ receiptLocale: "en", taxMode: "exclusive" });
  const basket = {
    lines: [line({ priceMinor: 1000, quantityMilli: 2000, discountMinor: 100 })],
    discountMinor: 0,
  };
  await bench.call("basket.keep", { basket });
  expect(shown(bench)).toMatchObject({
    locale: "en",
    lines: [{ name: "Spring water", discountMinor: 100, amountMinor: 1900 }],
    savedMinor: 100,
    addedTaxMinor: 247,
    totalMinor: 2147,
  });
});

test("after a restart the basket of before is on it", async () => {
  const bench = await shop();
  await bench.call("basket.keep", { basket: bench.saleInput().basket });
  await bench.restart();
  expect(shown(bench)).toMatchObject({ phase: "basket", totalMinor: PRICE_MINOR });
});
