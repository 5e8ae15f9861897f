import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { execFile } from "node:child_process";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { previewImport } from "../../../main/catalogue/import/preview.ts";
import type { PinyinKeys } from "../../../main/catalogue/pinyin-keys.ts";
import { pinyinInThread } from "../../../main/catalogue/pinyin-thread.ts";
import type { Product } from "../../../main/catalogue/product.ts";
import { type CatalogueIndex, createCatalogueIndex } from "../../../main/catalogue/search.ts";
import { countTurnsDuring } from "./turns.ts";

function product(
  code: string,
  nameZh: string,
  nameEn = "",
  barcode: string | null = null,
): Product {
  return {
    code,
    barcode,
    nameZh,
    nameEn,
    priceMinor: 100,
    unit: "",
    category: "",
    taxRateBp: null,
  };
}

async function indexOf(...products: Product[]): Promise<CatalogueIndex> {
  const index = createCatalogueIndex();
  await index.replaceAll(products);
  return index;
}

async function codesFor(index: CatalogueIndex, query: string, limit = 50): Promise<string[]> {
  return (await index.search(query, limit)).map(({ code }) => code);
}

describe("with the sample catalogue", () => {
  const index = createCatalogueIndex();
  beforeAll(async () => {
    const bytes = await readFile(new URL("../../../assets/sample-catalogue.csv", import.meta.url));
    await index.replaceAll((await previewImport(bytes, { currency: "CNY" }, new Set())).products);
  });

  test.each([
    ["农夫山泉", "农夫山泉饮用天然水550ml"],
    ["nfsq", "农夫山泉饮用天然水550ml"],
    ["NFSQ", "农夫山泉饮用天然水550ml"],
    ["nongfu", "农夫山泉饮用天然水550ml"],
    ["nongfushanq", "农夫山泉饮用天然水550ml"],
    ["nong fu 1.5", "农夫山泉饮用天然水1.5L"],
    ["农夫 900", "农夫山泉东方树叶青柑普洱900ml"],
    ["农夫sq", "农夫山泉饮用天然水550ml"],
    ["dongfangshuye", "农夫山泉东方树叶茉莉花茶500ml"],
    ["kkkl", "可口可乐330ml罐装"],
    ["kkkl500", "可口可乐500ml"],
    ["ａｒａｗａｎａ rice", "金龙鱼东北大米5kg"],
    ["nescafe", "雀巢咖啡1+2原味15g×30条"],
    ["902", "购物袋（小）"],
    ["茶叶蛋", "茶叶蛋"],
  ])("%s finds %s first", async (query, nameZh) => {
    expect((await index.search(query, 5))[0]?.nameZh).toBe(nameZh);
  });

  test("start and end of a barcode find it, an end of three digits does not", async () => {
    const [water] = await index.search("农夫山泉饮用天然水550ml", 1);
    const barcode = water?.barcode ?? "";
    expect(index.byCode(barcode)).toBe(water);
    expect(await index.search(barcode, 5)).toEqual([water]);
    expect(await index.search(barcode.slice(0, 11), 5)).toContain(water);
    expect(await index.search(barcode.slice(-4), 5)).toContain(water);
    expect(await index.search(barcode.slice(-3), 500)).not.toContain(water);
  });
});

describe("pinyin", () => {
  test.each([
    ["重庆小面", ["cq", "cqxm", "chongqing", "chongqxm"]],
    ["银行卡套", ["yh", "yinhang", "yhkt"]],
    ["单县羊肉汤", ["sx", "shanxian", "sxyrt"]],
    ["绿豆糕", ["lvdougao", "lüdou", "ldg", "lv"]],
    ["女士拖鞋", ["nvshi", "nüshi", "nstx"]],
    ["厦门馅饼", ["xiamen", "xmxb"]],
    ["西安凉皮", ["xi'an", "xian", "xa", "xianlp"]],
    ["长城干红", ["changcheng", "chchgh", "ccgh"]],
    ["NFC橙汁300ml", ["nfccz", "nfc", "cz300", "chengzhi"]],
  ])("%s is found by each of %j", async (nameZh, queries) => {
    const index = await indexOf(product("other", "空白"), product("it", nameZh));
    for (const query of queries)
      expect([query, await codesFor(index, query)]).toEqual([query, ["it"]]);
  });

  test.each(["nfqs", "nongfus q x", "ongfu", "nfsqz"])(
    "%s does not find 农夫山泉",
    async (query) => {
      expect(await codesFor(await indexOf(product("it", "农夫山泉")), query)).toEqual([]);
    },
  );
});

describe("order", () => {
  test("exact code, exact name, start, start of a word, inside; equal ones as in the catalogue", async () => {
    const index = await indexOf(
      product("1", "甲", "Steamtea"),
      product("2", "乙", "Green tea"),
      product("3", "丙", "Tea bag"),
      product("4", "丁", "Teapot"),
      product("5", "戊", "Tea"),
      product("tea", "己", "Coffee"),
      product("7", "庚", "Black tea"),
    );
    expect(await codesFor(index, "tea")).toEqual(["tea", "5", "3", "4", "2", "7", "1"]);
    expect(await codesFor(index, "tea", 3)).toEqual(["tea", "5", "3"]);
    expect(await codesFor(index, "tea", 0)).toEqual([]);
  });

  test("names that start with the query come before those that contain it, in Chinese and pinyin", async () => {
    const index = await indexOf(
      product("1", "大红茶"),
      product("2", "红茶"),
      product("3", "红茶包"),
    );
    expect(await codesFor(index, "红茶")).toEqual(["2", "3", "1"]);
    expect(await codesFor(index, "hongcha")).toEqual(["2", "3", "1"]);
  });

  test("every word has to match", async () => {
    const index = await indexOf(
      product("1", "水", "Spring water 550 ml"),
      product("2", "水", "Spring roll"),
    );
    expect(await codesFor(index, "spring WATER")).toEqual(["1"]);
    expect(await codesFor(index, "  ")).toEqual(["1", "2"]);
  });
});

test("a product is found by its code and by its barcode, and by nothing alike", async () => {
  const index = await indexOf(
    product("A1", "水", "", "6901234567892"),
    product("6901234567885", "茶", "", "6901234567885"),
  );
  expect(index.byCode("A1")?.nameZh).toBe("水");
  expect(index.byCode(" 6901234567892 ")?.nameZh).toBe("水");
  expect(index.byCode("6901234567885")?.nameZh).toBe("茶");
  expect(index.byCode("690123456789")).toBeNull();
  expect(index.byCode("")).toBeNull();
});

test("the old catalogue answers until the new one is complete, and the later of two calls wins", async () => {
  const index = await indexOf(product("old", "旧"));
  const many = Array.from({ length: 5000 }, (_, at) => product(`m${at}`, "多"));
  const told: (string | undefined)[] = [];
  index.listen(() => told.push(index.byCode("new")?.code));
  const slow = index.replaceAll(many);
  expect(index.byCode("old")).not.toBeNull();
  await index.replaceAll([product("new", "新")]);
  await slow;
  expect(told).toEqual(["new"]);
  expect([index.byCode("old"), index.byCode("m1")]).toEqual([null, null]);
  expect(await codesFor(index, "xin")).toEqual(["new"]);
});

test("10 000 products: building gives other work its turns", async () => {
  const many = Array.from({ length: 10_000 }, (_, at) =>
    product(`c${at}`, `农夫山泉饮用天然水${at}`, `Water ${at}`),
  );
  let turnsInThread = 0;
  let slices = 0;
  const index = createCatalogueIndex(async function* (names) {
    const made: (readonly PinyinKeys[])[] = [];
    const inThread = async () => {
      for await (const slice of pinyinInThread(names)) made.push(slice);
    };
    turnsInThread = (await countTurnsDuring(inThread)).turns;
    slices = made.length;
    yield* made;
  });
  expect((await countTurnsDuring(() => index.replaceAll(many))).turns).toBeGreaterThanOrEqual(39);
  const { turns } = await countTurnsDuring(() => index.preparePinyin());
  expect(slices).toBe(40);
  // Besides the waiting for the thread: before it to see what is new, after it to hand out what was made.
  expect(turns - turnsInThread).toBeGreaterThanOrEqual(78);
  expect(await codesFor(index, "nfsqyytrs9999")).toEqual(["c9999"]);
});

describe("the dictionary", () => {
  const water = product("A1", "水", "", "6901234567892");
  const keysOf = vi.fn<typeof pinyinInThread>();
  let index: CatalogueIndex;

  beforeEach(async () => {
    keysOf.mockReset().mockImplementation(pinyinInThread);
    index = createCatalogueIndex(keysOf);
    await index.replaceAll([water]);
  });

  test("is not loaded for codes, digits and Chinese", async () => {
    for (const query of ["6901234567892", "A1", "水", "7892"])
      expect(await codesFor(index, query), query).toEqual(["A1"]);
    expect(index.byCode("A1")).toEqual(water);
    expect(keysOf).not.toHaveBeenCalled();
    expect(await codesFor(index, "shui")).toEqual(["A1"]);
    expect(keysOf).toHaveBeenCalledTimes(1);
  });

  test("is not loaded again for another price, and only for names that are new", async () => {
    expect(await codesFor(index, "shui")).toEqual(["A1"]);
    await index.replaceAll([{ ...water, priceMinor: 200 }]);
    expect(await codesFor(index, "shui")).toEqual(["A1"]);
    await index.replaceAll([product("B2", "茶"), water, product("C3", "茶")]);
    expect(await codesFor(index, "cha")).toEqual(["B2", "C3"]);
    expect(await codesFor(index, "shui")).toEqual(["A1"]);
    expect(keysOf.mock.calls).toEqual([[["水"]], [["茶"]]]);
  });

  test("is tried again by the next search after it could not be loaded, or not to the end", async () => {
    keysOf.mockImplementationOnce(() => {
      throw new Error("no thread");
    });
    await expect(index.search("shui", 1)).rejects.toThrow("no thread");
    keysOf.mockImplementationOnce(() => pinyinInThread([]));
    await expect(index.search("shui", 1)).rejects.toThrow("was not made");
    expect(await codesFor(index, "shui")).toEqual(["A1"]);
  });

  test("never comes into the till's own thread", async () => {
    // A process of its own, because other tests have loaded it into this one.
    const search = new URL("../../../main/catalogue/search.ts", import.meta.url).href;
    const script = `
      import { registerHooks } from 'node:module';
      let loads = 0;
      registerHooks({ load: (url, context, next) => { if (url.includes('pinyin-pro')) loads += 1; return next(url, context); } });
      const { createCatalogueIndex } = await import(${JSON.stringify(search)});
      const index = createCatalogueIndex();
      await index.replaceAll([${JSON.stringify(water)}]);
      const found = await index.search('shui', 1);
      const here = loads;
      await import('pinyin-pro');
      console.log(JSON.stringify([found.length, here, loads > 0]));`;
    const cwd = fileURLToPath(new URL("../../..", import.meta.url));
    const args = ["--input-type=module", "--eval", script];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd });
    expect(JSON.parse(stdout)).toEqual([1, 0, true]);
  });
});
