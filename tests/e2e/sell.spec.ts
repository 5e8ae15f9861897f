import type { Page } from "@playwright/test";
import {
  expectState,
  papersOf,
  productFor,
  reminder,
  scan,
  sellOne,
  strip,
} from "./support/counter.ts";
import { expect, test } from "./support/till.ts";

test.use({ clockFactor: 2 });

test.beforeEach(async ({ page, world }) => {
  await world.setUp();
  await expect(strip(page)).toBeVisible();
});

/** Counts every key that goes down in the page from here on. */
async function countKeys(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counter = globalThis as unknown as { keysPressed?: number };
    if (counter.keysPressed === undefined)
      window.addEventListener(
        "keydown",
        () => (counter.keysPressed = (counter.keysPressed ?? 0) + 1),
        { capture: true },
      );
    counter.keysPressed = 0;
  });
  return () => page.evaluate(() => (globalThis as unknown as { keysPressed: number }).keysPressed);
}

const total = (page: Page) => strip(page).locator("[data-total]");

test.describe("scanner", () => {
  test("adds an item wherever the focus is, and the same code again adds to it", async ({
    page,
    world,
  }) => {
    const product = await productFor(world, "nfsq");
    await scan(page, product.code);
    await expect(total(page)).toContainText("2.00");
    await page.getByRole("radio", { name: "饮料", exact: true }).focus();
    await scan(page, product.code);
    await expect(total(page)).toContainText("4.00");
    await expect(page.getByRole("textbox", { name: "商品、数量或金额" })).toHaveValue("");
  });

  test("with a Chinese input method on: keys come as 229 and still make a code", async ({
    page,
    world,
  }) => {
    const product = await productFor(world, "nfsq");
    const cdp = await page.context().newCDPSession(page);
    let atMs = Date.now();
    for (const character of [...product.code, "Enter"]) {
      const code = character === "Enter" ? "Enter" : `Digit${character}`;
      await cdp.send("Input.dispatchKeyEvent", {
        type: "rawKeyDown",
        key: "Process",
        code,
        windowsVirtualKeyCode: 229,
        timestamp: atMs / 1000,
      });
      await cdp.send("Input.dispatchKeyEvent", {
        type: "keyUp",
        key: "Process",
        code,
        timestamp: atMs / 1000,
      });
      atMs += 9;
    }
    await expect(strip(page)).toContainText(product.nameZh.slice(0, 4));
    await expect(total(page)).toContainText("2.00");
  });

  test("with a dialog open: presses nothing, is kept and added afterwards", async ({
    page,
    world,
  }) => {
    const first = await productFor(world, "nfsq");
    const second = await productFor(world, "kkkl");
    await scan(page, first.code);
    await expect(total(page)).toContainText("2.00");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeVisible();
    await scan(page, second.code);
    expect((await world.ask("status.get", {})).newestSaleId).toBe(0);
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(strip(page)).toContainText(second.nameZh.slice(0, 4));
  });

  test("an unknown code says so and can be sold by price", async ({ page }) => {
    await scan(page, "6999999999994");
    await expect(page.getByRole("alert")).toContainText("6999999999994");
    await page.keyboard.type("3.5", { delay: 120 });
    await page.keyboard.press("F3");
    await expect(total(page)).toContainText("3.50");
  });

  test("a customer's payment code never becomes a product and never stays on screen", async ({
    page,
    world,
  }) => {
    const product = await productFor(world, "nfsq");
    await scan(page, product.code);
    await expect(total(page)).toContainText("2.00");
    const paymentCode = "134567890123456789";
    await scan(page, paymentCode);
    await expect(page.getByRole("dialog")).toContainText("微信");
    expect(await page.content()).not.toContain(paymentCode);
    expect(JSON.stringify(await world.ask("basket.get", {}))).not.toContain(paymentCode);
  });
});

test.describe("search", () => {
  for (const [how, query, found] of [
    ["name", "可口可乐", "可口可乐"],
    ["pinyin initials", "kkkl", "可口可乐"],
    ["whole pinyin", "nongfu", "农夫山泉"],
    ["English", "spring", "农夫山泉"],
  ] as const)
    test(`by ${how}`, async ({ page }) => {
      await page.keyboard.press("F2");
      await page.keyboard.type(query, { delay: 90 });
      await expect(
        page.getByRole("list", { name: "商品" }).getByRole("button").first(),
      ).toContainText(found);
      await page.keyboard.press("Enter");
      await expect(strip(page)).toContainText(found);
    });

  test("by the last digits of a barcode", async ({ page, world }) => {
    const product = await productFor(world, "kkkl");
    await page.keyboard.press("F2");
    await page.keyboard.type(product.code.slice(-5), { delay: 90 });
    await expect(page.getByRole("list", { name: "商品" })).toContainText(
      product.nameZh.slice(0, 4),
    );
  });
});

test.describe("keystroke budgets", () => {
  test.beforeEach(async ({ page, world }) => {
    await scan(page, (await productFor(world, "nfsq")).code);
    await expect(total(page)).toContainText("2.00");
  });

  test("exact cash: 1", async ({ page, world }) => {
    const keys = await countKeys(page);
    await page.keyboard.press("F12");
    await expectState(world, 1, "printed");
    expect(await keys()).toBe(1);
  });

  test("cash with 50 tendered: 3", async ({ page, world }) => {
    const keys = await countKeys(page);
    for (const key of ["5", "0", "F12"]) await page.keyboard.press(key, { delay: 60 });
    await expectState(world, 1, "printed");
    expect(await keys()).toBe(3);
    await expect(total(page)).toContainText("48.00");
    expect((await world.ask("history.sale", { saleId: 1 })).changeMinor).toBe(4800);
  });

  test("quantity 12 of the last line: 3", async ({ page }) => {
    const keys = await countKeys(page);
    for (const key of ["1", "2", "NumpadMultiply"]) await page.keyboard.press(key, { delay: 60 });
    await expect(total(page)).toContainText("24.00");
    expect(await keys()).toBe(3);
  });

  test("WeChat: 2, and 4 more for the last digits of the reference", async ({ page, world }) => {
    const keys = await countKeys(page);
    await page.keyboard.press("F6");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Enter");
    await expectState(world, 1, "printed");
    // The page hears of the end of the sale later than the books do.
    await expect(page.getByRole("dialog")).toBeHidden();
    expect(await keys()).toBe(2);
    const next = await productFor(world, "nfsq");
    await scan(page, next.code);
    // The total of the sale before is the same.
    await expect(strip(page)).toContainText(next.nameZh.slice(0, 4));
    const more = await countKeys(page);
    await page.keyboard.press("F6");
    await expect(page.getByRole("dialog")).toBeVisible();
    for (const digit of "7788") await page.keyboard.press(digit, { delay: 60 });
    await page.keyboard.press("Enter");
    await expectState(world, 2, "printed");
    expect(await more()).toBe(6);
    const { tenders } = await world.ask("history.sale", { saleId: 2 });
    expect(tenders).toEqual([{ method: "wechat", amountMinor: 200, reference: "7788" }]);
  });

  test("item without a known price: at most 5", async ({ page }) => {
    const keys = await countKeys(page);
    for (const key of ["4", ".", "5", "F3"]) await page.keyboard.press(key, { delay: 60 });
    await expect(total(page)).toContainText("6.50");
    expect(await keys()).toBeLessThanOrEqual(5);
  });

  test("remove the line: 1", async ({ page }) => {
    const keys = await countKeys(page);
    await page.keyboard.press("Delete");
    await expect(total(page)).toContainText("0.00");
    expect(await keys()).toBe(1);
  });
});

test("reprint of the last receipt: 1, and its key names it first", async ({ page, world }) => {
  const saleId = await sellOne(page, world);
  await expectState(world, saleId, "printed");
  await expect(page.getByRole("button", { name: /补打 1 · ¥2\.00/ })).toBeVisible();
  const keys = await countKeys(page);
  await page.keyboard.press("F9");
  await expect
    .poll(() => papersOf(world, saleId).map(({ marked }) => marked))
    .toEqual([false, true]);
  expect(await keys()).toBe(1);
});

test("settling an unprinted receipt by printing: 1 key; any other exit: 3 or more", async ({
  page,
  world,
}) => {
  await expect.poll(async () => (await world.ask("status.get", {})).printer.state).toBe("ready");
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "failed");
  const keys = await countKeys(page);
  await page.keyboard.press("F9");
  await expect
    .poll(async () => (await world.ask("history.sale", { saleId })).trail.length)
    .toBeGreaterThan(2);
  expect(await keys()).toBe(1);
});

test("the receipt has what was on the strip, in both languages of the goods", async ({
  page,
  world,
}) => {
  const saleId = await sellOne(page, world, "kkkl");
  await expectState(world, saleId, "printed");
  const product = await productFor(world, "kkkl");
  const text = world.printer.paper
    .slips()
    .map((slip) => slip.text())
    .join("\n");
  expect(text).toContain(product.nameZh);
  expect(papersOf(world, saleId)).toMatchObject([
    { saleId, marked: false, whole: true, totalMinor: product.priceMinor },
  ]);
});

test("two languages at run time: the screens change, nothing is lost", async ({ page, world }) => {
  await scan(page, (await productFor(world, "nfsq")).code);
  await expect(total(page)).toContainText("2.00");
  await world.ask("settings.appearance", { locale: "en" });
  await expect(page.getByRole("link", { name: /History/ })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(total(page)).toContainText("2.00");
  await world.ask("settings.appearance", { locale: "zh-CN" });
  await expect(page.getByRole("link", { name: /历史/ })).toBeVisible();
});
