import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import iconv from "iconv-lite";
import { scan, strip } from "./support/counter.ts";
import { goTo, pick } from "./support/screen.ts";
import { MANAGER_PIN } from "./support/shop.ts";
import { expect, test } from "./support/till.ts";
import type { World } from "./support/world.ts";

/** A product list is read as the shop has it, checked before anything happens, and taken whole or not at all. */

test.beforeEach(async ({ page, world }) => {
  await world.setUp({ sampleCatalogue: false });
  await expect(strip(page)).toBeVisible();
  await goTo(page, "#/settings/catalogue");
  await expect(page.getByText("还没有商品。导入一份商品表，或者先用样品。")).toBeVisible();
});

const HEADER = "条码,品名,英文名,售价,单位,分类";
/** Two drinks and a soap, as a wholesaler's table has them. */
const THREE = [
  HEADER,
  "6921168038770,农夫山泉550ml,Nongfu Spring 550 ml,2.00,瓶,饮用水",
  "6921168017881,农夫山泉1.5L,Nongfu Spring 1.5 L,4.00,瓶,饮用水",
  "6921168036370,舒肤佳香皂,Safeguard Soap,5.90,块,个人护理",
].join("\r\n");

async function give(page: Page, name: string, content: string | Buffer) {
  const buffer = typeof content === "string" ? Buffer.from(content) : content;
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer });
}

async function confirmImport(page: Page, count: number) {
  await page.getByRole("button", { name: `导入 ${count} 种商品` }).click();
  const dialog = page.getByRole("dialog", { name: "店长密码" });
  await dialog.getByLabel("店长密码").fill(MANAGER_PIN);
  await dialog.getByRole("button", { name: `导入 ${count} 种商品` }).click();
}

/** New, changed and wrong, as the three counters say it. */
function counters(page: Page): Locator {
  return page.getByRole("listitem").filter({ hasText: /新增|更新|有问题|不导入/ });
}

async function size(world: World): Promise<number> {
  return (await world.ask("status.get", {})).catalogueSize;
}

const encodings: { name: string; file: Buffer; said: RegExp }[] = [
  { name: "UTF-8 with BOM", file: Buffer.from(`\ufeff${THREE}`), said: /编码 UTF-?8/i },
  { name: "UTF-8 without BOM", file: Buffer.from(THREE), said: /编码 UTF-?8/i },
  { name: "GB18030", file: iconv.encode(THREE, "gb18030"), said: /编码 GB18030/i },
];
for (const { name, file, said } of encodings)
  test(`CSV in ${name}: previewed, imported, sold by name`, async ({ page, world }) => {
    await give(page, "商品.csv", file);
    await expect(page.getByText(said)).toBeVisible();
    await expect(page.getByText("3 行")).toBeVisible();
    await expect(counters(page)).toHaveText(["3 新增", "0 更新", "0 行有问题"]);
    await expect(page.getByRole("row", { name: /舒肤佳香皂/ })).toContainText("5.90");
    expect(await size(world)).toBe(0);
    await confirmImport(page, 3);
    await expect(page.getByText("新增 3，更新 0，现在一共 3 种。")).toBeVisible();
    expect(await size(world)).toBe(3);
    const { products } = await world.ask("catalogue.search", { query: "舒肤佳", limit: 5 });
    expect(products).toMatchObject([{ code: "6921168036370", priceMinor: 590, unit: "块" }]);
  });

test("a second list says what is new and what is known already, and the wrong PIN imports nothing", async ({
  page,
  world,
}) => {
  await give(page, "商品.csv", THREE);
  await confirmImport(page, 3);
  await page.getByRole("button", { name: "再导入一份" }).click();
  const second = `${THREE.replace("5.90", "6.20")}\r\n6921168000524,婴儿水1L,Baby Water 1 L,8.50,瓶,饮用水`;
  await give(page, "商品2.csv", second);
  await expect(counters(page)).toHaveText(["1 新增", "3 更新", "0 行有问题"]);
  await page.getByRole("button", { name: "导入 4 种商品" }).click();
  const dialog = page.getByRole("dialog", { name: "店长密码" });
  await dialog.getByLabel("店长密码").fill("0000");
  await dialog.getByRole("button", { name: "导入 4 种商品" }).click();
  await expect(dialog.getByRole("alert")).toContainText("店长密码不对");
  expect(await size(world)).toBe(3);
  await dialog.getByLabel("店长密码").fill(MANAGER_PIN);
  await dialog.getByRole("button", { name: "导入 4 种商品" }).click();
  await expect(page.getByText("新增 1，更新 3，现在一共 4 种。")).toBeVisible();
  const { product } = await world.ask("catalogue.find", { code: "6921168036370" });
  expect(product?.priceMinor).toBe(620);
});

test("columns nobody could guess are chosen by hand", async ({ page, world }) => {
  const strange = ["甲,乙,丙", "6921168038770,矿泉水,2.00", "6921168017881,大瓶水,4.00"].join("\n");
  await give(page, "奇怪.csv", strange);
  await expect(page.getByRole("button", { name: "还不能导入" })).toBeDisabled();
  await expect(page.getByText("先把必须的列选好")).toBeVisible();
  await pick(page, "品名", "乙");
  await pick(page, "售价", "丙");
  await pick(page, "条码", "甲");
  await expect(counters(page)).toHaveText(["2 新增", "0 更新", "0 行有问题"]);
  await expect(page.getByRole("row", { name: /大瓶水/ })).toContainText("4.00");
  // A column serves one field: taking the name's column for the unit leaves the name without one.
  await pick(page, "单位", "乙");
  await expect(page.getByText("先把必须的列选好")).toBeVisible();
  await pick(page, "品名", "乙");
  await confirmImport(page, 2);
  await expect(page.getByText("新增 2，更新 0，现在一共 2 种。")).toBeVisible();
  const { product } = await world.ask("catalogue.find", { code: "6921168017881" });
  expect(product).toMatchObject({ nameZh: "大瓶水", priceMinor: 400 });
});

test("wrong rows: each by its line and in words, and not one row is imported", async ({
  page,
  world,
}) => {
  const wrong = [
    HEADER,
    "6921168038770,农夫山泉550ml,,2.00,瓶,饮用水",
    "6921168017881,农夫山泉1.5L,,两块,瓶,饮用水",
    "6921168036371,香皂,,5.90,块,个人护理",
    "6921168000524,,,8.50,瓶,饮用水",
    "6921168038770,又是它,,2.00,瓶,饮用水",
    "6.92117E+12,科学计数,,3.00,瓶,饮用水",
  ].join("\n");
  await give(page, "有错.csv", wrong);
  await expect(page.getByRole("heading", { name: "5 处有问题" })).toBeVisible();
  const errors = page.getByRole("grid", { name: "5 处有问题" }).getByRole("row");
  for (const [line, words] of [
    [3, "售价读不懂"],
    [4, "条码不对，请照包装核对"],
    [5, "没有品名"],
    [6, "和前面第 2 行的码重复"],
    [7, "条码被表格软件改成了科学计数"],
  ] as const)
    await expect(errors.filter({ hasText: words })).toContainText(new RegExp(`^${line}\\D`));
  await expect(errors.filter({ hasText: "售价读不懂" })).toContainText("两块");
  await expect(page.getByRole("button", { name: "还不能导入" })).toBeDisabled();
  expect(await size(world)).toBe(0);
  // Not past the screen either.
  const reply = await world.call("catalogue.import", {
    requestId: crypto.randomUUID(),
    fileName: "有错.csv",
    bytes: Buffer.from(wrong).toString("base64"),
    mapping: null,
    pin: MANAGER_PIN,
  });
  expect(reply).toMatchObject({ ok: false, refusal: { code: "IMPORT_NOT_ACCEPTED" } });
  expect(await size(world)).toBe(0);
});

const refused: { name: string; file: Buffer; words: RegExp }[] = [
  {
    name: "价格表.xlsx",
    file: Buffer.from("504b0304140006000800000021006", "hex"),
    words: /Excel 或 WPS 的表格文件/,
  },
  { name: "空.csv", file: Buffer.alloc(0), words: /文件是空的/ },
  {
    name: "照片.csv",
    file: Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
    words: /不是文本表格/,
  },
];
for (const { name, file, words } of refused)
  test(`${name} is refused in words, and nothing is imported`, async ({ page, world }) => {
    await give(page, name, file);
    const trouble = page.getByRole("alert");
    await expect(trouble).toContainText(`${name} 读不了`);
    await expect(trouble).toContainText(words);
    await expect(trouble).toContainText("没有导入任何东西");
    expect(await size(world)).toBe(0);
  });

/** A list of a supermarket: `count` products with valid codes of their own. */
function longList(count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const body = `690${String(index).padStart(9, "0")}`;
    const sum = [...body].reduce(
      (total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3),
      0,
    );
    const code = `${body}${(10 - (sum % 10)) % 10}`;
    return `${code},第${index}号商品,Product ${index},${(index % 900) + 1}.50,个,日用百货`;
  });
  return [HEADER, ...rows].join("\n");
}

/** Counts the page's heartbeats; a page that is stuck in one long task has none. */
async function startPulse(page: Page) {
  await page.evaluate(() => {
    const pulse = { longestGapMs: 0, sinceMs: performance.now(), lastMs: performance.now() };
    Object.assign(window, { pulse });
    const beat = () => {
      const nowMs = performance.now();
      pulse.longestGapMs = Math.max(pulse.longestGapMs, nowMs - pulse.lastMs);
      pulse.lastMs = nowMs;
      setTimeout(beat, 5);
    };
    beat();
  });
}

/** The longest time without a heartbeat as a share of the whole time. */
async function longestStall(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { pulse } = window as unknown as {
      pulse: { longestGapMs: number; sinceMs: number; lastMs: number };
    };
    return pulse.longestGapMs / (pulse.lastMs - pulse.sinceMs);
  });
}

/**
 * Presses a digit of the PIN dialog as soon as the import has begun, and tells what the page shows
 * two pictures later: a page that waits for the import would show it only when that is over.
 */
async function digitWhileBusy(page: Page) {
  return page.evaluateHandle(() => {
    const seen = { fieldShows: -1, isImporting: false };
    let wasFilled = false;
    const observer = new MutationObserver(() => {
      const dialog = document.querySelector("[role=dialog]");
      const field = dialog?.querySelector("input");
      if (!dialog || !field) return;
      wasFilled ||= field.value !== "";
      // A PIN that was sent is wiped from its field at once.
      const isSent = wasFilled && field.value === "";
      if (!isSent || !dialog.querySelector("[type=submit]:disabled")) return;
      observer.disconnect();
      const seven = [...dialog.querySelectorAll("button")].find((key) => key.textContent === "7");
      seven?.click();
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          seen.fieldShows = field.value.length;
          seen.isImporting = field.isConnected;
        }),
      );
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    return seen;
  });
}

test("10,000 rows: page and till go on answering all the while", async ({ page, world }) => {
  await startPulse(page);
  await give(page, "一万种.csv", longList(10_000));
  // Answered while the file is being read and checked.
  await page.getByRole("link", { name: /^外观与声音/ }).hover();
  await expect(counters(page)).toHaveText(["10000 新增", "0 更新", "0 行有问题"], {
    timeout: 30_000,
  });
  expect(await longestStall(page)).toBeLessThan(0.5);

  const done = page.getByText("新增 10000，更新 0，现在一共 10000 种。");
  const answer = await digitWhileBusy(page);
  await confirmImport(page, 10_000);
  // The till answers others in between.
  let answered = 0;
  while (!(await done.isVisible())) {
    await world.ask("catalogue.find", { code: "6900000000001" });
    answered += 1;
  }
  expect(answered).toBeGreaterThan(0);
  expect(await answer.jsonValue()).toEqual({ fieldShows: 1, isImporting: true });
  expect(await size(world)).toBe(10_000);
  expect(await longestStall(page)).toBeLessThan(0.5);
  await goTo(page, "#/sell");
  await page.keyboard.type("第9999号");
  await expect(page.getByRole("button", { name: /第9999号商品/ })).toBeVisible();
});

/** A list of the cases from the field. */
function fieldCase(name: string): Buffer {
  return readFileSync(new URL(`../cases/${name}`, import.meta.url));
}

async function addScanned(page: Page, world: World, code: string, lines: number) {
  await scan(page, code);
  await expect
    .poll(async () => (await world.ask("basket.get", {})).basket.lines.length)
    .toBe(lines);
}

test("lines that can't come in are left out on the person's word, counted, and saved for mending", async ({
  page,
  world,
}) => {
  const list = `${THREE}\r\n6921168000524,婴儿水1L,,八块五,瓶,饮用水\r\n合计,,,11.90,,`;
  await give(page, "商品.csv", list);
  await expect(counters(page)).toHaveText(["3 新增", "0 更新", "1 行有问题", "1 行不导入"]);
  await expect(page.getByText("先把有问题的行改好，或者不导入它们")).toBeVisible();
  await page.getByText("不导入这 1 行").click();
  await expect(counters(page)).toHaveText(["3 新增", "0 更新", "2 行不导入"]);
  await confirmImport(page, 3);
  await expect(page.getByText("文件里有 2 行没有导入")).toBeVisible();
  expect(await size(world)).toBe(3);

  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "保存没导入的行" }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe("商品-没导入.csv");
  expect(readFileSync(await file.path(), "utf8")).toBe(
    [
      `\uFEFF行号,没导入的原因,${HEADER}`,
      "5,售价：售价读不懂,6921168000524,婴儿水1L,,八块五,瓶,饮用水",
      "6,合计行,合计,,,11.90,,",
      "",
    ].join("\r\n"),
  );
});

test("a price that can mean two things is asked once, before anything is imported", async ({
  page,
  world,
}) => {
  await give(page, "kilo.csv", fieldCase("decimal-comma-kilo.csv"));
  await expect(page.getByRole("heading", { name: "这些售价是多少？" })).toBeVisible();
  await expect(page.getByText("1,250 = ¥1,250.00")).toBeVisible();
  await expect(page.getByText("先回答上面的问题")).toBeVisible();
  await page.getByRole("button", { name: "点是小数点" }).click();
  await expect(page.getByRole("heading", { name: "这些售价是多少？" })).toBeHidden();
  await confirmImport(page, 2);
  await expect(page.getByText("新增 2，更新 0，现在一共 2 种。")).toBeVisible();
  const { product } = await world.ask("catalogue.find", { code: "6909999000180" });
  expect(product).toMatchObject({ nameZh: "Saffron", priceMinor: 125_000 });
});

test("names that came out wrong are put right by choosing the encoding", async ({
  page,
  world,
}) => {
  await give(page, "carte.csv", fieldCase("cp1252.csv"));
  await expect(page.getByRole("heading", { name: "哪一种写得对？" })).toBeVisible();
  await page.getByRole("button", { name: /Windows-1252（西欧）$/ }).click();
  await expect(page.getByRole("heading", { name: "哪一种写得对？" })).toBeHidden();
  for (const name of ["Crème brûlée", "Müller Käse", "Jalapeño"])
    await expect(page.getByRole("row", { name: new RegExp(name) })).toBeVisible();
  // What the file can't be changes nothing.
  await pick(page, "文字编码", "UTF-8");
  await expect(page.getByText("这个文件不能那样读，还是照原来的")).toBeVisible();
  await expect(page.getByRole("row", { name: /Crème brûlée/ })).toBeVisible();
  await confirmImport(page, 3);
  await expect(page.getByText("新增 3，更新 0，现在一共 3 种。")).toBeVisible();
  const { product } = await world.ask("catalogue.find", { code: "6909999000227" });
  expect(product?.nameZh).toBe("Müller Käse");
});

test("zeros that a spreadsheet took away are put back when somebody says so", async ({
  page,
  world,
}) => {
  await give(page, "soda.csv", fieldCase("lost-zero-upc.csv"));
  await expect(page.getByText("71999900008 → 071999900008")).toBeVisible();
  await page.getByRole("button", { name: "补上 0" }).click();
  await confirmImport(page, 2);
  await expect(page.getByText("新增 2，更新 0，现在一共 2 种。")).toBeVisible();
  const { product } = await world.ask("catalogue.find", { code: "0071999900008" });
  expect(product?.nameZh).toBe("Root Beer");
});

test("what tells variants apart stands in the name, unless somebody minds", async ({ page }) => {
  await give(page, "tea.csv", fieldCase("guanjiapo.csv"));
  await expect(page.getByRole("row", { name: /清香绿茶 250g/ })).toBeVisible();
  await page.getByRole("group", { name: "写进品名：" }).getByText("规格").click();
  await expect(page.getByRole("row", { name: /清香绿茶/ }).first()).toBeVisible();
  await expect(page.getByRole("row", { name: /清香绿茶 250g/ })).toBeHidden();
});

test("both codes of one article sell it", async ({ page, world }) => {
  await give(page, "两个码.csv", fieldCase("two-codes-in-cell.csv"));
  await expect(page.getByText("2 种商品有几个条码，扫哪个都行")).toBeVisible();
  await confirmImport(page, 2);
  await expect(page.getByText("新增 2，更新 0，现在一共 2 种。")).toBeVisible();
  await goTo(page, "#/sell");
  await addScanned(page, world, "6909999000357", 1);
  await scan(page, "6909999000364");
  const lines = async () => (await world.ask("basket.get", {})).basket.lines;
  await expect.poll(lines).toMatchObject([{ nameZh: "洗发水", quantityMilli: 2000 }]);
  await addScanned(page, world, "6909999000388", 2);
  await expect(strip(page)).toContainText("沐浴露");
});

test("goods without a price ask for it when they are sold; prices below zero don't come in", async ({
  page,
  world,
}) => {
  await give(page, "deposit.csv", fieldCase("price-trailing-minus.csv"));
  await expect(page.getByText("售价是负数，可能是退押金，收银台不能这样卖")).toBeVisible();
  await expect(page.getByText("1 种商品没有售价，卖的时候再问")).toBeVisible();
  await page.getByText("不导入这 1 行").click();
  await confirmImport(page, 2);
  await expect(page.getByText("新增 2，更新 0，现在一共 2 种。")).toBeVisible();
  await goTo(page, "#/sell");
  await expect(strip(page)).toBeVisible();
  await scan(page, "6909999000203");
  await expect(page.getByRole("alert")).toContainText("Ask 没有定价 输入价格按 F3。");
  await page.keyboard.type("12.5");
  await page.keyboard.press("F3");
  const lines = async () => (await world.ask("basket.get", {})).basket.lines;
  await expect
    .poll(lines)
    .toMatchObject([{ nameZh: "Ask", code: "6909999000203", priceMinor: 1250 }]);
  await expect(page.getByRole("alert")).toBeHidden();
  // By its tile as well.
  await page.getByRole("button", { name: /Ask.*卖时问价/ }).click();
  await expect(page.getByRole("alert")).toContainText("Ask 没有定价");
});
