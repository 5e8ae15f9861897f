import { describe, expect, it } from "vitest";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { writeSale } from "../support/log-samples.ts";
import { line } from "../support/sale-samples.ts";
import { PIN, PRICE_MINOR, TillBench } from "../support/till-bench.ts";

/** Leaves one sale in the log as a till that died at that very moment would. */
async function diedAt(state: "due" | "printing" | "blocked"): Promise<TillBench> {
  const bench = await TillBench.open();
  await bench.till.close();
  const log = new SaleLog(bench.dataDir);
  log.transaction(() => {
    const id = writeSale(
      log,
      { atMs: bench.clock.nowMs() },
      { lines: [line({ priceMinor: PRICE_MINOR })], discountMinor: 0 },
    );
    if (state !== "due")
      log.receipts.record(id, bench.clock.nowMs(), "小王", { type: "attemptStarted", attempt: 1 });
    if (state === "blocked")
      log.receipts.record(id, bench.clock.nowMs(), "till", {
        type: "attemptBlocked",
        attempt: 1,
        cause: "paperOut",
      });
  });
  log.close();
  await bench.start();
  return bench;
}

describe("after a crash", () => {
  it("a sale whose receipt was not sent yet is printed, unmarked", async () => {
    const bench = await diedAt("due");
    await bench.untilState(1, "printed");
    await bench.untilIdle();
    expect(bench.papers()).toEqual(["1"]);
  });

  it.each(["printing", "blocked"] as const)(
    "one that was %s is asked about, and not printed unasked",
    async (state) => {
      const bench = await diedAt(state);
      const status = await bench.untilState(1, "unknown");
      expect(status).toMatchObject({
        reminder: 1,
        rail: [{ cause: "appCrash", mayBeOnPaper: true }],
      });
      await bench.until(({ printer }) => printer.state === "ready");
      expect(bench.papers()).toEqual([]);
      await bench.print(1, "nothing");
      await bench.untilState(1, "printed");
      expect(bench.papers()).toEqual(["1 REPRINT 1"]);
    },
  );
});

describe("after closing", () => {
  it("a receipt on its way is waited for", async () => {
    const bench = await TillBench.open();
    await bench.sell();
    await bench.untilState(1, "printing");
    await bench.restart();
    expect(await bench.state(1)).toBe("printed");
    expect(bench.papers()).toEqual(["1"]);
  });

  it("a failed one is still failed, and printed once when the printer is back", async () => {
    const bench = await TillBench.open();
    bench.device.openCover();
    await bench.sell();
    await bench.untilState(1, "failed");
    await bench.restart();
    expect((await bench.call("status.get", {})).reminder).toBe(1);
    bench.device.closeCover();
    await bench.untilState(1, "printed");
    await bench.untilIdle();
    expect(bench.papers()).toEqual(["1"]);
  });

  it("a blocked one is asked about; the paper that then comes out is the only one", async () => {
    const bench = await TillBench.open();
    bench.device.setFault({ kind: "paperOut", afterMm: 40 });
    await bench.sell();
    await bench.untilState(1, "blocked");
    await bench.restart();
    await bench.untilState(1, "unknown");
    bench.device.loadPaper();
    await bench.untilPapers(1);
    await bench.call("receipt.seen", bench.exit(1));
    await bench.sell();
    await bench.untilState(2, "printed");
    expect(bench.papers()).toEqual(["1", "2"]);
  });

  it("an unknown one is still unknown, twice over", async () => {
    const bench = await TillBench.open();
    bench.device.setFault({ kind: "reset", afterBytes: 150 });
    await bench.sell();
    await bench.untilState(1, "unknown");
    await bench.restart();
    await bench.restart();
    await bench.until(({ printer }) => printer.state === "ready");
    expect(await bench.state(1)).toBe("unknown");
    expect(bench.papers()).toEqual([]);
    expect((await bench.trail(1)).filter((step) => step.startsWith("attemptUnknown"))).toHaveLength(
      1,
    );
  });

  it("basket, cashier and settings are as they were", async () => {
    const bench = await TillBench.open();
    const basket = { lines: [line({ nameZh: "半个西瓜", quantityMilli: 2345 })], discountMinor: 5 };
    await bench.call("basket.keep", { basket });
    await bench.call("session.signIn", { cashier: "Li" });
    await bench.restart();
    expect((await bench.call("basket.get", {})).basket).toEqual(basket);
    expect((await bench.call("status.get", {})).cashier).toBe("Li");
    expect((await bench.call("settings.get", {})).ready).toBe(true);
  });

  it("a completed sale leaves an empty basket, a refused one leaves it full", async () => {
    const bench = await TillBench.open();
    const input = bench.saleInput();
    await bench.call("basket.keep", { basket: input.basket });
    await bench.refusal("sale.complete", { ...input, expectedTotalMinor: 1 });
    expect((await bench.call("basket.get", {})).basket).toEqual(input.basket);
    await bench.call("sale.complete", input);
    await bench.untilState(1, "printed");
    await bench.restart();
    expect((await bench.call("basket.get", {})).basket.lines).toEqual([]);
  });

  it("settings that can't be read are those the log remembers; the sales are all there", async () => {
    const bench = await TillBench.open();
    await bench.sell();
    await bench.untilState(1, "printed");
    await bench.till.close();
    bench.store.set("settings", { ready: true, currency: "doubloons" });
    await bench.start();
    expect(await bench.call("settings.get", {})).toMatchObject({ ready: true, currency: "CNY" });
    expect(await bench.sell()).toBe(2);
    expect((await bench.refusal("settings.setUp", bench.setup())).code).toBe("BAD_INPUT");
    await bench.call("settings.change", { patch: { sound: true }, pin: PIN });
  });

  it("a second till on the same folder is refused and the first sells on", async () => {
    const bench = await TillBench.open();
    const first = bench.till;
    await expect(bench.start()).rejects.toThrow("already open");
    bench.till = first;
    expect(await bench.sell()).toBe(1);
    await bench.untilPapers(1);
  });
});
