import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { AT, addSale } from "../support/log-samples.ts";
import { line, saleOf } from "../support/sale-samples.ts";
import { tempDir } from "../support/temp-dir.ts";

const count = (dir: string, table: string): number => {
  const db = new DatabaseSync(join(dir, "slipsure.db"), { readOnly: true });
  const row = db.prepare(`SELECT count(*) AS n FROM ${table}`).get();
  db.close();
  return Number(row?.["n"]);
};

/** Makes one table refuse its next insert, the way a full disk or a broken file would. */
function refuseInserts(dir: string, table: string): () => void {
  const db = new DatabaseSync(join(dir, "slipsure.db"));
  db.exec(
    `CREATE TRIGGER test_refuses BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT,'disk trouble'); END`,
  );
  db.close();
  return () => {
    const again = new DatabaseSync(join(dir, "slipsure.db"));
    again.exec("DROP TRIGGER test_refuses");
    again.close();
  };
}

const TABLES = [
  "event",
  "person",
  "day",
  "item_name",
  "sale",
  "sale_line",
  "payment",
  "receipt",
  "print_job",
];

describe("a sale", () => {
  it.each(["sale_line", "payment", "receipt", "print_job"])(
    "that fails at %s leaves nothing behind and burns no number",
    (table) => {
      const dir = tempDir();
      const log = new SaleLog(dir);
      const before = TABLES.map((each) => [each, count(dir, each)]);
      const allow = refuseInserts(dir, table);
      expect(() => addSale(log)).toThrow("disk trouble");
      expect(TABLES.map((each) => [each, count(dir, each)])).toEqual(before);
      allow();
      expect(addSale(log)).toBe(1);
      expect(log.findBrokenLink()).toBeNull();
      log.close();
    },
  );

  it("that a later rule undoes leaves no gap in the numbers or the chain", () => {
    const log = new SaleLog(tempDir());
    expect(addSale(log)).toBe(1);
    expect(() =>
      log.transaction(() => {
        const receiptNo = log.sales.nextId();
        log.sales.add(saleOf({ lines: [line()], discountMinor: 0 }, { receiptNo }), 1, "lost");
        throw new Error("undone");
      }),
    ).toThrow("undone");
    expect(addSale(log)).toBe(2);
    expect(log.sales.record(2)?.receiptNo).toBe(2);
    expect(log.findBrokenLink()).toBeNull();
    log.close();
  });

  it("can't take a number twice, skip one, or leave its lines without it", () => {
    const log = new SaleLog(tempDir());
    addSale(log);
    expect(() => addSale(log, { receiptNo: 1 })).toThrow(/sale.id gap|UNIQUE/);
    expect(() => addSale(log, { receiptNo: 3 })).toThrow("sale.id gap");
    expect(log.sales.newestId()).toBe(1);
    log.close();
  });

  it("is kept as it was, to the last byte", () => {
    const log = new SaleLog(tempDir());
    const nameZh = "引号\"'\\ 换行\n 表情🍎 零\u0000";
    const id = addSale(
      log,
      { shop: { name: nameZh, address: "", phone: "", footer: "" } },
      { lines: [line({ nameZh })], discountMinor: 0 },
    );
    const again = log.sales.record(id);
    expect(again?.shop.name).toBe(nameZh);
    expect(again?.lines[0]?.nameZh).toBe(nameZh);
    log.close();
  });
});

describe("once", () => {
  it("does a request once and repeats its answer, also after reopening", () => {
    const dir = tempDir();
    let runs = 0;
    const work = () => ({ run: (runs += 1) });
    const log = new SaleLog(dir);
    expect(log.once("request-1", AT, work)).toEqual({ answer: { run: 1 }, repeated: false });
    expect(log.once("request-1", AT, work)).toEqual({ answer: { run: 1 }, repeated: true });
    expect(log.wasAnswered("request-1")).toBe(true);
    log.close();
    const reopened = new SaleLog(dir);
    expect(reopened.once("request-1", AT, work)).toEqual({ answer: { run: 1 }, repeated: true });
    expect(runs).toBe(1);
    reopened.close();
  });

  it("remembers nothing of a request that failed", () => {
    const log = new SaleLog(tempDir());
    const fail = () => {
      log.keep("basket", "half");
      throw new Error("no");
    };
    expect(() => log.once("request-1", AT, fail)).toThrow("no");
    expect(log.wasAnswered("request-1")).toBe(false);
    expect(log.kept("basket")).toBeNull();
    expect(log.once("request-1", AT, () => 7).answer).toBe(7);
    log.close();
  });

  it("forgets only requests nobody can repeat any more", () => {
    const log = new SaleLog(tempDir());
    log.once("old-request", AT, () => 1);
    for (let n = 0; n < 150; n += 1) log.once(`new-request-${n}`, AT + 6 * 86_400_000 + n, () => 2);
    log.forgetOldRequests(AT + 8 * 86_400_000);
    expect(log.wasAnswered("old-request")).toBe(false);
    expect(log.wasAnswered("new-request-0")).toBe(true);
    // A clock that was set forward by years makes all of them old: the newest can still be repeated.
    log.forgetOldRequests(AT + 8_000 * 86_400_000);
    expect(log.wasAnswered("new-request-49")).toBe(false);
    expect(log.wasAnswered("new-request-50")).toBe(true);
    log.close();
  });
});

describe("a kept value", () => {
  it("that lost a bit is as if it was never kept, and stops nothing", () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    log.keep("basket", "[1]");
    log.keep("cashier", "Li");
    log.close();
    const raw = new DatabaseSync(join(dir, "slipsure.db"));
    raw.exec("UPDATE kept SET v='[1' WHERE k='basket'");
    raw.close();
    const again = new SaleLog(dir);
    expect(again.kept("basket")).toBeNull();
    expect(again.kept("cashier")).toBe("Li");
    again.keep("basket", "[2]");
    expect(again.kept("basket")).toBe("[2]");
    again.close();
  });
});

describe("products", () => {
  it("are put in all or none", () => {
    const log = new SaleLog(tempDir());
    const product = {
      code: "1",
      barcode: null,
      nameZh: "",
      nameEn: "a",
      priceMinor: 1,
      unit: "",
      category: "",
      taxRateBp: null,
    };
    expect(() =>
      log.transaction(() =>
        log.products.put([product, { ...product, code: "2", priceMinor: 1.5 }]),
      ),
    ).toThrow("cannot store REAL value");
    expect(log.products.count()).toBe(0);
    log.close();
  });
});
