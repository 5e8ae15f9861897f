import type { Page } from "@playwright/test";
import { audit, fits } from "./support/audit.ts";
import {
  expectState,
  papersOf,
  productFor,
  reminder,
  scan,
  strip,
  twoDigits,
} from "./support/counter.ts";
import { makeSale } from "./support/sales.ts";
import { goTo } from "./support/screen.ts";
import { MANAGER_PIN } from "./support/shop.ts";
import { expect, test } from "./support/till.ts";
import { wordsOf } from "./support/words.ts";
import type { World } from "./support/world.ts";

/**
 * WCAG 2.2 AA on every screen and dialog, and no mouse needed. Colours are the same in both languages, and
 * sizes in both themes: two variants see all four.
 */
test.use({ printer: { widthMm: 80, speedMmPerS: 250 } });

const variants = [
  { locale: "zh-CN", theme: "light" },
  { locale: "en", theme: "dark" },
] as const;

function looker(page: Page) {
  return async (screen: string) => {
    await audit(page, screen);
    await fits(page, screen);
  };
}

async function ready(page: Page, world: World) {
  await expect(strip(page)).toBeVisible();
  await expect.poll(async () => (await world.ask("status.get", {})).printer.state).toBe("ready");
}

for (const { locale, theme } of variants)
  test.describe(`${locale} ${theme}`, () => {
    test.use({ locale: locale === "en" ? "en-GB" : locale, colorScheme: theme });
    const word = wordsOf(locale);

    test.describe("before there is a shop", () => {
      test.use({ firstStart: true });

      test("first start", async ({ page }) => {
        const look = looker(page);
        const next = page.getByRole("button", { name: word("common:next") });
        await expect(next).toBeVisible();
        await look("first start: shop");
        await next.click();
        await expect(page.getByText(word("setup:problem.shopName"))).toBeVisible();
        await look("first start: shop, with a problem");
        await page.getByLabel(word("setup:shop.name")).fill("永安便利店");
        await next.click();
        await look("first start: printer");
        await page.getByText(word("setup:printer.tcp"), { exact: true }).click();
        await next.click();
        await expect(page.getByText(word("setup:problem.host"))).toBeVisible();
        await look("first start: network printer, with a problem");
        await page.getByLabel(word("setup:printer.host")).fill("127.0.0.1");
        await next.click();
        await page.getByRole("button", { name: word("setup:open") }).click();
        await expect(page.getByText(word("setup:problem.pin"))).toBeVisible();
        await look("first start: people, with problems");
      });
    });

    test("counter and its dialogs", async ({ page, world }) => {
      const look = looker(page);
      await world.setUp({ theme });
      await ready(page, world);
      await look("sell, empty");
      for (const query of ["6921168038770", "6921168017881", "6921168036370"])
        await scan(page, (await productFor(world, query)).code);
      await expect(strip(page)).toContainText(/应收|Amount due/);
      await look("sell, three items");
      await page.keyboard.type("zzzz");
      await look("sell, nothing found");
      await page.keyboard.press("Escape");
      const dialog = page.getByRole("dialog");
      for (const [key, name] of [
        ["Enter", "pay, cash"],
        ["F6", "pay, WeChat"],
        ["F1", "key sheet"],
        ["F4", "change of cashier"],
        ["Control+Delete", "clear the basket"],
      ] as const) {
        await page.keyboard.press(key);
        await expect(dialog).toBeVisible();
        await look(name);
        await page.keyboard.press("Escape");
        await expect(dialog).toBeHidden();
      }
      await page.keyboard.press("Enter");
      await dialog.getByRole("button", { name: word("common:tender.other") }).click();
      await look("pay, other");
      await page.keyboard.press("Escape");
      await page.keyboard.press("F12");
      // The screen has heard of it too, or the key would open the reminder.
      await expect(
        page.getByText(word("sell:strip.proven").replace("{{saleId}}", "1")),
      ).toBeVisible();
      const slips = () => world.printer.paper.slips().length;
      expect(slips()).toBe(1);
      await page.keyboard.press("F9");
      await expect.poll(slips).toBe(2);
      await look("sell, the last one printed again");
    });

    test("reminder", async ({ page, world }) => {
      const look = looker(page);
      await world.setUp({ theme });
      await ready(page, world);
      const dialog = reminder(page);

      world.printer.setFault({ kind: "paperOut", afterMm: 30 });
      const blocked = (await makeSale(world, { bought: [{ query: "6921168038770" }] })).saleId;
      await expect(dialog).toHaveAttribute("data-state", "blocked");
      await look("reminder, blocked");
      world.printer.loadPaper();
      await expectState(world, blocked, "printed");
      await expect(dialog).toBeHidden();

      world.printer.setFault({ kind: "reset", afterBytes: 260 });
      const unknown = (await makeSale(world, { bought: [{ query: "6921168038770" }] })).saleId;
      await expect(dialog).toHaveAttribute("data-state", "unknown", { timeout: 30_000 });
      await look("reminder, unknown");
      const requestId = crypto.randomUUID();
      const digits = await twoDigits(world, unknown);
      await world.ask("receipt.declined", {
        requestId,
        saleId: unknown,
        digits,
        reason: "顾客已走",
      });
      await expect(dialog).toBeHidden();

      world.printer.setFault({ kind: "paperOut", afterMm: 0 });
      const failed = (await makeSale(world, { bought: [{ query: "6921168017881" }] })).saleId;
      await expect(dialog).toHaveAttribute("data-state", "failed", { timeout: 30_000 });
      await look("reminder, failed");
      for (const exit of ["seen", "declined", "handwritten", "defer"]) {
        await dialog.getByRole("button", { name: word(`reminder:exit.${exit}`) }).click();
        await look(`reminder, exit ${exit}`);
        if (exit !== "defer")
          await dialog.getByRole("button", { name: word("reminder:backToPrint") }).click();
      }
      await dialog
        .getByRole("textbox")
        .first()
        .fill(await twoDigits(world, failed));
      await dialog.getByText(word("reminder:reason.queueWaiting"), { exact: true }).click();
      await dialog.getByRole("button", { name: word("reminder:send.defer") }).click();
      await expect(dialog).toBeHidden();
      await look("sell, a deferred receipt on the rail");
    });

    test("history, day end, settings", async ({ page, world }) => {
      const look = looker(page);
      await world.setUp({ theme });
      await ready(page, world);
      await goTo(page, "#/history");
      await expect(page.getByText(word("history:empty.title"))).toBeVisible();
      await look("history, empty");
      await goTo(page, "#/day-end");
      await expect(page.getByText(word("dayEnd:nothing.title"))).toBeVisible();
      await look("day end, nothing sold");

      await makeSale(world, { bought: [{ query: "6921168038770", pieces: 2 }] });
      await expectState(world, 1, "printed");
      await makeSale(world, { bought: [{ query: "6921168036370" }], method: "wechat" });
      await expectState(world, 2, "printed");
      world.printer.setFault({ kind: "paperOut", afterMm: 0 });
      await makeSale(world, { bought: [{ query: "6921168017881" }] });
      await expectState(world, 3, "failed");

      await goTo(page, "#/history/3");
      await expect(page.getByRole("heading", { level: 2, name: "3" })).toBeVisible();
      await look("history, a receipt owed");
      await goTo(page, "#/history/2");
      await expect(page.getByRole("heading", { level: 2, name: "2" })).toBeVisible();
      await look("history, a receipt printed");
      await page.getByText(word("history:range.custom"), { exact: true }).click();
      await page.getByRole("searchbox").fill("zzzz");
      await expect(page.getByText(word("history:noResult.title"))).toBeVisible();
      await look("history, nothing found");

      await goTo(page, "#/day-end");
      await expect(
        page.getByRole("heading", { name: word("dayEnd:unproven.title") }),
      ).toBeVisible();
      await look("day end, a receipt owed");
      await page.getByRole("button", { name: word("dayEnd:close.action") }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await look("day end, closing with a signature");
      await page.keyboard.press("Escape");
      await goTo(page, "#/print/day/1");
      await expect(page.locator("[data-print-ready]")).toBeVisible();
      await look("day end on A4");

      for (const section of ["appearance", "shop", "receipt", "printer", "people", "catalogue"]) {
        await goTo(page, `#/settings/${section}`);
        const name = word(`settings:sections.${section}`);
        await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
        await look(`settings, ${section}`);
      }
      await page.locator("input[type=file]").setInputFiles({
        name: "errors.csv",
        mimeType: "text/csv",
        buffer: Buffer.from("条码,品名,售价\n6921168038770,水,2.00\n6921168038771,,两块\n"),
      });
      await expect(
        page.getByRole("button", { name: word("catalogue:import.notYet") }),
      ).toBeVisible();
      await look("import, with errors");

      const printer = { kind: "practice" } as const;
      await world.ask("settings.change", { patch: { printer }, pin: MANAGER_PIN });
      await goTo(page, "#/settings/printer");
      await page.getByRole("button", { name: word("settings:printer.openPractice") }).click();
      await expect(page.getByRole("heading", { name: word("practice:faults") })).toBeVisible();
      await look("practice printer");
      await page
        .getByRole("dialog")
        .getByRole("button", { name: word("common:close") })
        .click();
      await page.getByRole("button", { name: word("settings:printer.test.action") }).click();
      await expect(page.getByText(word("settings:printer.test.id"))).toBeVisible({
        timeout: 30_000,
      });
      await look("settings, a tested printer");
    });
  });

test("sell, pay, find and print again without a mouse", async ({ page, world }) => {
  await world.setUp();
  await ready(page, world);
  const product = await productFor(world, "nfsq");
  const { keyboard } = page;
  await keyboard.type("nfsq");
  await expect(page.getByRole("button", { name: new RegExp(product.nameZh) })).toBeVisible();
  await keyboard.press("Enter");
  await expect(strip(page)).toContainText(product.nameZh.slice(0, 6));
  await keyboard.type("3");
  await keyboard.press("*");
  await expect(strip(page)).toContainText("3");
  await keyboard.press("Enter");
  const pay = page.getByRole("dialog", { name: "收款" });
  await expect(pay).toBeVisible();
  await expect(pay.getByLabel("实收")).toBeFocused();
  await keyboard.type("50");
  await keyboard.press("Enter");
  await expectState(world, 1, "printed");
  const { tenders, changeMinor } = await world.ask("history.sale", { saleId: 1 });
  expect(tenders).toMatchObject([{ method: "cash", amountMinor: 5000 }]);
  expect(changeMinor).toBe(5000 - 3 * product.priceMinor);

  await keyboard.press("Alt+2");
  const pane = page.getByRole("region", { name: "小票 1", exact: true });
  await expect(pane).toBeVisible();
  await keyboard.press("F2");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await keyboard.type("1");
  await expect(pane).toBeVisible();
  await keyboard.press("F9");
  await expect.poll(() => papersOf(world, 1).length).toBe(2);
  await expect(pane.getByRole("list", { name: "来龙去脉" })).toContainText("重打 REPRINT 1");

  // Wherever Tab goes, it is seen.
  for (let step = 0; step < 12; step += 1) {
    await keyboard.press("Tab");
    const look = await page.evaluate(async () => {
      // With reduced motion the ring grows in a hundredth of a millisecond, but not before the next frame.
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
      const { activeElement } = document;
      if (!activeElement || activeElement === document.body) return "the page itself";
      const inside = [...activeElement.querySelectorAll("*")];
      const marked = [
        activeElement,
        activeElement.closest("label"),
        activeElement.parentElement,
        ...inside,
      ];
      const isSeen = marked.some((element) => {
        if (!element) return false;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
      });
      return isSeen ? "seen" : activeElement.outerHTML.slice(0, 200);
    });
    expect.soft(look, `after ${step + 1} tabs`).toMatch(/^seen$|^the page itself$/);
  }
  await keyboard.press("Alt+1");
  await expect(strip(page)).toBeVisible();
});
