import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { appDir } from "../../main/shells/app-paths.ts";
import { productFor, strip } from "./support/counter.ts";
import { at, keysOf, press, type Key } from "./support/keys.ts";
import { MANAGER_PIN } from "./support/shop.ts";
import { expect, test } from "./support/till.ts";
import type { World } from "./support/world.ts";

test.use({ clockFactor: 2 });
// Several lists are brought in, and every scan is waited for.

const total = (page: Page) => strip(page).locator("[data-total]");
const entry = (page: Page) => page.getByRole("textbox", { name: "商品、数量或金额" });
const ENTER: Key = { key: "Enter", code: "Enter" };

/** Brings a list of the cases from the field in. */
async function bring(world: World, fileName: string): Promise<void> {
  const bytes = readFileSync(join(appDir(), "tests", "cases", fileName)).toString("base64");
  const file = { fileName, bytes, mapping: null };
  await world.ask("catalogue.import", {
    requestId: crypto.randomUUID(),
    ...file,
    pin: MANAGER_PIN,
  });
}

/** The basket as the till keeps it: code, quantity and what the line costs when a label says so. */
async function basket(world: World): Promise<string[]> {
  const { basket: kept } = await world.ask("basket.get", {});
  return kept.lines.map(({ code, quantityMilli, labelMinor }) =>
    [code, quantityMilli, ...(labelMinor === undefined ? [] : [labelMinor])].join(" "),
  );
}

const expectBasket = (world: World, lines: string[]) =>
  expect.poll(() => basket(world)).toEqual(lines);

const salesOf = async (world: World) => (await world.ask("status.get", {})).newestSaleId;

test.beforeEach(async ({ page, world }) => {
  await world.setUp();
  await expect(strip(page)).toBeVisible();
});

test.describe("a key nobody pressed on purpose", () => {
  test("Enter that repeats opens the payment and finishes none (key-stuck-enter.txt)", async ({
    page,
    world,
  }) => {
    await bring(world, "sep-line.csv");
    await press(page, at([...keysOf("6909999000326"), ENTER], 9));
    await expectBasket(world, ["6909999000326 1000"]);
    await press(page, [
      { ...ENTER, atMs: 3000, isHeld: true },
      ...Array.from({ length: 60 }, (_, n) => ({
        ...ENTER,
        atMs: 3500 + n * 33,
        isRepeat: true,
        isHeld: true,
      })),
    ]);
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await salesOf(world)).toBe(0);
    // Pressed again, it pays.
    await press(page, [{ ...ENTER, atMs: 6000 }]);
    await expect.poll(() => salesOf(world)).toBe(1);
  });

  test("a digit that repeats fills no amount", async ({ page, world }) => {
    const { code } = await productFor(world, "nfsq");
    await press(page, at([...keysOf(code), ENTER], 9));
    await expect(total(page)).toContainText("2.00");
    const nine = { key: "9", code: "Digit9" };
    const held = Array.from({ length: 20 }, (_, n) => ({
      ...nine,
      atMs: 3000 + n * 33,
      isRepeat: n > 0,
      isHeld: true,
    }));
    await press(page, held);
    await expect(entry(page)).toHaveValue("9");
  });

  test("an Enter that bounces is one", async ({ page, world }) => {
    const { code } = await productFor(world, "nfsq");
    await press(page, at([...keysOf(code), ENTER], 9));
    await expect(total(page)).toContainText("2.00");
    await press(page, at([ENTER, ENTER], 12, 3000));
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await salesOf(world)).toBe(0);
  });
});

test.describe("a scanner in the pay dialog fills and finishes nothing", () => {
  const ways: Record<string, (code: string) => ReturnType<typeof at>> = {
    "short and fast": () => at([...keysOf("00301"), ENTER], 9, 3000),
    slow: (code) => at([...keysOf(code), ENTER], 90, 3000),
    split: (code) => [
      ...at(keysOf(code.slice(0, 7)), 9, 3000),
      ...at([...keysOf(code.slice(7)), ENTER], 9, 3500),
    ],
    "without Enter": (code) => at(keysOf(code), 9, 3000),
    "with its Enter late": (code) => [
      ...at(keysOf(code), 9, 3000),
      { ...ENTER, atMs: 3000 + code.length * 9 + 400 },
    ],
  };
  for (const [way, keys] of Object.entries(ways))
    test(way, async ({ page, world }) => {
      const { code } = await productFor(world, "nfsq");
      await press(page, at([...keysOf(code), ENTER], 9));
      await expect(total(page)).toContainText("2.00");
      await press(page, [{ ...ENTER, atMs: 2000 }]);
      const dialog = page.getByRole("dialog");
      await expect(dialog).toBeVisible();
      await press(page, keys(code));
      await expect(page.getByText("已扫 1 件").first()).toBeVisible();
      await expect(dialog.getByRole("textbox").first()).toHaveValue("");
      await expect(dialog).toBeVisible();
      expect(await salesOf(world)).toBe(0);
    });
});

test.describe("what a scanner sends", () => {
  test("no suffix: each code ends by itself (scan-no-suffix.txt)", async ({ page, world }) => {
    await bring(world, "weigh-goods.csv");
    await bring(world, "sep-line.csv");
    await press(page, at(keysOf("6909999000401"), 9));
    await expectBasket(
      world,
      ["6909999000401 1000"].map((line) => line.replace(/^\d+/, "26")),
    );
    await press(page, at(keysOf("6909999000326"), 9, 1500));
    await expectBasket(world, ["26 1000", "6909999000326 1000"]);
    await expect(entry(page)).toHaveValue("");
    await expect(page.getByRole("dialog")).toBeHidden();
  });

  test("German and French keyboards: the letters that are typed count (scan-layout-de.txt)", async ({
    page,
    world,
  }) => {
    await bring(world, "sku-yz.csv");
    await bring(world, "sku-letters.csv");
    const german = keysOf("SKZ1000").map((key) =>
      key.key === "Z" ? { ...key, code: "KeyY" } : key,
    );
    await press(page, at([...german, ENTER], 9));
    await expectBasket(world, ["SKZ1000 1000"]);
    const minus = keysOf("AZ-100").map((key) =>
      key.key === "-"
        ? { ...key, code: "Slash" }
        : key.key === "Z"
          ? { ...key, code: "KeyY" }
          : key,
    );
    await press(page, at([...minus, ENTER], 9, 2000));
    await expectBasket(world, ["SKZ1000 1000", "AZ-100 1000"]);
    const codes: Record<string, string> = { A: "KeyQ", Z: "KeyW", "-": "Digit6" };
    const french = keysOf("ZA-200").map((key) => ({ ...key, code: codes[key.key] ?? key.code }));
    await press(page, at([...french, ENTER], 9, 4000));
    await expectBasket(world, ["SKZ1000 1000", "AZ-100 1000", "ZA-200 1000"]);
    expect(await salesOf(world)).toBe(0);
  });

  test("GS1 with its separator as a control key, a function key, or an Alt code", async ({
    page,
    world,
  }) => {
    const { code } = await productFor(world, "nfsq");
    const head = keysOf(`01${code.padStart(14, "0")}10LOT7`);
    const tail = [...keysOf("17271231"), ENTER];
    const separators: Key[] = [
      { key: "]", code: "BracketRight", modifiers: 2 },
      { key: "F8", code: "F8" },
    ];
    for (const [index, separator] of separators.entries()) {
      await press(page, at([...head, separator, ...tail], 9, index * 2000));
      await expectBasket(world, [`${code} ${(index + 1) * 1000}`]);
    }
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(entry(page)).toHaveValue("");
  });

  test("cases from the field: AIM, Digital Link, GTIN lengths, scale labels, capitals", async ({
    page,
    world,
  }) => {
    for (const list of ["weigh-goods.csv", "upc12.csv", "ean13-zero.csv", "case-mix.csv"])
      await bring(world, list);
    const cases: [scanned: string, line: string][] = [
      ["]E06909999000401", "26 1000"],
      ["0071999900022", "071999900022 1000"],
      ["071999900039", "0071999900039 1000"],
      ["2100301003507", "00301 98 350"],
      ["ab-100", "ab-100 1000"],
      ["AB-100", "AB-100 1000"],
      ["06909999000401", "26 2000"],
    ];
    let startMs = 0;
    for (const [scanned, line] of cases) {
      await press(page, at([...keysOf(scanned), ENTER], 9, (startMs += 2000)));
      await expect.poll(() => basket(world)).toContain(line);
    }
    await expect(entry(page)).toHaveValue("");
  });

  test("a scale label with a wrong check digit is offered, not sold; nothing unknown goes unseen", async ({
    page,
    world,
  }) => {
    await bring(world, "weigh-goods.csv");
    await press(page, at([...keysOf("2100301003501"), ENTER], 9));
    await press(page, at([...keysOf("6999999999994"), ENTER], 9, 2000));
    const label = page.getByRole("alert").filter({ hasText: "2100301003501" });
    const unknown = page.getByRole("alert").filter({ hasText: "6999999999994" });
    await expect(label).toContainText("和标签对一下");
    await expect(unknown).toBeVisible();
    expect(await basket(world)).toEqual([]);
    await press(page, at([...keysOf("6909999000401"), ENTER], 9, 4000));
    await expectBasket(world, ["26 1000"]);
    await expect(label).toBeVisible();
    await page.keyboard.press("F3");
    await expectBasket(world, ["26 1000", "00301 98 350"]);
    await expect(total(page)).toContainText("3.80");
    await expect(label).toBeHidden();
    await page.keyboard.press("Escape");
    await expect(unknown).toBeHidden();
  });
});

test("a till that does not answer makes no product unknown: the scan is kept and added later", async ({
  page,
  world,
}) => {
  const { code } = await productFor(world, "nfsq");
  let isSilent = true;
  await page.route("**/call/catalogue.find", async (route) => {
    if (isSilent) await route.abort();
    else await route.continue();
  });
  await press(page, at([...keysOf(code), ENTER], 9));
  const notice = page.getByRole("alert").filter({ hasText: "收银台没有回应" });
  await expect(notice).toContainText("1 个还没加上");
  await expect(page.getByText("没有这个条码")).toBeHidden();
  isSilent = false;
  await expectBasket(world, [`${code} 1000`]);
  await expect(notice).toBeHidden();
});

test("a shelf that can't be read does not say that there are no products", async ({ page }) => {
  await page.route("**/call/catalogue.search", (route) =>
    route.fulfill({ json: { ok: false, refusal: { code: "INTERNAL", details: {} } } }),
  );
  await page.keyboard.press("F2");
  await page.keyboard.type("kkkl", { delay: 90 });
  await expect(page.getByText("现在查不到商品")).toBeVisible();
  await expect(page.getByText("没有找到")).toBeHidden();
});

test("the scanner page learns suffix and pace, keeps them for this PC, and sells nothing", async ({
  page,
  world,
}) => {
  await page.goto(`${page.url().split("#")[0]}#/settings/scanner`);
  await page.getByRole("textbox", { name: "试扫" }).click();
  await press(page, at(keysOf("YZ-QAWM-105"), 20));
  await expect(page.getByText("扫得对。")).toBeVisible();
  await expect(page.getByText("码后面什么都不带")).toBeVisible();
  await expect
    .poll(async () => (await world.ask("settings.get", {})).scanner)
    .toEqual({ layout: "keyboard", suffix: "none", paceMs: 20 });
  expect(await basket(world)).toEqual([]);
  expect(page.url()).toContain("#/settings/scanner");
});

test("a cashier's quantity counts however soon Enter or the next digit follows", async ({
  page,
  world,
}) => {
  const { code } = await productFor(world, "nfsq");
  await press(page, at([...keysOf(code), ENTER], 9));
  await expect(total(page)).toContainText("2.00");
  await press(
    page,
    at([{ key: "3", code: "Digit3" }, { key: "*", code: "NumpadMultiply" }, ENTER], 110, 3000),
  );
  await expect(page.getByRole("dialog")).toContainText("6.00");
  await expectBasket(world, [`${code} 3000`]);
  await expect(page.getByRole("alert")).toBeHidden();
});
