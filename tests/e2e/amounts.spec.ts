import type { Page } from "@playwright/test";
import { strip } from "./support/counter.ts";
import { expect, test } from "./support/till.ts";

test.use({ clockFactor: 2 });

const entry = (page: Page) => page.getByRole("textbox", { name: "商品、数量或金额" });
const total = (page: Page) => strip(page).locator("[data-total]");

/** Types into the entry field as a cashier does, then presses a key of the sell screen. */
async function type(page: Page, text: string, key: string): Promise<void> {
  await entry(page).pressSequentially(text, { delay: 60 });
  await page.keyboard.press(key);
}

test("a shop with a decimal comma: 3,50 is three and a half, and what can mean two things is said", async ({
  page,
  world,
}) => {
  await world.setUp({ currency: "EUR" });
  await expect(strip(page)).toBeVisible();
  await type(page, "3,50", "F3");
  await expect(total(page)).toContainText("3.50");
  await type(page, "0,99", "F3");
  await expect(total(page)).toContainText("4.49");
  // 1.250 here is a thousand and more, or one and a quarter: nothing is sold, and what was typed stays.
  await type(page, "1.250", "F3");
  await expect(page.getByText("1.250 有两种读法")).toBeVisible();
  await expect(entry(page)).toHaveValue("1.250");
  await expect(total(page)).toContainText("4.49");
  await expect(page.getByRole("button", { name: ",", exact: true })).toBeVisible();
});

test("cash handed over in the shop's notation gives the right change", async ({ page, world }) => {
  await world.setUp({ currency: "EUR" });
  await expect(strip(page)).toBeVisible();
  await type(page, "12,5", "F3");
  await expect(total(page)).toContainText("12.50");
  await type(page, "20,00", "F12");
  await expect(page.getByText("7.50").first()).toBeVisible();
  const status = await world.ask("status.get", {});
  expect(status.lastSale?.totalMinor).toBe(1250);
});
