import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { witnessPath } from "../../../main/sale-log/witness.ts";
import { verifyFile } from "../../../main/sale-log/verify/verify-file.ts";
import { line } from "../support/sale-samples.ts";
import { PRICE_MINOR, TillBench } from "../support/till-bench.ts";

/** Every event of some kinds, oldest first: kind, who, body. */
function events(bench: TillBench, ...kinds: number[]) {
  const db = new DatabaseSync(logPath(bench.dataDir), { readOnly: true });
  const rows = db
    .prepare(
      `SELECT e.kind, e.hash, p.name, e.body FROM event e JOIN person p ON p.id=e.actor
       WHERE e.kind IN (${kinds.join(",")}) ORDER BY e.seq`,
    )
    .all();
  db.close();
  return rows.map(({ kind, hash, name, body }) => ({
    kind: Number(kind),
    hash: String(hash),
    by: String(name),
    body: JSON.parse(String(body)) as Record<string, unknown>,
  }));
}

const verify = (bench: TillBench) =>
  verifyFile({ path: logPath(bench.dataDir), witness: witnessPath(bench.dataDir) });

const LINE_VOIDED = 14;
const BASKET_ABANDONED = 15;
const SALE = 3;
const DAY_CLOSED = 5;

const water = line({ priceMinor: 200, quantityMilli: 3000 });
const apple = line({ code: "P-17", nameZh: "苹果", nameEn: "Apple", priceMinor: 500 });

describe("what is taken out of a basket", () => {
  it("is an event with its goods and its cashier; what is added is none", async () => {
    const bench = await TillBench.open();
    const keep = (...lines: (typeof water)[]) =>
      bench.call("basket.keep", { basket: { lines, discountMinor: 0 } });
    await keep(water);
    await keep(water, apple);
    expect(events(bench, LINE_VOIDED, BASKET_ABANDONED)).toEqual([]);
    await keep({ ...water, quantityMilli: 1000 }, apple);
    await keep({ ...water, quantityMilli: 1000 });
    // The same goods, moved onto two lines, are still there.
    await keep({ ...water, quantityMilli: 500 }, { ...water, quantityMilli: 500 });
    const voided = events(bench, LINE_VOIDED, BASKET_ABANDONED);
    expect(voided.map(({ kind, by }) => [kind, by])).toEqual([
      [LINE_VOIDED, "小王"],
      [LINE_VOIDED, "小王"],
    ]);
    expect(voided[0]?.body).toMatchObject({ code: water.code, quantityMilli: 2000, v: 1 });
    expect(voided[1]?.body).toMatchObject({ nameZh: "苹果", priceMinor: 500, quantityMilli: 1000 });
    await keep();
    expect(events(bench, BASKET_ABANDONED)).toMatchObject([
      { by: "小王", body: { v: 1, lines: [{ quantityMilli: 500 }, { quantityMilli: 500 }] } },
    ]);
    await keep();
    expect(events(bench, BASKET_ABANDONED)).toHaveLength(1);
    await bench.till.close();
    expect((await verify(bench)).findings).toEqual([]);
  });

  it("is not what was sold, but is what was left out of the sale", async () => {
    const bench = await TillBench.open();
    const sold = bench.saleInput();
    await bench.call("basket.keep", { basket: sold.basket });
    await bench.call("sale.complete", sold);
    await bench.call("basket.keep", { basket: { lines: [], discountMinor: 0 } });
    expect(events(bench, LINE_VOIDED, BASKET_ABANDONED)).toEqual([]);
    await bench.untilState(1, "printed");
    const next = bench.saleInput();
    await bench.call("basket.keep", {
      basket: { lines: [...next.basket.lines, apple], discountMinor: 0 },
    });
    await bench.call("sale.complete", next);
    expect(events(bench, LINE_VOIDED, BASKET_ABANDONED)).toMatchObject([
      { kind: LINE_VOIDED, body: { nameEn: "Apple" } },
    ]);
  });
});

describe("paper that holds the log to its word", () => {
  it("is every slip, copies too: the same code as on the screen and in the log", async () => {
    const bench = await TillBench.open();
    await bench.sell();
    await bench.untilState(1, "printed");
    await bench.print(1);
    await bench.untilPapers(2);
    await bench.untilIdle();
    const code = events(bench, SALE)[0]?.hash.slice(0, 10) ?? "";
    const text = bench.device.paper
      .slips()
      .map((slip) => slip.text())
      .join("\n");
    expect(text.split(`校验码 ${code}`)).toHaveLength(3);
    const { receipt } = await bench.call("history.sale", { saleId: 1 });
    expect(JSON.stringify(receipt)).toContain(`校验码 ${code}`);
  });

  it("is the day's end: its head is the event that closed it, with all that was ever sold", async () => {
    const bench = await TillBench.open();
    await bench.sell();
    await bench.untilState(1, "printed");
    const open = await bench.call("day.report", { dayId: null });
    expect(open).toMatchObject({ grandSales: 1, grandTotalMinor: PRICE_MINOR });
    await bench.call("day.close", { requestId: bench.requestId(), signature: null });
    await bench.sell();
    await bench.untilState(2, "printed");
    const { report } = await bench.call("day.close", {
      requestId: bench.requestId(),
      signature: null,
    });
    const [first, second] = events(bench, DAY_CLOSED);
    expect(second?.body).toMatchObject({
      v: 2,
      sales: 1,
      totalMinor: PRICE_MINOR,
      firstSaleId: 2,
      lastSaleId: 2,
      grandSales: 2,
      grandTotalMinor: 2 * PRICE_MINOR,
    });
    expect(report).toMatchObject({
      head: { hash: second?.hash },
      grandSales: 2,
      grandTotalMinor: 2 * PRICE_MINOR,
    });
    // An old report keeps the head and the total it had.
    const old = await bench.call("day.report", { dayId: report.dayId - 1 });
    expect(old).toMatchObject({ head: { hash: first?.hash }, grandTotalMinor: PRICE_MINOR });
    await bench.call("day.print", { requestId: bench.requestId(), dayId: report.dayId });
    await bench.until(({ lastJob }) => lastJob?.kind === "report" && lastJob.outcome === "printed");
    await bench.untilIdle();
    const text = bench.device.paper
      .slips()
      .map((slip) => slip.text())
      .join("\n");
    const { hash, seq } = report.head;
    expect(text.replaceAll(/\s+/g, "")).toContain(`日志头${seq}${hash}`);
    expect(text).toMatch(/历史累计\s+24\.68/);
    expect((await bench.call("day.csv", { dayId: report.dayId })).text).toContain(
      `日志头 ${seq} ${hash}`,
    );
    await bench.till.close();
    const checked = await verifyFile({
      path: logPath(bench.dataDir),
      witness: witnessPath(bench.dataDir),
      codes: [`${seq} ${hash}`],
    });
    expect(checked.findings).toEqual([]);
  });
});

describe("a till on a log that was changed", () => {
  it("starts, sells, and says so", async () => {
    const bench = await TillBench.open();
    await bench.sell();
    await bench.untilState(1, "printed");
    await bench.till.close();
    const db = new DatabaseSync(logPath(bench.dataDir));
    db.exec("DROP TRIGGER sale_no_delete");
    db.close();
    await bench.start();
    expect(JSON.stringify(bench.incidents.map(String))).toContain("sale_no_delete");
    bench.incidents.length = 0;
    expect(await bench.sell()).toBe(2);
    await bench.untilState(2, "printed");
    await bench.till.close();
    const { findings } = await verify(bench);
    expect(findings.map(({ code }) => code)).toEqual(["damageRecorded"]);
  });
});
