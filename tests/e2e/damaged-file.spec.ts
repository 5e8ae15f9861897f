import { closeSync, openSync, readdirSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Page } from "@playwright/test";
import { expectState, papersOf, productFor, scan, sellOne, strip } from "./support/counter.ts";
import { MANAGER_PIN } from "./support/shop.ts";
import { expect, test } from "./support/till.ts";
import type { World } from "./support/world.ts";

/** The file of the books goes bad: the till goes on, and the owner gets everything back. */
test.use({ printer: { widthMm: 80, speedMmPerS: 250 } });

test.beforeEach(async ({ page, world }) => {
  await world.setUp();
  await expect(strip(page)).toBeVisible();
  await expect.poll(async () => (await world.ask("status.get", {})).printer.state).toBe("ready");
});

const notice = (page: Page) => page.getByRole("alertdialog", { name: /账本文件坏了/ });
const line = (page: Page) => page.getByRole("status", { name: "账本" });

async function sellPrinted(page: Page, world: World): Promise<number> {
  const saleId = await sellOne(page, world);
  await expectState(world, saleId, "printed");
  return saleId;
}

async function readNotice(page: Page): Promise<void> {
  await expect(notice(page)).toContainText("旧文件原样收好了");
  await notice(page).getByRole("button", { name: "知道了，继续卖" }).click();
  await expect(notice(page)).toBeHidden();
}

/** Settings, backup, look, agree. */
async function recover(page: Page, sales: number): Promise<void> {
  await line(page).getByRole("link").click();
  await page.getByRole("button", { name: "看看能找回什么…" }).click();
  const dialog = page.getByRole("dialog", { name: "找回旧账" });
  await dialog.getByLabel("店长密码").fill(MANAGER_PIN);
  await dialog.getByRole("button", { name: "开始看" }).click();
  await expect(dialog).toContainText("没有存疑的");
  await dialog.getByRole("button", { name: `并入 ${sales} 笔` }).click();
  await expect(page.getByText(`找回了 ${sales} 笔销售`)).toBeVisible();
}

async function numbers(page: Page): Promise<number[]> {
  const rows = page.getByRole("grid", { name: "销售单，最新的在上面" }).getByRole("row");
  const names = await rows.evaluateAll((all) => all.map((row) => row.getAttribute("aria-label")));
  return names.flatMap((name) => /^单号 (\d+)，/.exec(name ?? "")?.[1] ?? []).map(Number);
}

test("found at a start: told, sold on, and got back with the PIN", async ({ page, world }) => {
  for (let sale = 1; sale <= 3; sale += 1) expect(await sellPrinted(page, world)).toBe(sale);
  await world.kill9();
  const file = openSync(join(world.dataDir, "slipsure.db"), "r+");
  writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, 0);
  closeSync(file);

  const again = await world.restart();
  await readNotice(again);
  await expect(line(again)).toContainText("照常卖");
  await world.ask("session.signIn", { cashier: "李雷" });
  const next = await sellPrinted(again, world);
  expect(next).toBeGreaterThan(3);

  await recover(again, 3);
  await expect.poll(() => numbers(again)).toEqual([next, 3, 2, 1]);
  await expect(line(again)).toBeHidden();
  await world.ask("receipt.print", { requestId: crypto.randomUUID(), saleId: 2, seen: null });
  await expect.poll(() => papersOf(world, 2).map(({ marked }) => marked)).toEqual([false, true]);
  expect(readdirSync(world.dataDir).filter((name) => name.startsWith("damaged-"))).toHaveLength(1);
});

test("found while selling: the basket stays, and the sale is made once", async ({
  page,
  world,
}) => {
  await sellPrinted(page, world);
  await sellPrinted(page, world);
  const product = await productFor(world, "nfsq");
  await scan(page, product.code);
  await expect.poll(async () => (await world.ask("basket.get", {})).basket.lines.length).toBe(1);
  const db = new DatabaseSync(join(world.dataDir, "slipsure.db"), { defensive: false });
  db.exec("PRAGMA writable_schema=ON");
  db.exec("UPDATE sqlite_schema SET rootpage=1000000 WHERE name IN ('sale','payment','kept')");
  db.exec("PRAGMA schema_version=4711");
  db.close();

  await page.keyboard.press("F12");
  await readNotice(page);
  await expect.poll(async () => (await world.ask("status.get", {})).lastSale).not.toBeNull();
  const { lastSale } = await world.ask("status.get", {});
  expect(lastSale?.saleId).toBeGreaterThan(2);
  await expectState(world, lastSale?.saleId ?? 0, "printed");
  expect((await world.ask("basket.get", {})).basket.lines).toEqual([]);

  await recover(page, 2);
  await expect.poll(() => numbers(page)).toEqual([lastSale?.saleId, 2, 1]);
});
