import type { Page } from "@playwright/test";
import { choose, goTo } from "./support/screen.ts";
import { papersOf, productFor, scan, strip } from "./support/counter.ts";
import { MANAGER_PIN, testShop } from "./support/shop.ts";
import { expect, test } from "./support/till.ts";

/** From an empty folder to the first receipt, by hand: nothing is set up behind the screen. */
const next = (page: Page) => page.getByRole("button", { name: "下一步" }).click();
const open = (page: Page) => page.getByRole("button", { name: "开始卖货" }).click();

test.use({ firstStart: true });

test("three steps, the practice printer, and the first item sold is on its paper", async ({
  page,
  world,
}) => {
  await expect(page.getByRole("heading", { level: 1 })).toContainText("票不漏");
  const preview = page.getByRole("complementary", { name: "小票预览" });
  await page.getByLabel("店名").fill("永安便利店");
  await expect(preview).toContainText("永安便利店");
  await next(page);
  await expect(page.getByRole("radio", { name: /练习打印机/ })).toBeChecked();
  await next(page);
  await page.getByLabel("收银员姓名").fill("李雷，韩梅梅");
  await page.getByLabel("店长密码").fill(MANAGER_PIN);
  await expect(preview).toContainText("李雷");
  await open(page);
  await expect(strip(page)).toBeVisible();

  const product = await productFor(world, "nfsq");
  await scan(page, product.code);
  await expect(strip(page)).toContainText(product.nameZh.slice(0, 6));
  await page.keyboard.press("F12");
  await expect
    .poll(async () => {
      const { slips } = await world.ask("practice.paper", { slips: 1 });
      return slips[0]?.text ?? "";
    })
    .toContain("小票完");
  const { slips } = await world.ask("practice.paper", { slips: 1 });
  expect(slips[0]?.text).toContain(product.nameZh);
  expect(slips[0]?.text).toContain("永安便利店");
  expect(slips[0]?.text).toContain("李雷");

  await page.getByRole("button", { name: "练习", exact: true }).click();
  const paper = page.getByRole("region", { name: "打出来的纸" });
  await expect(paper.getByRole("img").first()).toHaveAccessibleName(new RegExp(product.nameZh));
});

test("a network printer by its address, and its test slip", async ({ page, world }) => {
  await page.getByLabel("店名").fill("永安便利店");
  await next(page);
  await choose(page, "用哪台打印机？", "网络打印机");
  await page.getByLabel("打印机地址").fill(world.printerAddress.host);
  await page.getByRole("textbox", { name: "端口" }).fill(String(world.printerAddress.port));
  await choose(page, "纸有多宽？", "80 mm");
  await next(page);
  await page.getByLabel("收银员姓名").fill("李雷");
  await page.getByLabel("店长密码").fill(MANAGER_PIN);
  await open(page);
  await expect(strip(page)).toBeVisible();
  expect((await world.ask("settings.get", {})).printer).toEqual(world.printerAddress);

  await goTo(page, "#/settings/printer");
  await page.getByRole("button", { name: "打测试票" }).click();
  await expect(page.getByText("打印机报回了这张票的编号。以后每张小票都能证实。")).toBeVisible();
  await expect.poll(() => world.printer.paper.slips().length).toBe(1);
  expect(world.printer.paper.slips()[0]?.text()).toContain("永安便利店");
  await goTo(page, "#/sell");
  const product = await productFor(world, "nfsq");
  await scan(page, product.code);
  await expect(strip(page)).toContainText(product.nameZh.slice(0, 6));
  await page.keyboard.press("F12");
  await expect.poll(() => papersOf(world, 1)).toMatchObject([{ whole: true, marked: false }]);
});

test("what is missing is said in words, beside its field", async ({ page, world }) => {
  await next(page);
  await expect(page.getByText("请填店名")).toBeVisible();
  await page.getByLabel("店名").fill("永安便利店");
  await next(page);
  await choose(page, "用哪台打印机？", "网络打印机");
  await page.getByLabel("打印机地址").fill("我的 打印机");
  await next(page);
  await expect(page.getByText("请填打印机的地址，例如 192.168.1.87")).toBeVisible();
  await choose(page, "用哪台打印机？", "练习打印机");
  await next(page);
  await page.getByLabel("店长密码").fill("12");
  await open(page);
  await expect(page.getByText("至少填一位收银员")).toBeVisible();
  await expect(page.getByText("店长密码要 4 到 8 位数字")).toBeVisible();
  expect((await world.ask("settings.get", {})).ready).toBe(false);
});

test("is done once: not again after a reload, and not past the screen", async ({ page, world }) => {
  await page.getByLabel("店名").fill("永安便利店");
  await next(page);
  await next(page);
  await page.getByLabel("收银员姓名").fill("李雷");
  await page.getByLabel("店长密码").fill(MANAGER_PIN);
  await open(page);
  await expect(strip(page)).toBeVisible();
  await page.reload();
  await expect(strip(page)).toBeVisible();
  const again = await world.call(
    "settings.setUp",
    testShop({ cashiers: ["别人"], managerPin: "0000" }),
  );
  expect(again).toMatchObject({ ok: false });
  expect((await world.ask("settings.get", {})).cashiers).toEqual(["李雷"]);
  await world.restart();
  await expect(strip(world.page)).toBeVisible();
});

test.describe("on an English system", () => {
  test.use({ locale: "en-GB" });

  test("the screens are English, and change language while running", async ({ page, world }) => {
    const html = page.locator("html");
    await expect(page.getByRole("button", { name: "Next" })).toBeVisible();
    await expect(html).toHaveAttribute("lang", "en");
    await page.getByRole("button", { name: "Next" }).click();
    await expect(page.getByText("Please give the shop a name")).toBeVisible();
    await choose(page, "Language of the screens", "中文");
    await expect(page.getByText("请填店名")).toBeVisible();
    await expect(html).toHaveAttribute("lang", "zh-CN");
    await choose(page, "界面语言", "English");
    await page.getByLabel("Name of the shop").fill("Corner Shop");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByLabel("Names of the cashiers").fill("Ann, Ben");
    await page.getByLabel("Manager’s PIN").fill(MANAGER_PIN);
    await page.getByRole("button", { name: "Start selling" }).click();
    await expect(strip(page)).toBeVisible();
    await expect(page.getByRole("link", { name: "History" })).toBeVisible();
    expect(await world.ask("settings.get", {})).toMatchObject({ locale: "en", currency: "USD" });

    await goTo(page, "#/settings/appearance");
    await page.getByText("简体中文", { exact: true }).click();
    await expect(page.getByRole("link", { name: "历史" })).toBeVisible();
    await expect(html).toHaveAttribute("lang", "zh-CN");
  });
});
