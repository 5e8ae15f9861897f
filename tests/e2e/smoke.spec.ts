import { expect, test } from "./support/till.ts";

test("a sale's receipt comes out of the printer, and the till knows", async ({ page, world }) => {
  await world.setUp();
  const { products } = await world.ask("catalogue.search", { query: "", limit: 1 });
  const [product] = products;
  if (!product) throw new Error("The sample catalogue is empty.");
  const { code, nameZh, nameEn, unit, priceMinor, taxRateBp } = product;
  const line = { code, nameZh, nameEn, unit, priceMinor, taxRateBp };
  const sale = await world.ask("sale.complete", {
    requestId: crypto.randomUUID(),
    basket: { lines: [{ ...line, quantityMilli: 1000, discountMinor: 0 }], discountMinor: 0 },
    tenders: [{ method: "cash", amountMinor: priceMinor, reference: null }],
    expectedTotalMinor: priceMinor,
  });
  await expect
    .poll(async () => (await world.ask("history.sale", { saleId: sale.saleId })).status.state)
    .toBe("printed");
  expect(world.printer.paper.slips().at(-1)?.text()).toContain(nameZh);
  await expect(page.locator("#root")).not.toBeEmpty();
});

test("a killed till opens again on the same books", async ({ page, world }) => {
  await world.setUp();
  await world.kill9();
  await world.restart();
  const settings = await world.ask("settings.get", {});
  expect(settings.ready).toBe(true);
  await expect(page.locator("#root")).not.toBeEmpty();
});
