import type { Page } from "@playwright/test";
import { audit, fits } from "./support/audit.ts";
import {
  believed,
  expectState,
  papersOf,
  productFor,
  reminder,
  scan,
  strip,
} from "./support/counter.ts";
import { makeOutage, putOff } from "./support/outage.ts";
import { MANAGER_PIN } from "./support/shop.ts";
import { goTo } from "./support/screen.ts";
import { expect, test } from "./support/till.ts";
import type { World } from "./support/world.ts";

/** What an outage leaves behind: one question for all of it, and every answer on paper. */
test.use({ clockFactor: 1, printer: { widthMm: 80, speedMmPerS: 200 } });

/** Young enough that its customer may wait, old enough that nothing is put off any more. */
const NEWEST_MIN = 3.4;

/** Sales so many minutes ago without a receipt; then the till is opened again and there is paper. */
async function afterOutage(world: World, agesMin: readonly number[]): Promise<number[]> {
  await world.setUp();
  await expect(strip(world.page)).toBeVisible();
  await world.kill9();
  const saleIds = await makeOutage(world, agesMin);
  await world.restart();
  await expect(reminder(world.page)).toHaveAttribute("data-state", "failed");
  world.printer.loadPaper();
  return saleIds;
}

/** Numbers of the receipts on paper, in the order they came out. */
function printedOrder(world: World, saleIds: readonly number[]): number[] {
  const slips = world.printer.paper.slips().map((slip) => slip.text());
  return slips.flatMap((text) => saleIds.filter((saleId) => text.includes(`- ${saleId} 小票完 -`)));
}

function slipOf(world: World, saleId: number): string {
  const slips = world.printer.paper.slips().map((slip) => slip.text());
  return slips.find((text) => text.includes(`- ${saleId} 小票完 -`)) ?? "";
}

const isLate = (world: World, saleId: number) => slipOf(world, saleId).includes("PRINTED LATE");

async function expectBacklog(page: Page, count: number) {
  await expect(reminder(page)).toHaveAttribute("data-state", "backlog");
  await expect(reminder(page).getByRole("heading")).toContainText(`${count}张没打出来`);
}

const states = async (world: World, saleIds: readonly number[]) =>
  Promise.all(saleIds.map(async (saleId) => (await believed(world, saleId)).state));

test("one question for all: how many, how old, how much; no key but its own answers it", async ({
  world,
}) => {
  const saleIds = await afterOutage(world, [40, 25, 12, NEWEST_MIN]);
  const { page } = world;
  await expectBacklog(page, 4);
  const { rail } = await world.ask("status.get", {});
  const totalMinor = rail.reduce((sum, owed) => sum + owed.totalMinor, 0);
  const sheet = reminder(page);
  await expect(sheet).toContainText((totalMinor / 100).toFixed(2));
  await expect(sheet).toContainText(/最早 \d\d:\d\d，4[01] 分钟前/);
  const numbers = sheet.getByRole("listitem").locator("b");
  await expect(numbers).toHaveText(saleIds.toReversed().map(String));
  for (const key of ["Enter", "Space", "Escape", "NumpadEnter", "F12"])
    await page.keyboard.press(key);
  await scan(page, (await productFor(world, "kkkl")).code);
  await expect(sheet).toContainText("已扫 1 件");
  await expectBacklog(page, 4);
  expect(new Set(await states(world, saleIds))).toEqual(new Set(["failed"]));
  expect(printedOrder(world, saleIds)).toEqual([]);
  await page.reload();
  await expectBacklog(page, 4);
});

test("all: the newest first, the late ones marked and in the claim tray", async ({ world }) => {
  const saleIds = await afterOutage(world, [40, 25, 12, NEWEST_MIN]);
  const [oldest = 0, second = 0, third = 0, newest = 0] = saleIds;
  const { page } = world;
  await expectBacklog(page, 4);
  const product = await productFor(world, "kkkl");
  await scan(page, product.code);
  await page.keyboard.press("F9");
  // Nothing that wants an answer is left: the counter is free while they print.
  await expect(reminder(page)).toBeHidden();
  await expect(strip(page)).toContainText(product.nameZh.slice(0, 4));
  for (const saleId of saleIds) await expectState(world, saleId, "printed", 20_000);
  expect(printedOrder(world, saleIds)).toEqual([newest, third, second, oldest]);
  expect(saleIds.map((saleId) => isLate(world, saleId))).toEqual([true, true, true, false]);
  // Late or not, each is the original: nothing of it had been printed before.
  for (const saleId of saleIds)
    expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: false }]);
  const { tray } = await world.ask("status.get", {});
  expect(tray.map((item) => item.saleId)).toEqual([oldest, second, third]);
  await page.getByRole("button", { name: "待取小票 3 张" }).click();
  await expect(page.getByRole("dialog").getByRole("listitem")).toHaveCount(3);
  await page.keyboard.press("Escape");
  await goTo(page, "#/day-end");
  const unclaimed = page.getByRole("region", { name: "补打后没人取的小票" });
  await expect(unclaimed.getByRole("row")).toHaveCount(1 + 3);
  await expect(unclaimed.getByRole("row").filter({ hasText: "待取" })).toHaveCount(3);
});

test("only those that customers wait for: the rest stays and is asked about again", async ({
  world,
}) => {
  const saleIds = await afterOutage(world, [40, 25, NEWEST_MIN + 0.3, NEWEST_MIN]);
  const [oldest = 0, second = 0, third = 0, newest = 0] = saleIds;
  const { page } = world;
  await expectBacklog(page, 4);
  await page.keyboard.press("F10");
  await expectState(world, third, "printed");
  await expectState(world, newest, "printed");
  await expectBacklog(page, 2);
  expect(printedOrder(world, saleIds)).toEqual([newest, third]);
  expect([isLate(world, newest), isLate(world, third)]).toEqual([false, false]);
  expect(await states(world, [oldest, second])).toEqual(["failed", "failed"]);
  // Nobody waits any more, so that answer is gone and its key does nothing.
  await expect(reminder(page).getByRole("button", { name: /还等着/ })).toHaveCount(0);
  await page.keyboard.press("F10");
  await page.keyboard.press("F9");
  for (const saleId of [second, oldest]) await expectState(world, saleId, "printed", 20_000);
  expect(printedOrder(world, saleIds)).toEqual([newest, third, second, oldest]);
  expect([isLate(world, second), isLate(world, oldest)]).toEqual([true, true]);
});

test("not printed: needs a reason and the manager's PIN, and names who decided", async ({
  world,
}) => {
  const saleIds = await afterOutage(world, [40, 25, 12, NEWEST_MIN]);
  const [oldest = 0, second = 0, third = 0, newest = 0] = saleIds;
  const { page } = world;
  await expectBacklog(page, 4);
  await page.keyboard.press("F8");
  const sheet = reminder(page);
  const send = sheet.getByRole("button", { name: "记下：3 张不打" });
  await expect(send).toBeDisabled();
  await sheet.getByText("顾客都走了", { exact: true }).click();
  await expect(send).toBeDisabled();
  await sheet.getByLabel("店长密码").fill("0000");
  await send.click();
  await expect(sheet.getByRole("alert")).toContainText("店长密码不对");
  expect(new Set(await states(world, saleIds))).toEqual(new Set(["failed"]));
  await sheet.getByLabel("店长密码").fill(MANAGER_PIN);
  await send.click();
  for (const saleId of [oldest, second, third]) await expectState(world, saleId, "declined");
  expect((await believed(world, oldest)).status).toMatchObject({
    settledBy: "李雷",
    reason: "顾客都走了",
  });
  // The one that somebody may wait for is still owed, and is asked about as always.
  await expect(sheet).toHaveAttribute("data-state", "failed");
  await expect(sheet).toContainText(String(newest));
  await page.keyboard.press("F9");
  await expectState(world, newest, "printed");
  expect(printedOrder(world, saleIds)).toEqual([newest]);
});

test("one by one: each is asked about by itself, and only that one prints", async ({ world }) => {
  const saleIds = await afterOutage(world, [40, 25, 12]);
  const { page } = world;
  await expectBacklog(page, 3);
  await reminder(page)
    .getByRole("button", { name: /一张一张来/ })
    .click();
  await expect(reminder(page)).toHaveAttribute("data-state", "failed");
  const { reminder: first } = await world.ask("status.get", {});
  if (first === null) throw new Error("nothing is reminded of");
  await expect(reminder(page).getByRole("heading")).toContainText(String(first));
  await expect(reminder(page)).toContainText("迟打 PRINTED LATE");
  await page.keyboard.press("F9");
  await expectState(world, first, "printed");
  expect(printedOrder(world, saleIds)).toEqual([first]);
  expect(isLate(world, first)).toBe(true);
});

test("a few young ones need no answer: they print by themselves, the newest first", async ({
  world,
}) => {
  const saleIds = await afterOutage(world, [3, 2]);
  for (const saleId of saleIds) await expectState(world, saleId, "printed");
  expect(printedOrder(world, saleIds)).toEqual(saleIds.toReversed());
  expect(saleIds.map((saleId) => isLate(world, saleId))).toEqual([false, false]);
  await expect(reminder(world.page)).toBeHidden();
});

test("the question and the form can be read and reached by everybody", async ({ world }) => {
  await afterOutage(world, [40, 25, 12, NEWEST_MIN]);
  const { page } = world;
  await expectBacklog(page, 4);
  for (const [locale, theme] of [
    ["zh-CN", "light"],
    ["en", "dark"],
  ] as const) {
    await world.ask("settings.appearance", { locale, theme });
    await expect(page.locator(`html[lang="${locale}"][data-theme="${theme}"]`)).toBeVisible();
    await audit(page, `backlog, ${locale}`);
    await fits(page, `backlog, ${locale}`);
    await page.keyboard.press("F8");
    await expect(reminder(page).locator("form")).toBeVisible();
    await audit(page, `backlog, not printed, ${locale}`);
    await fits(page, `backlog, not printed, ${locale}`);
    await reminder(page).locator("form").getByRole("button").first().click();
    await expect(reminder(page).locator("form")).toBeHidden();
  }
  // Every answer in the order it is read, by the tab key alone.
  const answers = reminder(page).getByRole("group").getByRole("button");
  await answers.first().focus();
  for (const index of [1, 2, 3]) {
    await page.keyboard.press("Tab");
    await expect(answers.nth(index)).toBeFocused();
  }
});

test("put off, it waits as a key on the rail and holds nothing up", async ({ world }) => {
  const saleIds = await afterOutage(world, [40, 25, 12]);
  const { page } = world;
  await expectBacklog(page, 3);
  await putOff(world);
  await expect(reminder(page)).toBeHidden();
  const key = page.getByRole("banner").getByRole("button", { name: "攒下 3 张" });
  await key.click();
  await expectBacklog(page, 3);
  await page.getByRole("button", { name: "先收起来" }).click();
  await expect(reminder(page)).toBeHidden();
  expect(new Set(await states(world, saleIds))).toEqual(new Set(["failed"]));
  // One of them can still be looked at by itself.
  await page.getByRole("button", { name: new RegExp(`小票 ${saleIds[0]}`) }).click();
  await expect(reminder(page)).toHaveAttribute("data-state", "failed");
});
