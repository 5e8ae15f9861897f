import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { believed, expectState, papersOf, reminder, strip, takeExit } from "./support/counter.ts";
import { makeSale } from "./support/sales.ts";
import { goTo } from "./support/screen.ts";
import { MANAGER_PIN } from "./support/shop.ts";
import { expect, test } from "./support/till.ts";
import type { World } from "./support/world.ts";

/** The day's money, every receipt the printer did not prove, and an end that nothing slips through. */
test.use({ printer: { widthMm: 80, speedMmPerS: 250 } });

test.beforeEach(async ({ page, world }) => {
  await world.setUp();
  await expect(strip(page)).toBeVisible();
  await expect.poll(async () => (await world.ask("status.get", {})).printer.state).toBe("ready");
});

const WATER = "6921168038770"; // 2.00
const BIG_WATER = "6921168017881"; // 4.00
const CANISTER = "6921168036370"; // 10.50

function report(page: Page): Locator {
  return page.getByRole("region", { name: "日结报表" });
}

function owedBand(page: Page): Locator {
  return page.getByRole("region", { name: /^还欠 \d+ 张小票$/ });
}

/** A sale whose receipt is owed: there was no paper. Deferred, so that the next one can be made. */
async function owe(world: World, query: string): Promise<number> {
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  const { saleId, totalMinor } = await makeSale(world, { bought: [{ query }] });
  await expectState(world, saleId, "failed");
  await world.ask("receipt.defer", {
    requestId: crypto.randomUUID(),
    saleId,
    digits: String(totalMinor).padStart(2, "0").slice(-2),
    reason: "后面排队",
    pin: null,
  });
  return saleId;
}

async function printed(world: World, sale: Promise<{ saleId: number }>): Promise<number> {
  const { saleId } = await sale;
  await expectState(world, saleId, "printed");
  return saleId;
}

test("totals by tender, and the unprinted receipts by cause, cashier, exit and time", async ({
  page,
  world,
}) => {
  await printed(
    world,
    makeSale(world, { bought: [{ query: WATER, pieces: 2 }], tenderedMinor: 1000 }),
  );
  await printed(
    world,
    makeSale(world, { bought: [{ query: BIG_WATER }], method: "wechat", reference: "8812" }),
  );
  await printed(world, makeSale(world, { bought: [{ query: CANISTER }], method: "wechat" }));
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  const declined = (await makeSale(world, { bought: [{ query: WATER }] })).saleId;
  await expectState(world, declined, "failed");
  await takeExit(page, world, declined, { open: /顾客不要/, send: /记下：顾客不要/ });
  await expectState(world, declined, "declined");
  await world.ask("session.signIn", { cashier: "Han Mei" });
  const owed = await owe(world, BIG_WATER);

  await goTo(page, "#/day-end");
  const tenders = report(page).getByRole("table", { name: "收款方式" }).getByRole("row");
  await expect(tenders.filter({ hasText: "现金" })).toContainText(/3\s*¥?￥?\s*10\.00/);
  await expect(tenders.filter({ hasText: "微信支付" })).toContainText(/2\s*¥?￥?\s*14\.50/);
  await expect(report(page).getByRole("region", { name: "营业额" })).toContainText("24.50");

  const rows = report(page).getByRole("table", { name: "未打印小票明细" }).getByRole("row");
  await expect(rows).toHaveCount(3);
  // Owed ones first, then in the order of the sales.
  await expect(rows.nth(1)).toContainText(new RegExp(`^${owed}`));
  await expect(rows.nth(1)).toContainText("Han Mei");
  await expect(rows.nth(1)).toContainText("缺纸");
  await expect(rows.nth(1)).toContainText("故障");
  await expect(rows.nth(1)).toContainText("未打印");
  await expect(rows.nth(1).getByRole("cell").last()).toHaveText(/^\d+ (秒|分)$/);
  await expect(rows.nth(2)).toContainText(new RegExp(`^${declined}`));
  await expect(rows.nth(2)).toContainText("顾客不要");
  await expect(rows.nth(2)).toContainText("李雷");

  const causes = report(page).getByRole("table", { name: "原因和收银员" });
  await expect(causes.getByRole("columnheader")).toHaveText(["原因", /.+/, /.+/, "合计"]);
  await expect(causes.getByRole("row").filter({ hasText: "缺纸" })).toContainText(/1\s*1\s*2$/);
});

test("all that is owed is printed by one press, once the printer is mended", async ({
  page,
  world,
}) => {
  const owed = [await owe(world, WATER), await owe(world, BIG_WATER), await owe(world, CANISTER)];
  await goTo(page, "#/day-end");
  await expect(owedBand(page)).toBeVisible();
  // Still no paper: the press is answered, and nothing is lost.
  await owedBand(page).getByRole("button", { name: "补打全部 3 张" }).click();
  await expect
    .poll(async () => {
      const trails = await Promise.all(owed.map((saleId) => believed(world, saleId)));
      return trails.map(({ trail }) => trail.filter(({ type }) => type === "attemptFailed").length);
    })
    .toEqual([2, 2, 2]);
  await expect(owedBand(page)).toBeVisible();
  world.printer.loadPaper();
  await expect(owedBand(page)).toBeHidden({ timeout: 30_000 });
  for (const saleId of owed) {
    await expectState(world, saleId, "printed");
    expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: false }]);
  }
  await expect(report(page)).toContainText("每张小票都有交代");
});

test("the report comes out of the receipt printer", async ({ page, world }) => {
  await printed(world, makeSale(world, { bought: [{ query: WATER }] }));
  await printed(world, makeSale(world, { bought: [{ query: CANISTER }], method: "alipay" }));
  await goTo(page, "#/day-end");
  await page.getByRole("button", { name: "打印日结单" }).click();
  await expect(page.getByText("日结单打好了")).toBeVisible();
  const text = world.printer.paper.slips().at(-1)?.text() ?? "";
  expect(text).toContain("日结单");
  expect(text).toContain("未日结");
  expect(text).toMatch(/现金.*2\.00/);
  expect(text).toMatch(/支付宝.*10\.50/);
  expect(text).toMatch(/合计.*12\.50/);
  expect(text).toContain("日结单完");
});

test("CSV: one row per receipt without proof; PDF: made by the shell", async ({ page, world }) => {
  await printed(world, makeSale(world, { bought: [{ query: WATER }] }));
  const owed = await owe(world, CANISTER);
  await goTo(page, "#/day-end");
  const csv = page.waitForEvent("download");
  await page.getByRole("button", { name: "存 CSV" }).click();
  const file = await csv;
  expect(file.suggestedFilename()).toMatch(/^slipsure-\d{4}-\d\d-\d\d-Z1\.csv$/);
  const text = readFileSync(await file.path(), "utf8");
  expect(text.startsWith("\ufeff单号,时间,金额,收银员,状态,类别,原因")).toBe(true);
  const rows = text.trim().split("\r\n").slice(1);
  // Then come the grand total and the head of the log.
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatch(new RegExp(`^${owed},.*,10\\.50,李雷,未打印,C `));
  expect(rows[0]).toContain("缺纸");

  const pdf = page.waitForEvent("download", { timeout: 45_000 });
  await page.getByRole("button", { name: "存 PDF" }).click();
  const printedPage = await pdf;
  expect(printedPage.suggestedFilename()).toMatch(/Z1\.pdf$/);
  const bytes = readFileSync(await printedPage.path());
  expect(bytes.subarray(0, 5).toString("latin1")).toBe("%PDF-");
  expect(bytes.subarray(-8).toString("latin1")).toContain("%%EOF");
  const pages = bytes.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
  expect(pages.length).toBeGreaterThanOrEqual(1);
  await expect(page.getByText(/^已保存 slipsure-.*\.pdf$/)).toBeVisible();

  const { head } = await world.ask("day.report", { dayId: null });
  await expect(report(page)).toContainText("历史累计2 单 · ¥12.50");
  await goTo(page, "#/print/day");
  const sheet = page.getByRole("article");
  await expect(sheet).toContainText("历史累计2 单 · ¥12.50");
  await expect(sheet).toContainText(`日志头 ${head.seq} ${head.hash}`);
});

test("with nothing owed the day ends without a signature, and only once", async ({
  page,
  world,
}) => {
  await printed(world, makeSale(world, { bought: [{ query: WATER }] }));
  await goTo(page, "#/day-end");
  await page.getByRole("button", { name: "结束这一天" }).click();
  const dialog = page.getByRole("dialog", { name: /^结束 / });
  await expect(dialog).toContainText("每张小票都有交代");
  await expect(dialog.getByLabel("店长密码")).toHaveCount(0);
  await dialog.getByRole("button", { name: "结束这一天" }).click();
  await expect(dialog).toBeHidden();
  await expect(report(page)).toContainText("日结人 李雷");
  await expect(page.getByRole("button", { name: "结束这一天" })).toHaveCount(0);
  const again = await world.call("day.close", { requestId: crypto.randomUUID(), signature: null });
  expect(again).toMatchObject({ ok: false, refusal: { code: "DAY_ALREADY_CLOSED" } });
  // What is sold now belongs to the next day.
  await printed(world, makeSale(world, { bought: [{ query: BIG_WATER }] }));
  const { days } = await world.ask("day.list", { limit: 5 });
  expect(days.map(({ dayId, sales }) => ({ dayId, sales }))).toEqual([
    { dayId: 2, sales: 1 },
    { dayId: 1, sales: 1 },
  ]);
});

test("with receipts owed a named person signs by PIN; they stay owed the next day", async ({
  page,
  world,
}) => {
  const owed = await owe(world, CANISTER);
  await goTo(page, "#/day-end");
  await page.getByRole("button", { name: "结束这一天" }).click();
  const dialog = page.getByRole("dialog", { name: /^结束 / });
  await expect(dialog).toContainText("还欠 1 张小票");
  const sign = dialog.getByRole("button", { name: "签字并结束" });
  await expect(sign).toBeDisabled();
  await dialog.getByRole("button", { name: /谁来签字$/ }).click();
  await page.getByRole("option", { name: "Han Mei" }).click();
  await dialog.getByLabel("店长密码").fill("0000");
  await sign.click();
  await expect(dialog.getByRole("alert")).toContainText("店长密码不对");
  expect((await world.ask("status.get", {})).day).not.toBeNull();
  // Nor past the screen, without a signature.
  const unsigned = await world.call("day.close", {
    requestId: crypto.randomUUID(),
    signature: null,
  });
  expect(unsigned).toMatchObject({
    ok: false,
    refusal: { code: "SIGNATURE_NEEDED", details: { owed: 1 } },
  });
  await dialog.getByLabel("店长密码").fill(MANAGER_PIN);
  await sign.click();
  await expect(dialog).toBeHidden();
  await expect(report(page)).toContainText("Han Mei 已为欠票签字");

  const rail = page.getByRole("region", { name: "未交代的小票" });
  await expect(rail.getByRole("button", { name: new RegExp(`小票 ${owed}`) })).toBeVisible();
  expect((await believed(world, owed)).state).toBe("failed");
  await goTo(page, "#/sell");
  await rail.getByRole("button", { name: new RegExp(`小票 ${owed}`) }).click();
  await expect(reminder(page)).toContainText(String(owed));
  await page.reload();
  await expect(rail.getByRole("button", { name: new RegExp(`小票 ${owed}`) })).toBeVisible();

  // The next day begins with its first sale, and its report still lists the old receipt.
  await world.ask("receipt.defer", {
    requestId: crypto.randomUUID(),
    saleId: owed,
    digits: "50",
    reason: "后面排队",
    pin: null,
  });
  const next = (await makeSale(world, { bought: [{ query: WATER }] })).saleId;
  await expectState(world, next, "failed");
  const { dayId, unproven } = await world.ask("day.report", { dayId: null });
  expect(dayId).toBe(2);
  expect(unproven.map(({ saleId }) => saleId)).toEqual([owed, next]);
  await goTo(page, "#/day-end");
  const rows = report(page).getByRole("table", { name: "未打印小票明细" }).getByRole("row");
  await expect(rows.nth(1)).toContainText(new RegExp(`^${owed}`));

  // The day before says for ever what was signed for; what became of it stands beside it, on A4 too.
  world.printer.loadPaper();
  await expectState(world, owed, "printed");
  await page.getByRole("option").last().click();
  await expect(report(page)).toContainText("Han Mei 已为欠票签字");
  await expect(rows.nth(1)).toContainText(new RegExp(`^${owed}.*缺纸`));
  await expect(report(page).getByRole("region", { name: "小票都去哪了" })).toContainText("1还欠着");
  const since = report(page).getByRole("table", { name: "日结后的变化" }).getByRole("row");
  await expect(since.nth(1)).toContainText(new RegExp(`^${owed}.*已打印`));
  await goTo(page, "#/print/day/1");
  await expect(page.getByRole("article")).toContainText(/未打印小票明细[^]*日结后的变化/);
});
