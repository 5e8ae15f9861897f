import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { productFor, scan, strip } from "./support/counter.ts";
import { expect, test } from "./support/till.ts";

test("two windows of one till: one sells, the other says so and can take over", async ({
  page,
  world,
  context,
  shell,
}) => {
  test.skip(shell === "electron", "Electron opens one window only");
  await world.setUp();
  await expect(strip(page)).toBeVisible();
  const first = await productFor(world, "nfsq");
  const second = await productFor(world, "kkkl");
  await scan(page, first.code);
  await expect(strip(page)).toContainText(first.nameZh.slice(0, 4));

  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole("heading", { name: "另一个窗口正在卖货" })).toBeVisible();
  await expect(strip(other)).toBeHidden();
  // Nothing that is scanned there goes anywhere.
  await scan(other, second.code);
  await expect(other.getByRole("heading", { name: "另一个窗口正在卖货" })).toBeVisible();
  await expect(strip(page)).toContainText(first.nameZh.slice(0, 4));

  // The newest scan goes over, too: the window that gives the basket away hands all of it to the till before.
  await page.bringToFront();
  await scan(page, second.code);
  await other.bringToFront();
  await other.getByRole("button", { name: "改在这里卖" }).click();
  await expect(strip(other)).toContainText(first.nameZh.slice(0, 4));
  await expect(strip(other)).toContainText(second.nameZh.slice(0, 4));
  await expect(page.getByRole("heading", { name: "另一个窗口正在卖货" })).toBeVisible();
  await other.keyboard.press("F12");
  await expect.poll(async () => (await world.ask("status.get", {})).newestSaleId).toBe(1);
  expect((await world.ask("basket.get", {})).basket.lines).toEqual([]);

  // A window that is closed gives its seat up by itself.
  await other.close();
  await expect(strip(page)).toBeVisible();
  await scan(page, first.code);
  await expect.poll(async () => (await world.ask("basket.get", {})).basket.lines.length).toBe(1);

  const db = new DatabaseSync(join(world.dataDir, "slipsure.db"), { readOnly: true });
  const row = db
    .prepare("SELECT count(*) AS n FROM event WHERE kind IN ('lineVoided','basketAbandoned')")
    .get();
  db.close();
  expect(row?.["n"]).toBe(0);
});

test("many windows of one till leave the one that sells its way to the till", async ({
  page,
  world,
  context,
  shell,
}) => {
  test.skip(shell === "electron", "Electron opens one window only");
  await world.setUp();
  await expect(strip(page)).toBeVisible();
  const product = await productFor(world, "nfsq");
  // Browsers keep six connections to one address, all windows together, and a feed takes one for good.
  for (let number = 0; number < 7; number += 1) {
    const other = await context.newPage();
    await other.goto(page.url());
  }
  await page.bringToFront();
  await scan(page, product.code);
  await expect(strip(page)).toContainText(product.nameZh.slice(0, 4));
  await page.keyboard.press("F12");
  await expect.poll(async () => (await world.ask("status.get", {})).newestSaleId).toBe(1);
});
