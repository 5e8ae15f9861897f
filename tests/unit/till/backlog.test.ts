import { describe, expect, it } from "vitest";
import { LATE_AFTER_MS } from "../../../main/domain/receipt/state.ts";
import { PIN, TillBench } from "../support/till-bench.ts";

/** Three sales while there is no paper; the first `late` of them are old when there is some again. */
async function outage(late: number): Promise<TillBench> {
  const bench = await TillBench.open();
  bench.device.setFault({ kind: "paperOut", afterMm: 0 });
  for (let saleId = 1; saleId <= 3; saleId += 1) {
    await bench.sell();
    await bench.untilState(saleId, "failed");
    if (saleId === late) bench.clock.jump(LATE_AFTER_MS + 1);
    // What was put off while the time jumped is owed again.
    for (let owed = 1; owed <= saleId; owed += 1)
      await bench.call("receipt.defer", { ...bench.exit(owed), pin: PIN });
  }
  return bench;
}

describe("after an outage", () => {
  it("young receipts print by themselves, the newest customer first", async () => {
    const bench = await outage(0);
    bench.device.loadPaper();
    await bench.untilPapers(3);
    expect(bench.papers()).toEqual(["3", "2", "1"]);
    expect((await bench.untilIdle()).backlog).toBeNull();
  });

  it("with old ones among them nothing prints until a person has answered", async () => {
    const bench = await outage(2);
    bench.device.loadPaper();
    const { backlog } = await bench.until((status) => status.backlog !== null);
    expect(backlog).toMatchObject({ waiting: [3], late: [2, 1] });
    expect(bench.papers()).toEqual([]);
  });

  it("print all: newest first, the old ones marked as late and laid into the tray", async () => {
    const bench = await outage(2);
    bench.device.loadPaper();
    await bench.until((status) => status.backlog !== null);
    await bench.call("backlog.print", { requestId: bench.requestId(), which: "all" });
    await bench.untilPapers(3);
    const { backlog, tray } = await bench.untilIdle();
    expect(bench.papers()).toEqual(["3", "2 LATE", "1 LATE"]);
    expect(backlog).toBeNull();
    expect(tray.map(({ saleId }) => saleId)).toEqual(expect.arrayContaining([1, 2]));
  });

  it("only what customers wait for, then the rest settled by the manager", async () => {
    const bench = await outage(2);
    bench.device.loadPaper();
    await bench.until((status) => status.backlog !== null);
    await bench.call("backlog.print", { requestId: bench.requestId(), which: "waiting" });
    await bench.untilPapers(1);
    const { backlog } = await bench.untilIdle();
    expect(backlog).toMatchObject({ waiting: [], late: [2, 1] });
    const settle = { requestId: bench.requestId(), which: "late", reason: "顾客已走" } as const;
    expect((await bench.refusal("backlog.settle", { ...settle, pin: "0000" })).code).toBe(
      "WRONG_PIN",
    );
    expect(await bench.state(1)).toBe("failed");
    await bench.call("backlog.settle", { ...settle, pin: PIN });
    expect([await bench.state(1), await bench.state(2), await bench.state(3)]).toEqual([
      "declined",
      "declined",
      "printed",
    ]);
    expect(bench.papers()).toEqual(["3"]);
  });

  it("one by one: the question is gone, also after the next outage, and nothing printed by itself", async () => {
    const bench = await outage(2);
    bench.device.loadPaper();
    await bench.until((status) => status.backlog !== null);
    await bench.call("backlog.oneByOne", { requestId: bench.requestId() });
    bench.device.openCover();
    await bench.until(({ printer }) => printer.cause === "coverOpen");
    bench.device.closeCover();
    const { backlog, rail } = await bench.until(({ printer }) => printer.state === "ready");
    expect(backlog).toBeNull();
    expect(rail.map(({ state }) => state)).toEqual(["failed", "failed", "failed"]);
    await bench.print(2);
    await bench.untilPapers(1);
    expect(bench.papers()).toEqual(["2 LATE"]);
  });

  it("a single old receipt needs no question: late, and into the tray", async () => {
    const bench = await TillBench.open();
    bench.device.setFault({ kind: "paperOut", afterMm: 0 });
    await bench.sell();
    await bench.untilState(1, "failed");
    bench.clock.jump(LATE_AFTER_MS + 1);
    bench.device.loadPaper();
    await bench.untilPapers(1);
    expect(bench.papers()).toEqual(["1 LATE"]);
    expect((await bench.untilIdle()).tray).toMatchObject([{ saleId: 1 }]);
  });
});
