import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { UpdateState } from "../../../main/contract/updates.ts";
import { UpdateFailure } from "../../../main/updates/source.ts";
import { PIN, PRICE_MINOR, TillBench } from "../support/till-bench.ts";
import { line } from "../support/sale-samples.ts";
import { tempDir } from "../support/temp-dir.ts";
import { FakeSource } from "./fake-source.ts";

const OFFER = { version: "1.1.0", notes: "- Faster", releaseDate: "2026-11-20T08:00:00.000Z" };

/** A till with sales that has been told of a new version. */
async function openTill(options: { offered?: boolean } = {}) {
  const source = new FakeSource(tempDir());
  const bench = await TillBench.open({ updates: source });
  const until = (check: (state: UpdateState) => boolean) =>
    new Promise<UpdateState>((resolve) => {
      const look = (state: UpdateState) => {
        if (!check(state)) return;
        stop();
        resolve(state);
      };
      const stop = bench.till.listen("updates", look);
      void bench.call("updates.state", {}).then(look);
    });
  const sell = async () => {
    const sale = await bench.sell();
    await bench.untilState(sale, "printed");
    await bench.untilIdle();
  };
  const closeDay = () => bench.call("day.close", { requestId: bench.requestId(), signature: null });
  if (options.offered !== false) {
    source.offer = OFFER;
    await bench.call("updates.check", {});
    await until(({ phase }) => phase === "waiting" || phase === "counting");
  }
  return { source, bench, until, sell, closeDay };
}

describe("an update on a till that sells", () => {
  it("is fetched while the shop sells, and begins when the day is closed and copied", async () => {
    const { source, bench, until, sell, closeDay } = await openTill({ offered: false });
    await sell();
    source.offer = OFFER;
    await bench.call("updates.check", {});
    const waiting = await until(({ phase }) => phase === "waiting");
    expect(waiting).toMatchObject({ waitsFor: "dayOpen", version: "1.0.0" });
    expect(waiting.offered).toEqual({
      version: "1.1.0",
      notes: "Faster",
      releasedAtMs: Date.UTC(2026, 10, 20, 8),
    });
    const refused = await bench.refusal("updates.install", { pin: PIN });
    expect(refused.code).toBe("UPDATE_DAY_OPEN");

    await closeDay();
    const counting = await until(({ phase }) => phase === "counting");
    const { copies } = await bench.call("backup.state", {});
    expect(copies[0]).toMatchObject({ state: "verified", sales: 1 });
    expect(source.done).not.toContain("install");
    expect((counting.installsAtMs ?? 0) - bench.clock.nowMs()).toBeGreaterThan(30_000);
    bench.clock.jump(61_000);
    await until(({ phase }) => phase === "installing");
    expect(source.done).toEqual(["check", "download", "install"]);
  }, 30_000);

  it("stops counting for a basket, and for the first sale of the next day", async () => {
    const { source, bench, until, sell, closeDay } = await openTill({ offered: false });
    await sell();
    await closeDay();
    source.offer = OFFER;
    await bench.call("updates.check", {});
    await until(({ phase }) => phase === "counting");
    const lines = [line({ priceMinor: PRICE_MINOR })];
    await bench.call("basket.keep", { basket: { lines, discountMinor: 0 } });
    // Even when nobody looked in between, the moment itself is asked.
    bench.clock.jump(61_000);
    await until(({ waitsFor }) => waitsFor === "basket");
    expect((await bench.refusal("updates.install", { pin: PIN })).code).toBe("UPDATE_BASKET");

    await sell();
    await until(({ waitsFor }) => waitsFor === "dayOpen");
    bench.clock.jump(120_000);
    await closeDay();
    await until(({ phase }) => phase === "counting");
    expect(source.done).not.toContain("install");
  }, 30_000);

  it("waits for a receipt that is not out", async () => {
    const { source, bench, until, sell, closeDay } = await openTill({ offered: false });
    await sell();
    await closeDay();
    bench.device.setFault({ kind: "paperOut", afterMm: 20 });
    const { days } = await bench.call("day.list", { limit: 1 });
    await bench.call("day.print", { requestId: bench.requestId(), dayId: days[0]?.dayId ?? 1 });
    source.offer = OFFER;
    await bench.call("updates.check", {});
    await until(({ waitsFor }) => waitsFor === "paper");
    expect((await bench.refusal("updates.install", { pin: PIN })).code).toBe("UPDATE_PAPER");
    bench.device.loadPaper();
    await until(({ phase }) => phase === "counting");
  }, 30_000);

  it("does not begin without a true copy of these books", async () => {
    const { source, bench, until, sell, closeDay } = await openTill({ offered: false });
    await sell();
    // A file where the folder of the copies belongs.
    rmSync(join(bench.dataDir, "backups"), { recursive: true, force: true });
    writeFileSync(join(bench.dataDir, "backups"), "");
    await closeDay();
    source.offer = OFFER;
    await bench.call("updates.check", {});
    const state = await until(({ problem }) => problem === "backupFailed");
    expect(state).toMatchObject({ phase: "waiting", waitsFor: "backup" });
    expect((await bench.refusal("updates.install", { pin: PIN })).code).toBe("UPDATE_NO_BACKUP");
    expect(source.done).not.toContain("install");
  }, 30_000);
});

describe("putting off and trying again", () => {
  it("whoever closes may say not today, the owner not this week; the wish survives a restart", async () => {
    const { bench, until, sell, closeDay } = await openTill();
    await until(({ phase }) => phase === "counting");
    await bench.call("updates.postpone", { until: "dayEnd", pin: null });
    await until(({ waitsFor }) => waitsFor === "postponed");
    await sell();
    await closeDay();
    await until(({ phase }) => phase === "counting");

    const noPin = await bench.refusal("updates.postpone", { until: "week", pin: "0000" });
    expect(noPin.code).toBe("WRONG_PIN");
    await bench.call("updates.postpone", { until: "week", pin: PIN });
    await bench.restart();
    await bench.call("updates.check", {});
    const state = await until(({ waitsFor }) => waitsFor === "postponed");
    const days = ((state.postponedUntilMs ?? 0) - bench.clock.nowMs()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    await bench.call("updates.postpone", { until: null, pin: PIN });
    await until(({ phase }) => phase === "counting");
  }, 40_000);

  it("an installer that changed nothing is not started again by itself", async () => {
    const { source, bench, until } = await openTill();
    await bench.call("updates.install", { pin: PIN });
    await until(({ phase }) => phase === "installing");
    await bench.restart();
    await bench.call("updates.check", {});
    const state = await until(({ phase }) => phase === "waiting");
    expect(state.waitsFor).toBe("failedBefore");
    await bench.call("updates.install", { pin: PIN });
    await until(({ phase }) => phase === "installing");
    expect(source.done.filter((what) => what === "install")).toHaveLength(2);
  }, 30_000);

  it("tells what went wrong, and neither stops selling nor forgets to try again", async () => {
    const { source, bench, until, sell } = await openTill({ offered: false });
    source.checkError = new UpdateFailure("offline");
    await bench.call("updates.check", {});
    expect(await bench.call("updates.state", {})).toMatchObject({
      problem: "offline",
      phase: "none",
      checkedAtMs: null,
    });
    expect(bench.incidents).toEqual([]);
    source.checkError = null;
    source.offer = OFFER;
    source.downloadError = new UpdateFailure("damaged");
    bench.clock.jump(3_600_001);
    await until(({ problem }) => problem === "damaged");
    await sell();
    source.downloadError = null;
    bench.clock.jump(3_600_001);
    const state = await until(({ phase }) => phase === "waiting");
    expect(state).toMatchObject({ problem: null, waitsFor: "dayOpen" });
  }, 30_000);
});

it("a till the rollout has not reached yet hears of nothing", async () => {
  const { source, bench } = await openTill({ offered: false });
  source.offer = { ...OFFER, stagingPercentage: 0 };
  await bench.call("updates.check", {});
  expect(await bench.call("updates.state", {})).toMatchObject({ phase: "none", offered: null });
  expect(source.done).toEqual(["check"]);
});

it("a till that was not installed says so and looks for nothing", async () => {
  const bench = await TillBench.open();
  expect(await bench.call("updates.state", {})).toMatchObject({ looks: "checkout", phase: "none" });
  expect((await bench.refusal("updates.install", { pin: PIN })).code).toBe("NO_UPDATE");
});
