import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { audit, fits } from "./support/audit.ts";
import { expectState, productFor, scan, sellOne, strip } from "./support/counter.ts";
import { goTo } from "./support/screen.ts";
import { expect, test } from "./support/till.ts";

/** What the program itself has to say is said where the cashier looks, and holds nothing up. */

test("a damaged settings file: the till opens with the last good copy, says so, and sells", async ({
  page,
  world,
}) => {
  await world.setUp();
  const product = await productFor(world, "nfsq");
  await expect(strip(page)).toBeVisible();
  await scan(page, product.code);
  await expect.poll(async () => (await world.ask("basket.get", {})).basket.lines.length).toBe(1);
  await world.kill9();
  writeFileSync(join(world.dataDir, "settings.json"), '{"settings": {"ready": tr');
  const again = await world.restart();
  const line = again.getByRole("status", { name: "软件提醒" });
  await expect(line).toContainText("已换回上次完好的那份");
  await expect(line).toContainText(/编号 [0-9A-F]{8}/);
  await expect(strip(again)).toContainText(product.nameZh.slice(0, 4));
  await audit(again, "program line");
  await fits(again, "program line");
  await goTo(again, "#/settings/device");
  await expect(again.getByRole("heading", { name: "客显" })).toBeVisible();
  await audit(again, "settings: this PC");
  await fits(again, "settings: this PC");
  await goTo(again, "#/sell");
  await line.getByRole("button", { name: "知道了" }).click();
  await expect(line).toBeHidden();
  await again.keyboard.press("F12");
  await expect.poll(async () => (await world.ask("status.get", {})).newestSaleId).toBe(1);
  await expectState(world, 1, "printed");
});

test("settings that can't be had back: the first start is shown, with the reason under it", async ({
  page,
  world,
}) => {
  await world.setUp();
  await sellOne(page, world);
  await world.kill9();
  // What the log remembers of them goes with the log.
  for (const entry of readdirSync(world.dataDir, { withFileTypes: true }))
    if (entry.isFile()) rmSync(join(world.dataDir, entry.name));
  for (const name of ["settings.json", "settings.last-good.json"])
    writeFileSync(join(world.dataDir, name), "");
  const again = await world.restart();
  await expect(again.getByRole("status", { name: "软件提醒" })).toContainText("请重新设置");
  await expect(again.getByLabel("店名")).toBeVisible();
  await audit(again, "first start with a program line");
  await fits(again, "first start with a program line");
});

test("a file for whoever helps is saved from this PC's page, with nothing of people in it", async ({
  page,
  world,
}) => {
  await world.setUp();
  await expect(strip(page)).toBeVisible();
  await sellOne(page, world);
  await goTo(page, "#/settings/device");
  const { shop } = await world.ask("settings.get", {});
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出求助文件" }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toMatch(/^slipsure-support-\d{4}-\d\d-\d\d\.txt$/);
  const text = readFileSync(await file.path(), "utf8");
  expect(text).toContain("== Settings ==");
  expect(text).toContain('"kind": "tcp"');
  expect(text).not.toContain(shop.name);
  // Neither a browser nor a program that was not installed can be started by the system.
  await expect(page.getByRole("switch", { name: /自动打开收银台/ })).toBeDisabled();
  await audit(page, "settings: this PC, help");
  await fits(page, "settings: this PC, help");
});
