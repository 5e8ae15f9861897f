import type { Locator, Page } from "@playwright/test";
import { SaleLog } from "../../main/sale-log/sale-log.ts";
import { writeSale } from "../unit/support/log-samples.ts";
import { expectState, papersOf, scan, strip } from "./support/counter.ts";
import { withEarlierTill } from "./support/earlier.ts";
import { makeSale } from "./support/sales.ts";
import { choose, goTo } from "./support/screen.ts";
import { expect, test } from "./support/till.ts";

/** Every sale is found by what a returning customer can say, and its receipt printed again by one key. */
test.use({ printer: { widthMm: 80, speedMmPerS: 250 } });

const DAY_MS = 86_400_000;

test.beforeEach(async ({ page, world }) => {
  await world.setUp();
  await expect(strip(page)).toBeVisible();
  await expect.poll(async () => (await world.ask("status.get", {})).printer.state).toBe("ready");
});

function sales(page: Page): Locator {
  return page.getByRole("grid", { name: "销售单，最新的在上面" }).getByRole("row");
}

/** Numbers of the sales in the list, from the top. */
async function numbers(page: Page): Promise<number[]> {
  const names = await sales(page).evaluateAll((rows) =>
    rows.map((row) => row.getAttribute("aria-label") ?? ""),
  );
  return names.flatMap((name) => /^单号 (\d+)，/.exec(name)?.[1] ?? []).map(Number);
}

function detail(page: Page, saleId: number): Locator {
  return page.getByRole("region", { name: `小票 ${saleId}`, exact: true });
}

async function find(page: Page, text: string) {
  await page.getByRole("searchbox", { name: "查找小票" }).fill(text);
}

test("found by number, amount, reference, product in either language, and time", async ({
  page,
  world,
}) => {
  await makeSale(world, { bought: [{ query: "6921168038770" }] });
  await makeSale(world, {
    bought: [{ query: "6921168017881", pieces: 3 }],
    method: "wechat",
    reference: "8812",
  });
  await makeSale(world, { bought: [{ query: "6921168036370", pieces: 7 }] });
  await makeSale(world, {
    bought: [{ query: "6921168000524" }, { query: "6921168038770" }],
    method: "alipay",
    reference: "20261123990077",
  });
  await goTo(page, "#/history");
  await expect.poll(() => numbers(page)).toEqual([4, 3, 2, 1]);

  // No two neighbours find the same: the list of the search before must not pass for an answer.
  for (const [said, expected] of [
    ["3", [3]],
    ["8812", [2]],
    ["73.50", [3]],
    ["0077", [4]],
    ["￥73.5", [3]],
    ["for Infants", [4]],
    ["1.5L", [2]],
    ["农夫山泉饮用天然水550", [4, 1]],
    ["slip000002", [2]],
  ] as const) {
    await find(page, said);
    await expect.poll(() => numbers(page), { message: said }).toEqual(expected);
  }
  await find(page, "没有卖过的东西");
  await expect(page.getByText("没有找到")).toBeVisible();
  await page.getByRole("button", { name: "清除条件" }).click();
  await expect.poll(() => numbers(page)).toEqual([4, 3, 2, 1]);
});

test("found by time", async ({ page, world }) => {
  const nowMs = Date.now();
  await world.kill9();
  await withEarlierTill(world.dataDir, async (earlier) => {
    for (const daysAgo of [9, 3, 1]) {
      earlier.clock.set(nowMs - daysAgo * DAY_MS);
      const { saleId } = await makeSale(earlier, { bought: [{ query: "nfsq" }] });
      await earlier.until(saleId, "printed");
    }
  });
  await world.restart();
  await makeSale(world, { bought: [{ query: "nfsq" }] });
  await goTo(page, "#/history");
  for (const [range, expected] of [
    ["今天", [4]],
    ["昨天", [3]],
    ["近 7 天", [4, 3, 2]],
    ["全部", [4, 3, 2, 1]],
  ] as const) {
    await choose(page, "时间", range);
    await expect.poll(() => numbers(page), { message: range }).toEqual(expected);
  }
  await choose(page, "时间", "选日期");
  const date = (ms: number) => {
    const at = new Date(ms);
    const two = (value: number) => String(value).padStart(2, "0");
    return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  };
  await page.getByLabel("从", { exact: true }).fill(date(nowMs - 10 * DAY_MS));
  await page.getByLabel("到", { exact: true }).fill(date(nowMs - 2 * DAY_MS));
  await expect.poll(() => numbers(page)).toEqual([2, 1]);
});

/** Opens one of the chips under the search box and presses an answer in it. */
async function answer(page: Page, chip: string, option: string) {
  await page.getByRole("button", { name: new RegExp(`^${chip}`) }).click();
  await page.getByRole("dialog", { name: chip }).getByRole("button", { name: option }).click();
}

test("found by what is only roughly known: amount, cashier, state, together", async ({
  page,
  world,
}) => {
  await makeSale(world, { bought: [{ query: "6921168017881", pieces: 5 }] });
  await world.ask("session.signIn", { cashier: "Han Mei" });
  await makeSale(world, { bought: [{ query: "6921168017881", pieces: 6 }] });
  await makeSale(world, { bought: [{ query: "6921168036370" }] });
  await expectState(world, 3, "printed");
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  await makeSale(world, { bought: [{ query: "6921168017881", pieces: 6 }] });
  await expectState(world, 4, "failed");
  world.printer.loadPaper();
  await expectState(world, 4, "printed");
  await goTo(page, "#/history");
  await expect.poll(() => numbers(page)).toEqual([4, 3, 2, 1]);

  await page.getByRole("button", { name: "金额", exact: true }).click();
  await page.getByRole("textbox", { name: "大约多少钱" }).fill("23.50");
  await choose(page.getByRole("dialog", { name: "金额" }), "可以差多少", "± 1");
  await page.getByRole("button", { name: "好了" }).click();
  await expect.poll(() => numbers(page)).toEqual([4, 2]);
  await choose(page, "时间", "今天");
  await answer(page, "收银员", "李雷");
  await expect(page.getByText("没有找到")).toBeVisible();
  await answer(page, "收银员", "Han Mei");
  await expect.poll(() => numbers(page)).toEqual([4, 2]);
  await answer(page, "状态", "没有打印机凭据的");
  await expect(page.getByText("没有找到")).toBeVisible();
  await page.getByRole("button", { name: "清除条件" }).click();
  await expect.poll(() => numbers(page)).toEqual([4, 3, 2, 1]);
  await find(page, "农夫 20-25");
  await expect.poll(() => numbers(page)).toEqual([4, 2, 1]);
});

/** A long day that went well, written into the books no till has open: printing it would take minutes. */
function writePrintedSales(dataDir: string, count: number): void {
  const log = new SaleLog(dataDir);
  const firstMs = Date.now() - count * 60_000;
  log.transaction(() => {
    for (let sale = 0; sale < count; sale += 1) {
      const atMs = firstMs + sale * 60_000;
      const saleId = writeSale(log, { atMs });
      const printed = { type: "attemptPrinted", attempt: 1, grade: "A", late: false } as const;
      log.receipts.record(saleId, atMs, "till", { type: "attemptStarted", attempt: 1 });
      log.receipts.record(saleId, atMs, "till", printed);
    }
  });
  log.close();
}

test("newest first, and older ones come as it is scrolled, past 120", async ({ page, world }) => {
  test.slow(); // scrolls through three pages
  const count = 130;
  await world.kill9();
  writePrintedSales(world.dataDir, count);
  await world.restart();
  await expect(strip(page)).toBeVisible();
  await goTo(page, "#/history");
  await expect.poll(async () => (await numbers(page))[0]).toBe(count);
  const list = page.getByRole("grid", { name: "销售单，最新的在上面" });
  const seen = new Set<number>();
  await expect
    .poll(
      async () => {
        // What is still being read is waited for, as by somebody who looks for a receipt.
        if ((await list.getByText("正在读取…").count()) > 0) return Infinity;
        for (const saleId of await numbers(page)) seen.add(saleId);
        await list.evaluate((element) => element.scrollBy(0, element.clientHeight * 0.8));
        return Math.min(...seen);
      },
      { timeout: 30_000, intervals: [50] },
    )
    .toBe(1);
  expect(seen.size).toBe(count);
  await sales(page).filter({ hasText: /^1\D/ }).click();
  await expect(detail(page, 1).getByRole("heading", { level: 2 })).toHaveText("1");
});

test("any part of a long history is a drag, a key or a date away", async ({ page, world }) => {
  const count = 2_000;
  await world.kill9();
  writePrintedSales(world.dataDir, count);
  await world.restart();
  await expect(strip(page)).toBeVisible();
  await goTo(page, "#/history");
  const list = page.getByRole("grid", { name: "销售单，最新的在上面" });
  await expect(list).toHaveAttribute("aria-rowcount", String(count));
  await list.evaluate((element) => {
    element.scrollTop = element.scrollHeight / 2;
  });
  await expect.poll(() => numbers(page)).toContain(count / 2);
  await page.getByRole("searchbox", { name: "查找小票" }).press("ArrowDown");
  await page.keyboard.press("End");
  await expect(detail(page, 1).getByRole("heading", { level: 2 })).toHaveText("1");
  await page.keyboard.press("ArrowUp");
  await expect(detail(page, 2)).toBeVisible();
  await page.keyboard.press("Home");
  await expect(detail(page, count)).toBeVisible();
  await expect.poll(() => numbers(page)).toContain(count);

  // A minute lies between two sales, so yesterday ends within the newest 1440 of them.
  const yesterday = new Date(Date.now() - DAY_MS);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${yesterday.getFullYear()}-${two(yesterday.getMonth() + 1)}-${two(yesterday.getDate())}`;
  const endOfDay = new Date(yesterday).setHours(23, 59, 59, 999);
  const { saleId } = await world.ask("history.seek", { atMs: endOfDay });
  await page.getByRole("button", { name: "跳到", exact: true }).click();
  await page.getByLabel("跳到哪一天").fill(day);
  await page.getByRole("button", { name: "跳过去" }).click();
  await expect(detail(page, saleId ?? 0)).toBeVisible();
  await expect.poll(async () => (await numbers(page)).includes(saleId ?? 0)).toBe(true);
});

test("the receipt as printed beside its paper trail, with the attempt that failed", async ({
  page,
  world,
}) => {
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  const { saleId } = await makeSale(world, { bought: [{ query: "nfsq", pieces: 2 }] });
  await expectState(world, saleId, "failed");
  world.printer.loadPaper();
  await expectState(world, saleId, "printed");
  await goTo(page, `#/history/${saleId}`);
  const pane = detail(page, saleId);
  // Every line that is on the paper is on the screen, cell for cell but for the blanks.
  const onScreen = bare(await pane.getByRole("region", { name: "打出来的样子" }).innerText());
  const [slip] = world.printer.paper.slips();
  const lines = (slip?.text() ?? "").split("\n").map(bare).filter(isText);
  expect(lines.length).toBeGreaterThan(8);
  for (const line of lines) expect(onScreen).toContain(line);

  const trail = pane.getByRole("list", { name: "来龙去脉" });
  await expect(trail.getByRole("listitem")).toContainText([
    "收款完成，小票记下待打",
    "没有打出来：缺纸",
    "第 2 次打印：原件",
    "已打印，打印机报回了这张票自己的编号",
  ]);
  await expect(pane.getByText("票上会印：重打 REPRINT 1")).toBeVisible();
});

/** True for a line of words or numbers; rules have none, and a barcode is a picture on the screen. */
function isText(line: string): boolean {
  return /[\p{L}\d]/u.test(line) && !line.startsWith("[barcode");
}

function bare(text: string): string {
  return text.replaceAll(/[\s-]/g, "");
}

test("one press prints a numbered copy, by key and by button; the trail names who", async ({
  page,
  world,
}) => {
  const { saleId } = await makeSale(world, { bought: [{ query: "nfsq" }] });
  await expectState(world, saleId, "printed");
  await goTo(page, `#/history/${saleId}`);
  const pane = detail(page, saleId);
  const trail = pane.getByRole("list", { name: "来龙去脉" });
  const slipText = (at: number) => world.printer.paper.slips().at(at)?.text() ?? "";
  await expect(pane.getByText("票上会印：重打 REPRINT 1")).toBeVisible();
  await page.keyboard.press("F9");
  await expect(pane.getByRole("status").getByText("打好了")).toBeVisible();
  await expect(trail).toContainText("第 2 次打印：重打 REPRINT 1");
  expect(slipText(1)).toContain("重打 REPRINT 1");

  await world.ask("session.signIn", { cashier: "Han Mei" });
  await pane.getByRole("button", { name: /^重打小票/ }).click();
  await expect(trail).toContainText("第 3 次打印：重打 REPRINT 2");
  await expect
    .poll(() => papersOf(world, saleId))
    .toMatchObject([
      { whole: true, marked: false },
      { whole: true, marked: true },
      { whole: true, marked: true },
    ]);
  expect(slipText(2)).toContain("重打 REPRINT 2");
  const steps = trail.getByRole("listitem");
  await expect(steps.filter({ hasText: "REPRINT 1" })).toContainText("李雷");
  await expect(steps.filter({ hasText: "REPRINT 2" })).toContainText("Han Mei");
  await expect(sales(page).first()).toContainText("重打 2 次");

  // A copy that the printer stopped at need not be waited for.
  world.printer.setFault({ kind: "paperOut", afterMm: 20 });
  await page.keyboard.press("F9");
  await expect(pane.getByText("打印机停住了：缺纸", { exact: true })).toBeVisible();
  await pane.getByRole("button", { name: "取消这张补打" }).click();
  await expect(pane.getByRole("button", { name: "取消这张补打" })).toBeHidden();
  await expect(trail).toContainText("打印机已丢弃剩下的部分");
  world.printer.loadPaper();
  await expect.poll(async () => (await world.ask("status.get", {})).printer.state).toBe("ready");
  await expectState(world, saleId, "printed");
});

test("a slip's barcode scanned at the counter opens its sale", async ({ page, world }) => {
  for (const query of ["6921168038770", "6921168017881", "6921168036370", "6921168000524"])
    await makeSale(world, { bought: [{ query }] });
  await expectState(world, 4, "printed");
  await expect(strip(page)).toBeVisible();
  await scan(page, "SLIP000003");
  await expect(detail(page, 3).getByRole("heading", { level: 2 })).toHaveText("3");
  await expect(detail(page, 3)).toContainText("农夫山泉饮用天然水5L");
  expect(await page.evaluate(() => window.location.hash)).toBe("#/history/3");
  expect((await world.ask("basket.get", {})).basket.lines).toEqual([]);
});
