import { describe, expect, it } from "vitest";
import { DEFER_MS, LATE_AFTER_MS } from "../../../main/domain/receipt/state.ts";
import { PIN, TillBench } from "../support/till-bench.ts";

const TWO_HOURS_MS = 2 * 60 * 60_000;

/** A till with one sale whose receipt could not be printed. */
async function owing(): Promise<TillBench> {
  const bench = await TillBench.open({ factor: 4 });
  bench.device.setFault({ kind: "paperOut", afterMm: 0 });
  await bench.sell();
  await bench.untilState(1, "failed");
  return bench;
}

describe.each([
  ["forward", TWO_HOURS_MS],
  ["back", -TWO_HOURS_MS],
])("with the computer's clock set two hours %s", (_, byMs) => {
  it("three minutes put off are three minutes", async () => {
    const bench = await owing();
    await bench.call("receipt.defer", { ...bench.exit(1), pin: null });
    bench.clock.set(byMs);
    await bench.sell();
    await bench.untilState(2, "failed");
    await bench.call("receipt.defer", { ...bench.exit(2), pin: null });
    bench.clock.jump(DEFER_MS / 2);
    const { nowMs, rail, reminder } = await bench.call("status.get", {});
    expect(reminder).toBeNull();
    for (const { deferredUntilMs } of rail) {
      // What the page shows is a time by the clock as it is now.
      expect(deferredUntilMs).toBeGreaterThan(nowMs);
      expect(deferredUntilMs).toBeLessThan(nowMs + DEFER_MS);
    }
    bench.clock.jump(DEFER_MS / 2);
    await bench.until((status) => status.reminder === 1);
    expect((await bench.refusal("sale.complete", bench.saleInput())).code).toBe("RECEIPT_OWED");
  });

  it("a receipt seconds old is no late one", async () => {
    const bench = await owing();
    bench.clock.set(byMs);
    const { nowMs, rail } = await bench.call("status.get", {});
    expect(rail[0]?.lateFromMs).toBeGreaterThan(nowMs);
    bench.device.loadPaper();
    await bench.untilPapers(1);
    expect(bench.papers()).toEqual(["1"]);
    expect((await bench.untilState(1, "printed")).tray).toEqual([]);
  });

  it("a receipt whose customer is gone is a late one", async () => {
    const bench = await owing();
    bench.clock.set(byMs);
    bench.clock.jump(LATE_AFTER_MS + 1);
    bench.device.loadPaper();
    await bench.untilPapers(1);
    expect(bench.papers()).toEqual(["1 LATE"]);
    expect((await bench.untilState(1, "printed")).tray).toMatchObject([{ saleId: 1 }]);
  });

  it("what was set while its paper was moving makes it no late one", async () => {
    const bench = await TillBench.open({ factor: 4, device: { speedMmPerS: 20 } });
    await bench.sell();
    await bench.until(({ progress }) => progress !== null);
    bench.clock.set(byMs);
    expect((await bench.untilState(1, "printed")).tray).toEqual([]);
  });
});

it("four put off for a minute are printed as originals, and nobody has to claim them", async () => {
  const bench = await owing();
  for (const saleId of [2, 3, 4]) {
    await bench.call("receipt.defer", { ...bench.exit(saleId - 1), pin: PIN });
    await bench.sell();
    await bench.untilState(saleId, "failed");
  }
  await bench.call("receipt.defer", { ...bench.exit(4), pin: PIN });
  bench.clock.jump(60_000);
  bench.device.loadPaper();
  await bench.untilPapers(4);
  expect(bench.papers().sort()).toEqual(["1", "2", "3", "4"]);
  const { tray, rail } = await bench.until((status) => status.rail.length === 0);
  expect({ tray, rail }).toEqual({ tray: [], rail: [] });
});
