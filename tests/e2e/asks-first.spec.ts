import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { appDir } from "../../main/shells/app-paths.ts";
import { productFor, scan, strip } from "./support/counter.ts";
import { expect, test } from "./support/till.ts";
import type { World } from "./support/world.ts";

const total = (page: Page) => strip(page).locator("[data-total]");
const entry = (page: Page) => page.getByRole("textbox", { name: "商品、数量或金额" });
const newest = async (world: World) => (await world.ask("status.get", {})).newestSaleId;

/** Types as a person does, too slow for a scanner. */
async function type(page: Page, text: string): Promise<void> {
  await entry(page).focus();
  await page.keyboard.type(text, { delay: 60 });
}

test.beforeEach(async ({ page, world }) => {
  await world.setUp();
  await expect(strip(page)).toBeVisible();
});

test.describe("what can't be done is said, and what was typed stays", () => {
  test("a discount larger than the line (case from the field)", async ({ page }) => {
    const steps = readFileSync(join(appDir(), "tests", "cases", "discount-too-large.txt"), "utf8");
    expect(steps).toContain("2.00 F3");
    await type(page, "2.00");
    await page.keyboard.press("F3");
    await expect(total(page)).toContainText("2.00");
    await type(page, "5.00");
    await page.keyboard.press("NumpadDivide");
    await expect(page.getByText("减价比这一行的金额还大")).toBeVisible();
    await expect(entry(page)).toHaveValue("5.00");
    await expect(total(page)).toContainText("2.00");
  });

  test("a discount that no longer fits, and a quantity that is too large", async ({ page }) => {
    await type(page, "2.00");
    await page.keyboard.press("F3");
    await type(page, "3");
    await page.keyboard.press("NumpadMultiply");
    await expect(total(page)).toContainText("6.00");
    await type(page, "5.00");
    await page.keyboard.press("NumpadDivide");
    await expect(total(page)).toContainText("1.00");
    await type(page, "1");
    await page.keyboard.press("NumpadMultiply");
    await expect(page.getByText("这一行的减价就比金额大了")).toBeVisible();
    await expect(entry(page)).toHaveValue("1");
    await page.keyboard.press("Escape");
    await type(page, "100001");
    await page.keyboard.press("NumpadMultiply");
    await expect(page.getByText("数量太大，最多 100000")).toBeVisible();
    await expect(entry(page)).toHaveValue("100001");
    await expect(total(page)).toContainText("1.00");
  });

  test("the 501st line: the product that is not in the basket is named until it is let go", async ({
    page,
    world,
  }) => {
    const product = await productFor(world, "nfsq");
    const lines = Array.from({ length: 500 }, (_, index) => ({
      code: `own-${index}`,
      nameZh: `货 ${index}`,
      nameEn: "",
      unit: "",
      priceMinor: 100,
      quantityMilli: 1000,
      discountMinor: 0,
      taxRateBp: null,
    }));
    await world.ask("basket.keep", { basket: { lines, discountMinor: 0 } });
    await page.reload();
    await expect(total(page)).toContainText("500.00");
    await scan(page, product.code);
    const notice = page.getByRole("alert").filter({ hasText: product.nameZh });
    await expect(notice).toContainText("没有加入");
    await expect(notice).toContainText("500 行");
    await page.keyboard.press("Escape");
    await expect(notice).toBeHidden();
  });
});

test.describe("what can hardly be meant is asked first", () => {
  const question = (page: Page) => page.getByRole("dialog", { name: "先看一眼" });

  test("cash many times the total: Enter goes back, only a key of its own completes", async ({
    page,
    world,
  }) => {
    await scan(page, (await productFor(world, "nfsq")).code);
    await expect(total(page)).toContainText("2.00");
    await type(page, "2000");
    await page.keyboard.press("F12");
    await expect(question(page)).toContainText("1,998.00");
    await page.keyboard.press("Enter");
    await expect(question(page)).toBeHidden();
    expect(await newest(world)).toBe(0);
    await expect(entry(page)).toHaveValue("2000");
    await page.keyboard.press("F12");
    await expect(question(page)).toBeVisible();
    await page.keyboard.press("F10");
    await expect(total(page)).toContainText("1,998.00");
    expect(await newest(world)).toBe(1);
  });

  test("in the pay dialog, too, which stays open", async ({ page, world }) => {
    await scan(page, (await productFor(world, "nfsq")).code);
    await expect(total(page)).toContainText("2.00");
    await page.keyboard.press("Enter");
    const pay = page.getByRole("dialog", { name: "收款" });
    await pay.getByLabel("实收").fill("350");
    await page.keyboard.press("Enter");
    await expect(question(page)).toContainText("348.00");
    await page.keyboard.press("Escape");
    await expect(question(page)).toBeHidden();
    await expect(pay.getByLabel("实收")).toHaveValue("350");
    expect(await newest(world)).toBe(0);
    await pay.getByLabel("实收").fill("100");
    await page.keyboard.press("Enter");
    await expect(pay).toBeHidden();
    expect((await world.ask("history.sale", { saleId: 1 })).changeMinor).toBe(9800);
  });

  test("0.001 of a bottle that comes to nothing", async ({ page, world }) => {
    const { code, nameZh } = await productFor(world, "nfsq");
    await scan(page, code);
    await expect(total(page)).toContainText("2.00");
    await type(page, "0.001");
    await page.keyboard.press("NumpadMultiply");
    await expect(total(page)).toContainText("0.00");
    await page.keyboard.press("F12");
    await expect(question(page)).toContainText(nameZh);
    await page.keyboard.press("Escape");
    await expect(question(page)).toBeHidden();
    expect(await newest(world)).toBe(0);
  });
});
