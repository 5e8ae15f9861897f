import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expectState, productFor, reminder, scan, strip } from "./support/counter.ts";
import { expect, test } from "./support/till.ts";

test("a page that has lost its till calls nothing fine: neither the receipts nor the printer", async ({
  page,
  world,
  shell,
}) => {
  test.skip(shell === "electron", "in Electron the page ends with its till");
  await world.setUp();
  const rail = page.getByRole("region", { name: "未交代的小票" });
  await expect(rail).toContainText("所有小票已交代");
  await expect(strip(page)).toContainText("打印机就绪");
  await world.kill9();
  await expect(page.getByText("与收银台失去联系")).toBeVisible();
  await expect(rail).toContainText("还有没有小票没交代不知道");
  await expect(rail).not.toContainText("所有小票已交代");
  await expect(strip(page)).toContainText("打印机状态未知");
  await expect(page.getByText("打印机就绪")).toHaveCount(0);
});

test("a till started again lets its page in again, which goes on with the basket", async ({
  page,
  world,
  shell,
}) => {
  test.skip(shell === "electron", "in Electron the page ends with its till");
  await world.setUp();
  await expect(strip(page)).toContainText("打印机就绪");
  const first = await productFor(world, "nfsq");
  const second = await productFor(world, "kkkl");
  await scan(page, first.code);
  await expect(strip(page)).toContainText(first.nameZh.slice(0, 4));
  // The page has heard high numbers; the till that comes after begins with low ones.
  for (let asked = 0; asked < 300; asked += 1) await world.ask("status.get", {});
  for (const how of ["in order", "killed"]) {
    if (how === "killed") await world.kill9();
    await world.restartBehindThePage();
    await expect(page.getByText("与收银台失去联系"), how).toHaveCount(0);
    await expect(strip(page), how).toContainText("打印机就绪");
    await expect(strip(page), how).toContainText(first.nameZh.slice(0, 4));
  }
  await scan(page, second.code);
  await expect(strip(page)).toContainText(second.nameZh.slice(0, 4));
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  await page.keyboard.press("F12");
  await expect.poll(async () => (await world.ask("status.get", {})).newestSaleId).toBe(1);
  const { receipt } = await world.ask("history.sale", { saleId: 1 });
  for (const { nameZh } of [first, second])
    expect(JSON.stringify(receipt)).toContain(nameZh.slice(0, 4));
  await expect(reminder(page)).toHaveAttribute("data-state", "failed");
  world.printer.loadPaper();
  await expectState(world, 1, "printed");
  await expect(reminder(page)).toHaveCount(0);
});

test("a page the till does not know any more says so, and comes in with another window", async ({
  page,
  world,
  shell,
  context,
}) => {
  test.skip(shell === "electron", "in Electron the page ends with its till");
  await world.setUp();
  await expect(strip(page)).toBeVisible();
  await world.kill9();
  const path = join(world.dataDir, ".browser-sessions.json");
  const known = JSON.parse(readFileSync(path, "utf8")) as object;
  writeFileSync(path, JSON.stringify({ ...known, sessions: [] }));
  const address = await world.restartBehindThePage();
  await expect(page.getByText("这个页面要重新打开")).toBeVisible();
  const other = await context.newPage();
  await other.goto(address);
  await expect(page.getByText("这个页面要重新打开")).toHaveCount(0);
});
