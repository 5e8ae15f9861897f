import { beforeAll, afterAll, describe, expect, it } from "vitest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { receiptBarcode } from "../../../main/domain/receipt/layout.ts";
import type { HistoryQuery } from "../../../main/contract/history.ts";
import { Searchable } from "../support/searchable.ts";
import { AT, addSale, writeSale } from "../support/log-samples.ts";
import { line } from "../support/sale-samples.ts";
import { tempDir } from "../support/temp-dir.ts";

describe("history over 500 sales", () => {
  const dir = mkdtempSync(join(tmpdir(), "slipsure-history-"));
  let log: SaleLog;
  let searchable: Searchable;

  beforeAll(async () => {
    log = new SaleLog(dir);
    log.transaction(fill);
    searchable = await Searchable.open(dir);
  });
  const fill = () => {
    for (let n = 1; n <= 500; n += 1) {
      const nameZh = n % 7 === 0 ? "农夫山泉 饮用水" : "苹果";
      const nameEn = n % 7 === 0 ? "CAFÉ water_100%" : "Apple";
      const basket = {
        lines: [line({ priceMinor: n * 10, nameZh, nameEn, code: `C${n}` })],
        discountMinor: 0,
      };
      writeSale(log, {}, basket, [
        { method: "wechat", amountMinor: n * 10, reference: `42000${n}7788${1000 + n}` },
      ]);
      if (n % 2 !== 0) continue;
      log.receipts.record(n, AT, "till", { type: "attemptStarted", attempt: 1 });
      log.receipts.record(n, AT, "till", {
        type: "attemptPrinted",
        attempt: 1,
        grade: "A",
        late: false,
      });
    }
  };
  afterAll(() => {
    searchable.close();
    log.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const find = (text: string, change: Partial<HistoryQuery> = {}) =>
    searchable.find(text, change).ids;
  const walk = (text: string, change: Partial<HistoryQuery> = {}) => searchable.walk(text, change);
  const downFrom = (top: number, keep: (n: number) => boolean) =>
    Array.from({ length: top }, (_, index) => top - index).filter(keep);

  it("pages through everything once, newest first", () => {
    const ids: number[] = [];
    for (let before: number | null = null; ;) {
      const page = log.history.latest(before, 37);
      ids.push(...page.map(({ saleId }) => saleId));
      before = page.at(-1)?.saleId ?? null;
      if (before === null) break;
    }
    expect(ids).toEqual(downFrom(500, () => true));
  });

  it("finds the sale of a moment", () => {
    expect(log.history.newestAt(AT + 250_000)).toBe(250);
    expect(log.history.newestAt(AT + 250_999)).toBe(250);
    expect(log.history.newestAt(AT + 9_999_999)).toBe(500);
    expect(log.history.newestAt(AT)).toBeNull();
  });

  it("pages through a search once", () => {
    expect(walk("山泉", { limit: 7 })).toEqual(downFrom(500, (n) => n % 7 === 0));
    expect(walk("山泉", { limit: 7, state: "unproven" })).toEqual(
      downFrom(500, (n) => n % 7 === 0 && n % 2 === 1),
    );
    expect(walk("", { limit: 7, state: "unproven" })).toEqual(downFrom(500, (n) => n % 2 === 1));
  });

  it("keeps to a time range", () => {
    const range = { fromMs: AT + 100_000, toMs: AT + 110_000 };
    expect(find("", range)).toEqual(downFrom(110, (n) => n >= 100));
    expect(find("苹果", range)).toEqual(downFrom(110, (n) => n >= 100 && n % 7 !== 0));
  });

  it("finds a sale by what a customer can say", () => {
    expect(find("#321")).toContain(321);
    expect(find("№ 321")).toContain(321);
    expect(find(receiptBarcode(321))).toEqual([321]);
    expect(find(receiptBarcode(321).toLowerCase())).toEqual([321]);
    expect(find("32.10")).toContain(321);
    expect(find("¥32.10")).toContain(321);
    expect(find("￥32.1")).toContain(321);
    expect(find("1321")).toContain(321);
    expect(find("3217788132 1".replace(" ", ""))).toEqual([321]);
    expect(find("42000321" + "77881321")).toEqual([321]);
    expect(find("C321")).toEqual([321]);
  });

  it("finds products in both languages, whatever the case", () => {
    const expected = downFrom(500, (n) => n % 7 === 0).slice(0, 50);
    for (const text of ["农夫", "水", "CAFÉ", "water", "WATER", "r_100%", "山泉 饮"])
      expect([text, find(text)]).toEqual([text, expected]);
  });

  it.each(["%", "_", "'", "农夫山泉%", "SLIP999999", "not there", "*", "\u0000"])(
    "finds nothing odd for %j",
    (text) => {
      const known = { "%": 71, _: 71 }[text];
      expect(walk(text)).toHaveLength(known ?? 0);
    },
  );
});

describe("a paper trail", () => {
  it("tells every step of one receipt in order, and only of that one", () => {
    const log = new SaleLog(tempDir());
    addSale(log);
    addSale(log);
    log.transaction(() => {
      log.receipts.record(1, AT, "小王", {
        type: "attemptStarted",
        attempt: 1,
        mark: "original",
        copy: 0,
      });
      log.receipts.record(2, AT, "小王", { type: "attemptFailed", attempt: 1, cause: "paperOut" });
      log.receipts.record(1, AT, "till", { type: "attemptUnknown", attempt: 1, cause: "noAnswer" });
      log.receipts.record(1, AT, "Li", {
        type: "settled",
        how: "person",
        by: "Li",
        reason: "在手里",
      });
    });
    expect(log.history.trail(1, 50).trail.map(({ type, by }) => `${type} ${by}`)).toEqual([
      "opened 小王",
      "attemptStarted 小王",
      "attemptUnknown till",
      "settled Li",
    ]);
    log.close();
  });
});

describe("a day's report", () => {
  it("adds up to what was taken, and accounts for every receipt", () => {
    const log = new SaleLog(tempDir());
    const basket = (discountMinor: number) => ({
      lines: [line({ priceMinor: 1000 }), line({ priceMinor: 500, discountMinor: 100 })],
      discountMinor,
    });
    addSale(log, { taxMode: "inclusive" }, basket(0), [
      { method: "cash", amountMinor: 5000, reference: null },
    ]);
    addSale(log, { taxMode: "inclusive" }, basket(50), [
      { method: "wechat", amountMinor: 1000, reference: "1" },
      { method: "cash", amountMinor: 400, reference: null },
    ]);
    addSale(log, { taxMode: "inclusive", cashier: "Li" }, basket(0), [
      { method: "card", amountMinor: 1400, reference: null },
    ]);
    addSale(log, { taxMode: "inclusive" }, basket(0), [
      { method: "alipay", amountMinor: 1400, reference: null },
    ]);
    log.transaction(() => {
      log.receipts.record(1, AT, "till", { type: "attemptStarted", attempt: 1 });
      log.receipts.record(1, AT, "till", {
        type: "attemptPrinted",
        attempt: 1,
        grade: "A",
        late: false,
      });
      log.receipts.record(2, AT, "till", { type: "attemptFailed", attempt: 1, cause: "paperOut" });
      log.receipts.record(2, AT, "Li", {
        type: "settled",
        how: "declined",
        by: "Li",
        reason: "不要",
      });
      log.receipts.record(3, AT, "till", { type: "attemptStarted", attempt: 1 });
      log.receipts.record(3, AT, "till", { type: "attemptUnknown", attempt: 1, cause: "noAnswer" });
    });
    const day = log.days.open();
    if (!day) throw new Error("no day");
    const report = log.dayQueries.report(day, AT + 60_000, "CNY");
    expect(report).toMatchObject({
      sales: 4,
      totalMinor: 1400 + 1350 + 1400 + 1400,
      discountMinor: 450,
      firstSaleId: 1,
      lastSaleId: 4,
    });
    const tendered = report.tenders.reduce((total, tender) => total + tender.amountMinor, 0);
    expect(tendered).toBe(report.totalMinor);
    expect(report.tenders.find(({ method }) => method === "cash")).toMatchObject({
      count: 2,
      amountMinor: 1400 + 350,
    });
    expect(report.receipts).toEqual({
      provenByDevice: 1,
      settledByPerson: 0,
      declined: 1,
      handwritten: 0,
      owed: 2,
      copies: 0,
    });
    expect(report.unproven.map(({ saleId, state }) => `${saleId} ${state}`)).toEqual([
      "2 declined",
      "3 unknown",
      "4 due",
    ]);
    const { provenByDevice, settledByPerson, declined, handwritten, owed } = report.receipts;
    expect(provenByDevice + settledByPerson + declined + handwritten + owed).toBe(report.sales);
    log.close();
  });

  it("keeps what an earlier day still owes", () => {
    const log = new SaleLog(tempDir());
    addSale(log);
    const first = log.days.open();
    if (!first) throw new Error("no day");
    log.transaction(() =>
      log.days.close(first, AT, "Li", {
        date: first.date,
        sales: 1,
        totalMinor: 200,
        tenders: [],
        owed: [1],
        signedBy: "Li",
      }),
    );
    expect(log.days.open()).toBeNull();
    addSale(log);
    const second = log.days.open();
    if (!second) throw new Error("no second day");
    expect(second.id).toBe(first.id + 1);
    const report = log.dayQueries.report(second, AT, "CNY");
    expect(report.sales).toBe(1);
    expect(report.unproven.map(({ saleId }) => saleId)).toEqual([1, 2]);
    expect(log.days.find(first.id)).toMatchObject({ signedBy: "Li", closedBy: "Li" });
    log.close();
  });
});
