import { describe, expect, it } from "vitest";
import { z } from "zod";
import { CALLS, FEEDS } from "../../../main/contract/calls.ts";
import { saleDetailSchema } from "../../../main/contract/history.ts";
import { MOST } from "../../../main/contract/limits.ts";
import { layoutReceipt } from "../../../main/domain/receipt/layout.ts";
import { DEFER_MS } from "../../../main/domain/receipt/state.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { AT, writeSale } from "../support/log-samples.ts";
import { line, saleOf } from "../support/sale-samples.ts";
import { tempDir } from "../support/temp-dir.ts";
import { PIN, TillBench } from "../support/till-bench.ts";

const DAY_MS = 86_400_000;

/** Where in a shape there are lists of any length. */
function unlimited(schema: z.ZodType): string[] {
  const found: string[] = [];
  const walk = (node: unknown, path: string) => {
    if (node === null || typeof node !== "object") return;
    const { type, maxItems } = node as { type?: unknown; maxItems?: unknown };
    if (type === "array" && typeof maxItems !== "number") found.push(path);
    for (const [key, value] of Object.entries(node)) walk(value, `${path}.${key}`);
  };
  walk(z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }), "");
  return found;
}

describe("every list that a page gets has a limit", () => {
  it("finds a list without one, however deep it lies", () => {
    const each = z.object({ names: z.array(z.string()) });
    expect(unlimited(z.object({ a: z.array(each).max(3).nullable() }))).toHaveLength(1);
    expect(unlimited(z.object({ a: z.array(z.string()).max(3) }))).toEqual([]);
    expect(
      unlimited(z.discriminatedUnion("kind", [each.extend({ kind: z.literal("a") })])),
    ).toEqual([".oneOf.0.properties.names"]);
  });

  it.each(Object.entries(CALLS))("%s", (_, { output }) => {
    expect(unlimited(output)).toEqual([]);
  });

  it.each(Object.entries(FEEDS))("feed %s", (_, schema) => {
    expect(unlimited(schema)).toEqual([]);
  });
});

/** A shop whose log was written before. */
async function shopWith(write: (log: SaleLog) => void, factor = 20): Promise<TillBench> {
  const dataDir = tempDir();
  const log = new SaleLog(dataDir);
  log.transaction(() => write(log));
  log.close();
  return TillBench.open({ dataDir, factor });
}

/** What another run has written, while no till is open. */
async function whileClosed(bench: TillBench, write: (log: SaleLog) => void): Promise<void> {
  await bench.till.close();
  const log = new SaleLog(bench.dataDir);
  log.transaction(() => write(log));
  log.close();
  await bench.start();
}

/** A receipt that has failed, as after a day without paper. */
function fail(log: SaleLog, saleId: number): void {
  log.receipts.record(saleId, AT, "till", {
    type: "attemptFailed",
    attempt: 1,
    cause: "paperOut",
  });
}

/** A receipt that came out an hour after its sale. */
function printLate(log: SaleLog, saleId: number, atMs: number): void {
  log.receipts.record(saleId, atMs, "till", { type: "attemptStarted", attempt: 1 });
  log.receipts.record(saleId, atMs, "till", {
    type: "attemptPrinted",
    attempt: 1,
    grade: "A",
    late: false,
  });
}

describe("days on which nothing printed", () => {
  it("hang the oldest and the newest on the rail, count all, and ask about all", async () => {
    const count = MOST.rail + 40;
    const bench = await shopWith((log) => {
      for (let n = 0; n < count; n += 1) fail(log, writeSale(log, { atMs: AT }));
    });
    const { backlog, ...status } = await bench.until((now) => now.backlog !== null);
    expect(status).toMatchObject({ owedCount: count, stuckCount: count, reminder: 1 });
    const ids = status.rail.map(({ saleId }) => saleId);
    expect(ids).toHaveLength(MOST.rail);
    expect(ids.slice(0, 2)).toEqual([1, 2]);
    expect(ids.at(-1)).toBe(count);
    expect(new Set(ids).size).toBe(MOST.rail);
    const totalMinor = count * 200;
    expect(backlog).toMatchObject({ waitingCount: 0, lateCount: count, totalMinor });
    expect(backlog?.lateMinor).toBe(totalMinor);
    expect(backlog?.late).toHaveLength(MOST.backlog);

    const report = await bench.call("day.report", { dayId: null });
    expect(report.unproven).toHaveLength(MOST.unproven);
    expect(report.unprovenCount).toBe(count);
    const { text } = await bench.call("day.csv", { dayId: null });
    expect(text.split("\r\n").filter((row) => /^\d/.test(row))).toHaveLength(count);

    const all = { which: "all", reason: "顾客走了", pin: PIN } as const;
    await bench.call("backlog.settle", { requestId: bench.requestId(), ...all });
    expect(await bench.call("status.get", {})).toMatchObject({ rail: [], owedCount: 0 });
  });

  it("keep the receipt that is asked about on the rail, wherever it stands", async () => {
    const count = MOST.rail + 40;
    const middle = MOST.rail / 2 + 20;
    // Each was put off for a moment from now on, the one in the middle was not.
    const untilMs = Date.now() + DEFER_MS;
    const bench = await shopWith((log) => {
      for (let n = 1; n <= count; n += 1) {
        fail(log, writeSale(log, { atMs: AT }));
        const later = { type: "deferred", untilMs, by: "Li", reason: "later" } as const;
        if (n !== middle) log.receipts.record(n, AT, "Li", later);
      }
    }, 1);
    const status = await bench.call("status.get", {});
    expect(status).toMatchObject({ owedCount: count, reminder: middle });
    expect(status.rail).toHaveLength(MOST.rail);
    expect(status.rail.map(({ saleId }) => saleId)).toContain(middle);
  });
});

describe("the claim tray", () => {
  it("shows the newest and counts all; what nobody fetches leaves it by its age and is listed", async () => {
    const count = MOST.tray + 130;
    const bench = await TillBench.open();
    const nowMs = bench.clock.nowMs();
    await whileClosed(bench, (log) => {
      for (let n = 0; n < count; n += 1)
        printLate(log, writeSale(log, { atMs: nowMs - 3_600_000 }), nowMs);
    });
    const before = await bench.call("status.get", {});
    expect(before.trayCount).toBe(count);
    expect(before.tray).toHaveLength(MOST.tray);
    expect(before.tray.at(-1)?.saleId).toBe(count);
    const today = await bench.call("day.report", { dayId: null });
    expect(today.unclaimedCount).toBe(count);
    expect(today.unclaimed).toHaveLength(MOST.unclaimed);
    expect(today.unclaimed[0]).toMatchObject({ saleId: 1, state: "waiting" });

    await bench.call("receipt.handOver", { requestId: bench.requestId(), saleId: 2 });
    bench.clock.jump(8 * DAY_MS);
    const after = await bench.until(({ trayCount }) => trayCount === 0);
    expect(after.tray).toEqual([]);
    const report = await bench.call("day.report", { dayId: 1 });
    expect(report.unclaimedCount).toBe(count - 1);
    expect(report.unclaimed[0]).toMatchObject({ saleId: 1, state: "unclaimed" });
    expect(report.unclaimed[1]).toMatchObject({ saleId: 3, state: "unclaimed" });
    expect((await bench.trail(1)).at(-1)).toBe("unclaimed");
    expect((await bench.call("history.sale", { saleId: 1 })).status.handover).toBe("unclaimed");
    expect((await bench.call("history.sale", { saleId: 2 })).status.handover).toBe("done");
    const check = await bench.call("books.check", { requestId: bench.requestId() });
    expect(check.state.lastCheck?.state).toBe("whole");
  });
});

it("a trail of many steps keeps the sale and the newest, and says how many are between", async () => {
  const bench = await shopWith((log) => {
    fail(log, writeSale(log, { atMs: AT }));
    for (let n = 0; n < MOST.trail + 50; n += 1)
      log.receipts.record(1, AT, "Li", { type: "deferred", untilMs: AT, by: "Li", reason: `${n}` });
    const by = "Li";
    log.receipts.record(1, AT, by, { type: "settled", how: "declined", by, reason: "gone" });
  });
  const { trail, trailMore } = await bench.call("history.sale", { saleId: 1 });
  expect(trail).toHaveLength(MOST.trail);
  expect(trail[0]?.type).toBe("opened");
  expect(trail.at(-1)?.reason).toBe("gone");
  // Failed, put off so often and settled, less those that are listed.
  expect(trailMore).toBe(1 + (MOST.trail + 50) + 1 - (MOST.trail - 1));
});

it("everybody who ever sold, of more than fit those who came last", async () => {
  const bench = await shopWith((log) => {
    for (let n = 0; n < MOST.people + 20; n += 1)
      log.append(AT, `人 ${n}`, { kind: "signedIn", ref: null, body: { v: 1 } });
  });
  const { names } = await bench.call("history.cashiers", {});
  expect(names).toHaveLength(MOST.people);
  expect(names).toContain(`人 ${MOST.people + 19}`);
  expect(names).not.toContain("人 3");
});

it("printers beyond the limit are counted", async () => {
  const printers = Array.from({ length: MOST.printers + 5 }, (_, n) => ({
    config: { kind: "cups" as const, queue: `queue-${n}` },
    name: `Printer ${n}`,
    detail: "",
    hint: null,
  }));
  const bench = await TillBench.open({
    nativePrinters: {
      transport: () => {
        throw new Error("nobody prints here");
      },
      find: () => Promise.resolve(printers),
      close: () => {},
    },
  });
  const found = await bench.call("printer.find", {});
  expect(found.printers).toHaveLength(MOST.printers);
  expect(found.more).toBe(5);
});

it("the longest receipt there can be fits", () => {
  const lines = Array.from({ length: 500 }, (_, n) =>
    line({
      code: `${n}`.padStart(40, "0"),
      nameZh: "名".repeat(200),
      nameEn: "n".repeat(200),
      unit: "单".repeat(20),
      discountMinor: 1,
    }),
  );
  const record = saleOf({ lines, discountMinor: 1 });
  const receipt = layoutReceipt(record, 32, { kind: "original" });
  expect(saleDetailSchema.shape.receipt.safeParse(receipt).error?.issues ?? []).toEqual([]);
});

describe("answers to requests", () => {
  it("are forgotten by a till that is never closed", async () => {
    const bench = await TillBench.open();
    const nowMs = bench.clock.nowMs();
    await whileClosed(bench, (log) => {
      // It leaves the tray in the same hour, which is told.
      printLate(log, writeSale(log, { atMs: nowMs - 3_600_000 }), nowMs);
    });
    const ask = async (count: number) => {
      const ids = Array.from({ length: count }, () => bench.requestId());
      for (const requestId of ids) await bench.call("backlog.oneByOne", { requestId });
      return ids;
    };
    const older = await ask(20);
    bench.clock.jump(60_000);
    const newest = await ask(100);
    await bench.until(({ trayCount }) => trayCount === 1);
    bench.clock.jump(8 * DAY_MS);
    await bench.until(({ trayCount }) => trayCount === 0);
    await bench.till.close();
    const log = new SaleLog(bench.dataDir);
    const known = (ids: string[]) =>
      ids.filter((requestId) => log.wasAnswered(`backlog.oneByOne:${requestId}`));
    const kept = { older: known(older), newest: known(newest) };
    log.close();
    // Those stay whatever the clock says: one that was set forward makes every answer look old.
    expect(kept).toEqual({ older: [], newest });
  });
});
