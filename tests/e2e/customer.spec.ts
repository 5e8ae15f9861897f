import type { Page } from "@playwright/test";
import { audit } from "./support/audit.ts";
import { productFor, scan, strip } from "./support/counter.ts";
import { goTo } from "./support/screen.ts";
import { MANAGER_PIN } from "./support/shop.ts";
import { expect, test } from "./support/till.ts";
import type { World } from "./support/world.ts";

/** Electron opens this window by itself, where a second display is; its unit tests see that it does. */
test.skip(({ shell }) => shell === "electron", "needs a second display");

/** The customers' window, as the owner opens it. */
async function openCustomerWindow(page: Page): Promise<Page> {
  await goTo(page, "#/settings/device");
  await page.getByText("给顾客看的屏幕").click();
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.getByRole("dialog").getByLabel("店长密码").fill(MANAGER_PIN);
  await page.keyboard.press("Enter");
  const key = page.getByRole("button", { name: "打开客显窗口" });
  await expect(key).toBeEnabled();
  const [popup] = await Promise.all([page.waitForEvent("popup"), key.click()]);
  await goTo(page, "#/sell");
  return popup;
}

async function change(world: World, patch: Parameters<typeof settingsPatch>[0]): Promise<void> {
  await world.ask("settings.change", { patch: settingsPatch(patch), pin: MANAGER_PIN });
}

function settingsPatch(patch: { customerDisplay?: boolean; receiptLocale?: "zh-CN" | "en" }) {
  return patch;
}

test("the customers' screen follows the sale, and shows nothing else", async ({ page, world }) => {
  await world.setUp();
  await expect(strip(page)).toBeVisible();
  const customer = await openCustomerWindow(page);
  const screen = customer.getByRole("main");
  await expect(screen).toHaveAttribute("data-phase", "idle");
  await expect(screen).toContainText("永安便利店");
  await audit(customer, "customers: idle");

  const product = await productFor(world, "nfsq");
  await scan(page, product.code);
  await expect(screen).toHaveAttribute("data-phase", "basket");
  await expect(customer.getByRole("listitem").first()).toContainText(product.nameZh);
  await expect(screen).toContainText((product.priceMinor / 100).toFixed(2).split(".")[0] ?? "");
  await audit(customer, "customers: basket");

  await page.keyboard.type("50");
  await page.keyboard.press("F12");
  await expect(screen).toHaveAttribute("data-phase", "paid");
  await expect(screen).toContainText("谢谢惠顾");
  const changeText = ((5000 - product.priceMinor) / 100).toFixed(2);
  await expect(screen).toContainText(`找零¥${changeText}`);
  await audit(customer, "customers: paid");
  // Names of people never get there, whatever the shop is called.
  expect(await screen.textContent()).not.toMatch(/李雷|Han Mei/);

  await world.kill9();
  await expect(screen).toHaveAttribute("data-phase", "off");
  await world.restart();
});

test("the customers' screen in English, and off at once when the owner says so", async ({
  page,
  world,
}) => {
  await world.setUp({ customerDisplay: true, theme: "dark" });
  await expect(strip(page)).toBeVisible();
  const customer = await page.context().newPage();
  await customer.goto(new URL("/customer.html", page.url()).href);
  const screen = customer.getByRole("main");
  await expect(screen).toContainText("欢迎光临");
  await change(world, { receiptLocale: "en" });
  await expect(screen).toContainText("Welcome");
  await expect(customer.locator("html")).toHaveAttribute("lang", "en");
  await expect(customer.locator("html")).toHaveAttribute("data-theme", "dark");
  const product = await productFor(world, "nfsq");
  await scan(page, product.code);
  await expect(screen).toContainText("1 item");
  await audit(customer, "customers: basket, English, dark");
  await change(world, { customerDisplay: false });
  await expect(screen).toHaveAttribute("data-phase", "off");
  expect((await screen.textContent()) ?? "").toBe("");
});
