import type { Page } from "@playwright/test";
import { audit, fits } from "./support/audit.ts";
import { expectState, productFor, reminder, scan, sellOne, strip } from "./support/counter.ts";
import { goTo } from "./support/screen.ts";
import { MANAGER_PIN } from "./support/shop.ts";
import { expect, test } from "./support/till.ts";
import type { World } from "./support/world.ts";

/** Settings that will cost a receipt are told when the shop opens, and never while somebody waits. */
test.use({ clockFactor: 2 });

const panel = (page: Page) => page.getByRole("region", { name: /开店先看一眼/ });
const counter = (page: Page) =>
  page.getByRole("contentinfo").getByRole("button", { name: /^开店检查：还有 \d+ 件事要看$/ });

async function open(world: World, overrides: Parameters<World["setUp"]>[0] = {}) {
  await world.setUp(overrides);
  await expect(strip(world.page)).toBeVisible();
  await expect.poll(async () => (await world.ask("status.get", {})).printer.state).toBe("ready");
}

test("before the first sale: each with what will happen and the way to where it is put right", async ({
  page,
  world,
}) => {
  await open(world, { autoPrint: false });
  await expect(panel(page)).toContainText("2 件事");
  await expect(panel(page)).toContainText("自动打印关着");
  await expect(panel(page)).toContainText("每张都要按一次打印");
  await expect(panel(page)).toContainText("打印机还没有试过");
  // It asks for nothing: no dialog, and the till sells under it.
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(reminder(page)).toHaveCount(0);
  await panel(page)
    .getByRole("link", { name: /自动打印关着/ })
    .click();
  await expect(page).toHaveURL(/#\/settings\/printer$/);
});

test("never in front of a basket; after the first sale only its number is left", async ({
  page,
  world,
}) => {
  await open(world);
  await expect(panel(page)).toBeVisible();
  await expect(counter(page)).toHaveCount(0);
  const { code } = await productFor(world, "nfsq");
  await scan(page, code);
  await expect(panel(page)).toBeHidden();
  await expect(counter(page)).toBeVisible();
  // The day has no sale yet: with the basket empty again it is still the opening.
  await page.keyboard.press("Delete");
  await expect(panel(page)).toBeVisible();
  const saleId = await sellOne(page, world);
  await expectState(world, saleId, "printed");
  await expect(panel(page)).toBeHidden();
  await expect(counter(page)).toContainText("1");
  await counter(page).click();
  await expect(page.getByRole("dialog")).toContainText("打印机还没有试过");
  await page.getByRole("dialog").getByRole("link").click();
  await expect(page).toHaveURL(/#\/settings\/printer$/);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("read once, it is put away until the next opening", async ({ page, world }) => {
  await open(world);
  await panel(page).getByRole("button", { name: "知道了" }).click();
  await expect(panel(page)).toBeHidden();
  await expect(counter(page)).toBeVisible();
  await goTo(page, "#/history");
  await goTo(page, "#/sell");
  await expect(counter(page)).toBeVisible();
  await expect(panel(page)).toBeHidden();
  const saleId = await sellOne(page, world);
  await expectState(world, saleId, "printed");
  await world.ask("day.close", { requestId: crypto.randomUUID(), signature: null });
  await expect(panel(page)).toBeVisible();
});

test("told again when the till starts in the middle of a day", async ({ page, world }) => {
  await open(world);
  const saleId = await sellOne(page, world);
  await expectState(world, saleId, "printed");
  await expect(panel(page)).toBeHidden();
  await world.restart();
  await expect(panel(world.page)).toBeVisible();
});

test("the practice printer is said gently", async ({ page, world }) => {
  await open(world, { printer: { kind: "practice" } });
  await expect(panel(page)).toContainText("现在用的是练习打印机");
  await expect(panel(page)).toContainText("可以放心练");
});

test("all is well: nothing is said", async ({ page, world }) => {
  await open(world);
  await expect(panel(page)).toBeVisible();
  await world.ask("printer.qualify", {
    requestId: crypto.randomUUID(),
    slot: "receipt",
    pin: MANAGER_PIN,
    found: {
      fingerprint: null,
      answers: true,
      fence: "id",
      fenceMs: 20,
      cover: "skipped",
      columns: 48,
      chinese: "font",
      cutter: true,
      drawer: "pin2",
    },
  });
  await expect(panel(page)).toBeHidden();
  await expect(counter(page)).toHaveCount(0);
});

test("English says the same", async ({ page, world }) => {
  await open(world, { locale: "en", autoPrint: false });
  const check = page.getByRole("region", { name: "Opening check: 2" });
  await expect(check).toContainText("Automatic printing is off");
  await expect(check).toContainText("Printer not tried out");
  for (const theme of ["light", "dark"] as const) {
    await world.ask("settings.appearance", { theme });
    await expect(page.locator(`html[data-theme="${theme}"]`)).toBeVisible();
    await audit(page, `opening check, ${theme}`);
    await fits(page, `opening check, ${theme}`);
  }
  await check.getByRole("button", { name: "Got it" }).click();
  await page.getByRole("button", { name: "Opening check: 2 things to look at" }).click();
  await expect(page.getByRole("dialog")).toContainText("Automatic printing is off");
  await audit(page, "opening check, asked for");
});
