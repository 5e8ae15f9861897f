import fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HistoryQuery, HistoryState } from "../../../main/contract/history.ts";
import type { SaleRecord, Tender } from "../../../main/domain/sale.ts";
import { isSettled, type ReceiptStatus } from "../../../main/domain/receipt/state.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { AT, addSale, writeSale } from "../support/log-samples.ts";
import { line } from "../support/sale-samples.ts";
import { Searchable } from "../support/searchable.ts";
import { tempDir } from "../support/temp-dir.ts";

/** More than two blocks, and a third that is not full. */
const SALES = 2300;
const CASHIERS = ["小王", "Li Na", "韩梅梅"];
const NAMES: readonly [zh: string, en: string][] = [
  ["农夫山泉饮用水550ml", "Spring Water 550 ml"],
  ["可口可乐", "Coca-Cola"],
  ["重庆小面", "Chongqing noodles"],
  ["牛奶", ""],
  ["", "CAFÉ latte 100%"],
  ["酸牛奶_原味", "Yoghurt, plain"],
  ["ﾎﾟｯｷｰ", "Pocky"],
];
/** Sold so seldom that they are read from the list of their sales, the second even when asked for alone. */
const RARE: readonly [zh: string, en: string, sides: number][] = [
  ["桂花糕", "Osmanthus cake", 200],
  ["桂花酒", "Osmanthus wine", 600],
];

interface Sold {
  record: SaleRecord;
  status: ReceiptStatus;
  code: string;
}

/** What a person would say of a search: every sale is looked at, nothing is looked up. */
function isFound(sold: Sold, query: HistoryQuery, word: Word): boolean {
  const { record, status } = sold;
  if (query.fromMs !== null && record.atMs < query.fromMs) return false;
  if (query.toMs !== null && record.atMs > query.toMs) return false;
  if (query.minMinor !== null && record.totalMinor < query.minMinor) return false;
  if (query.maxMinor !== null && record.totalMinor > query.maxMinor) return false;
  if (query.cashier !== null && record.cashier !== query.cashier) return false;
  const inState: Record<HistoryState, boolean> = {
    any: true,
    unproven: status.proof !== "device",
    owed: !isSettled(status.state),
    seen: status.proof === "person",
    declined: status.state === "declined",
    handwritten: status.state === "handwritten",
  };
  return inState[query.state] && word.means(sold);
}

interface Word {
  text: string;
  means: (sold: Sold) => boolean;
}

const plain = (text: string) => text.normalize("NFKC").toLowerCase().replaceAll("é", "e");
const named = (text: string): Word => ({
  text,
  means: ({ record }) =>
    record.lines.some(
      ({ nameZh, nameEn }) =>
        plain(nameZh).includes(plain(text)) || plain(nameEn).includes(plain(text)),
    ),
});
const typed = (text: string, zh: string): Word => ({
  text,
  means: ({ record }) => record.lines.some(({ nameZh }) => nameZh.includes(zh)),
});
const ending = (text: string, sold: Sold) =>
  sold.record.tenders.some(({ reference }) => (reference ?? "").toLowerCase().endsWith(text));
const amount = (text: string, minMinor: number, maxMinor: number): Word => ({
  text,
  means: ({ record }) => record.totalMinor >= minMinor && record.totalMinor <= maxMinor,
});

const WORDS: readonly Word[] = [
  { text: "", means: () => true },
  ...[
    "水",
    "山泉",
    "农夫山泉饮用水550ml",
    "CAFÉ",
    "cafe",
    "L",
    "100%",
    "_",
    "ポッキー",
    "none",
    "桂花",
    "osmanthus wine",
  ].map(named),
  typed("nfsq", "农夫山泉"),
  typed("niunai", "牛奶"),
  typed("cqxm", "重庆小面"),
  typed("kkkl", "可口可乐"),
  amount("¥12.00", 1200, 1200),
  amount("￥5-8", 500, 800),
  amount("¥20±2", 1800, 2200),
  amount("约¥10", 900, 1100),
  { text: "#77", means: ({ record }) => record.receiptNo === 77 },
  { text: "SLIP000099", means: ({ record }) => record.receiptNo === 99 },
  {
    text: "12",
    means: (sold) =>
      sold.record.receiptNo === 12 ||
      sold.record.totalMinor === 1200 ||
      ending("12", sold) ||
      sold.record.lines.some(({ code }) => code === "12"),
  },
  {
    text: "731",
    means: (sold) =>
      sold.record.receiptNo === 731 || sold.record.totalMinor === 73_100 || ending("731", sold),
  },
  {
    text: "C4",
    means: (sold) => ending("c4", sold) || sold.record.lines.some(({ code }) => code === "C4"),
  },
  {
    text: "牛奶 5-8",
    means: ({ record }) =>
      record.totalMinor >= 500 &&
      record.totalMinor <= 800 &&
      record.lines.some(({ nameZh }) => nameZh.includes("牛奶")),
  },
  {
    text: "可乐 noodles",
    means: ({ record }) =>
      record.lines.some(({ nameZh }) => nameZh.includes("可乐")) &&
      record.lines.some(({ nameEn }) => nameEn.includes("noodles")),
  },
  {
    text: "桂花 l",
    means: ({ record }) =>
      record.lines.some(({ nameZh }) => nameZh.includes("桂花")) &&
      record.lines.some(({ nameEn }) => plain(nameEn).includes("l")),
  },
  {
    text: "水 糕",
    means: ({ record }) =>
      record.lines.some(({ nameZh }) => nameZh.includes("水")) &&
      record.lines.some(({ nameZh }) => nameZh.includes("糕")),
  },
];

/** Small numbers that look random and are the same every time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

function sell(log: SaleLog, roll: (sides: number) => number, n: number): number {
  const lines = Array.from({ length: 1 + roll(3) }, () => {
    const at = roll(NAMES.length);
    const [nameZh = "", nameEn = ""] = NAMES[at] ?? [];
    return line({ nameZh, nameEn, code: `C${at}`, priceMinor: 100 * (1 + roll(12)) });
  });
  for (const [nameZh, nameEn, sides] of RARE)
    if (roll(sides) === 0) lines.push(line({ nameZh, nameEn, code: `R${sides}`, priceMinor: 800 }));
  const tenders: Tender[] = [
    {
      method: "wechat",
      amountMinor: lines.reduce((sum, { priceMinor }) => sum + priceMinor, 0),
      reference: roll(3) === 0 ? null : `4200${String(roll(100_000)).padStart(5, "0")}`,
    },
  ];
  // The clock is set back by an hour in the middle, and runs over the same hour again.
  const atMs = AT + n * 10_000 - (n > 1200 ? 3_600_000 : 0);
  const cashier = CASHIERS[roll(CASHIERS.length)] ?? "";
  const saleId = writeSale(log, { atMs, cashier }, { lines, discountMinor: 0 }, tenders);
  const fate = roll(10);
  if (fate === 9) return saleId;
  log.receipts.record(saleId, atMs, "till", { type: "attemptStarted", attempt: 1 });
  if (fate > 2)
    log.receipts.record(saleId, atMs, "till", {
      type: "attemptPrinted",
      attempt: 1,
      grade: "A",
      late: false,
    });
  else {
    log.receipts.record(saleId, atMs, "till", {
      type: "attemptUnknown",
      attempt: 1,
      cause: "noAnswer",
    });
    const how = (["person", "declined", "handwritten"] as const)[fate] ?? "person";
    log.receipts.record(saleId, atMs, cashier, { type: "settled", how, by: cashier, reason: "-" });
  }
  return saleId;
}

describe("a search", () => {
  const dir = mkdtempSync(join(tmpdir(), "slipsure-search-"));
  const roll = dice(7);
  let log: SaleLog;
  let searchable: Searchable;
  const sold: Sold[] = [];

  const read = (saleId: number): Sold => {
    const record = log.sales.record(saleId);
    const status = log.receipts.status(saleId);
    if (!record || !status) throw new Error(`no sale ${saleId}`);
    return { record, status, code: log.sales.proofCode(saleId) ?? "" };
  };

  beforeAll(async () => {
    log = new SaleLog(dir);
    const ids = log.transaction(() => Array.from({ length: SALES }, (_, n) => sell(log, roll, n)));
    sold.push(...ids.map(read));
    searchable = await Searchable.open(dir);
  });
  afterAll(() => {
    searchable.close();
    log.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const expected = (query: HistoryQuery, word: Word) =>
    sold
      .filter((each) => isFound(each, query, word))
      .map(({ record }) => record.receiptNo)
      .reverse();

  const limits = fc.record({
    fromMs: fc.option(fc.integer({ min: -3_700_000, max: SALES * 10_000 }).map((ms) => AT + ms)),
    toMs: fc.option(fc.integer({ min: -3_700_000, max: SALES * 10_000 }).map((ms) => AT + ms)),
    minMinor: fc.option(fc.integer({ min: 0, max: 4000 })),
    maxMinor: fc.option(fc.integer({ min: 0, max: 4000 })),
    cashier: fc.option(fc.constantFrom(...CASHIERS, "nobody")),
    state: fc.constantFrom<HistoryState>(
      "any",
      "any",
      "unproven",
      "owed",
      "seen",
      "declined",
      "handwritten",
    ),
    limit: fc.constantFrom(1, 7, 50, 200),
  });

  it("finds what a look at every sale finds, page by page, in whatever steps", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...WORDS),
        limits,
        fc.constantFrom(0, 1000),
        (word, change, budgetMs) => {
          const query: HistoryQuery = { text: "", before: null, ...change };
          expect(searchable.walk(word.text, { ...change }, budgetMs)).toEqual(
            expected(query, word),
          );
        },
      ),
      { numRuns: 400, seed: 11 },
    );
  });

  it("finds by every word without any limit", () => {
    const query: HistoryQuery = {
      text: "",
      before: null,
      fromMs: null,
      toMs: null,
      minMinor: null,
      maxMinor: null,
      cashier: null,
      state: "any",
      limit: 50,
    };
    for (const word of WORDS)
      expect([word.text, searchable.walk(word.text)]).toEqual([word.text, expected(query, word)]);
  });

  it("finds a sale by the code on its slip, however its letters are typed", () => {
    for (const { record, code } of [sold[3], sold[1500], sold.at(-1)].filter(
      (each) => each !== undefined,
    )) {
      expect(searchable.find(code).ids).toContain(record.receiptNo);
      expect(searchable.find(code.toUpperCase()).ids).toContain(record.receiptNo);
      expect(searchable.find(code.toLowerCase()).ids).toContain(record.receiptNo);
    }
  });

  it("finds by every end of a reference from two characters on", () => {
    for (const { record } of [sold[5], sold[1300], sold[2290]].filter(
      (each) => each !== undefined,
    )) {
      const reference = record.tenders[0]?.reference ?? null;
      if (reference === null) continue;
      for (let length = 2; length <= reference.length; length += 1)
        expect(searchable.walk(reference.slice(-length))).toContain(record.receiptNo);
      expect(searchable.find(`9${reference.slice(-4)}`).ids).not.toContain(record.receiptNo);
    }
  });

  it("never makes anybody wait for the whole of it", () => {
    const page = searchable.find("none 水", {}, 0);
    expect(page.ids).toEqual([]);
    expect(searchable.find("水", { cashier: "nobody", limit: 1 }, 0).ids).toEqual([]);
  });
});

describe("the index of a search", () => {
  const water = { lines: [line({ nameZh: "农夫山泉", nameEn: "Spring water" })], discountMinor: 0 };
  const tea = { lines: [line({ nameZh: "乌龙茶", nameEn: "Oolong" })], discountMinor: 0 };

  it("knows a sale as soon as it is in the log, new names and pinyin among them", async () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    addSale(log, {}, water);
    const searchable = await Searchable.open(dir);
    expect(searchable.walk("茶")).toEqual([]);
    addSale(log, {}, tea);
    addSale(log, {}, water);
    expect(searchable.walk("茶")).toEqual([2]);
    expect(searchable.walk("泉")).toEqual([3, 1]);
    expect(searchable.walk("wlc")).toEqual([]);
    await searchable.index.learnPinyin();
    expect(searchable.walk("wlc")).toEqual([2]);
    searchable.close();
    log.close();
  });

  it("is the same after it was put away, block by block, and read back", async () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    const first = await Searchable.open(dir);
    for (let part = 0; part < 5; part += 1) {
      log.transaction(() => {
        for (let n = 0; n < 500; n += 1) writeSale(log, {}, n % 10 === 0 ? tea : water);
      });
      expect(first.walk("茶")).toHaveLength((part + 1) * 50);
      await first.index.store();
      expect(first.walk("茶")).toHaveLength((part + 1) * 50);
    }
    const found = first.walk("茶");
    first.close();
    const second = await Searchable.open(dir);
    expect(second.walk("茶")).toEqual(found);
    expect(second.walk("泉", { state: "owed" })).toHaveLength(2250);
    second.close();
    log.close();
  });

  it("is made anew when it belongs to another log, or is no index at all", async () => {
    const [dir, other] = [tempDir(), tempDir()];
    for (const [folder, basket] of [
      [dir, water],
      [other, tea],
    ] as const) {
      const log = new SaleLog(folder);
      log.transaction(() => {
        for (let n = 0; n < 1100; n += 1) writeSale(log, {}, basket);
      });
      const searchable = await Searchable.open(folder);
      searchable.close();
      log.close();
    }
    const { copyFileSync, writeFileSync } = await import("node:fs");
    copyFileSync(join(dir, "slipsure-search.db"), join(other, "slipsure-search.db"));
    const swapped = await Searchable.open(other);
    expect(swapped.walk("茶")).toHaveLength(1100);
    expect(swapped.walk("泉")).toEqual([]);
    swapped.close();
    writeFileSync(join(other, "slipsure-search.db"), "not a database, not at all".repeat(500));
    const damaged = await Searchable.open(other);
    expect(damaged.walk("茶")).toHaveLength(1100);
    damaged.close();
  });
});
