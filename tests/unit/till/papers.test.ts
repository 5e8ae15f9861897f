import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { PIN, TillBench } from "../support/till-bench.ts";

describe("marks", () => {
  it("none after a refusal: nothing had reached paper", async () => {
    const bench = await TillBench.open();
    bench.device.openCover();
    await bench.sell();
    await bench.untilState(1, "failed");
    await bench.print(1);
    await bench.until(({ rail, printer }) => rail[0]?.attempts === 2 && printer.queue === 0);
    bench.device.closeCover();
    await bench.untilState(1, "printed");
    expect(bench.papers()).toEqual(["1"]);
  });

  it("REPRINT after an unknown, whatever the cashier says", async () => {
    const bench = await TillBench.open();
    bench.device.setFault({ kind: "reset", afterBytes: 150 });
    await bench.sell();
    await bench.untilState(1, "unknown");
    await bench.until(({ printer }) => printer.state === "ready");
    const detail = await bench.call("history.sale", { saleId: 1 });
    expect(detail).toMatchObject({ nextMark: "reprint", nextCopy: 1 });
    await bench.print(1, "nothing");
    await bench.untilState(1, "printed");
    expect(bench.papers()).toEqual(["1 REPRINT 1"]);
  });

  it("REPLACES after the printer threw a started slip away", async () => {
    const bench = await TillBench.open();
    bench.device.setFault({ kind: "paperOut", afterMm: 40 });
    await bench.sell();
    await bench.untilState(1, "blocked");
    await bench.print(1);
    bench.device.loadPaper();
    await bench.untilState(1, "printed");
    await bench.untilIdle();
    expect(bench.papers()).toEqual(["1 REPLACES"]);
  });

  it("REPLACES once after a torn slip; the copy after that is an ordinary one", async () => {
    const bench = await TillBench.open();
    await bench.sell();
    await bench.untilState(1, "printed");
    for (const [count, seen] of [
      [2, "half"],
      [3, null],
      [4, null],
    ] as const) {
      await bench.untilIdle();
      await bench.print(1, seen);
      await bench.untilPapers(count);
    }
    await bench.untilIdle();
    expect(bench.papers()).toEqual(["1", "1 REPLACES", "1 REPRINT 2", "1 REPRINT 3"]);
    expect(await bench.state(1)).toBe("printed");
  });

  it("a blocked receipt is not sent again while the printer does not let go of it", async () => {
    const bench = await TillBench.open();
    bench.device.setFault({ kind: "paperOut", afterMm: 40 });
    await bench.sell();
    await bench.untilState(1, "blocked");
    bench.device.setFault({ kind: "silence" });
    expect(
      (
        await bench.refusal("receipt.print", {
          requestId: bench.requestId(),
          saleId: 1,
          seen: null,
        })
      ).code,
    ).toBe("CLEAR_NOT_ANSWERED");
    // It did clear, and only its answer was lost: so nobody can know, and a person is asked.
    await bench.untilState(1, "unknown");
    bench.device.clearFault("silence");
    bench.device.loadPaper();
    await bench.until(({ printer }) => printer.state === "ready");
    expect(bench.papers()).toEqual([]);
    await bench.print(1, "half");
    await bench.untilPapers(1);
    expect(bench.papers()).toEqual(["1 REPLACES"]);
  });
});

describe("a printer that was silent for a moment", () => {
  it("is said to be ready again when it answers as before", async () => {
    const bench = await TillBench.open();
    await bench.sell();
    await bench.untilState(1, "printed");
    await bench.until(({ printer }) => printer.state === "ready");
    bench.device.setFault({ kind: "silence" });
    await bench.until(({ printer }) => printer.cause === "noAnswer");
    bench.device.clearFault("silence");
    await bench.until(({ printer }) => printer.state === "ready");
  });
});

describe("printing by itself", () => {
  it("everything that failed, newest first, once each, when the printer is back", async () => {
    const bench = await TillBench.open();
    bench.device.openCover();
    await bench.sell();
    await bench.untilState(1, "failed");
    await bench.call("receipt.defer", { ...bench.exit(1), pin: null });
    await bench.sell();
    await bench.untilState(2, "failed");
    bench.device.closeCover();
    await bench.untilPapers(2);
    await bench.untilIdle();
    expect(bench.papers()).toEqual(["2", "1"]);
    expect((await bench.trail(2)).filter((step) => step.startsWith("attemptStarted"))).toHaveLength(
      1,
    );
  });

  it("never what may be on paper", async () => {
    const bench = await TillBench.open();
    bench.device.setFault({ kind: "powerCycle", afterMm: 40, offMs: 1000 });
    await bench.sell();
    await bench.untilState(1, "unknown");
    await bench.until(({ printer }) => printer.state === "ready");
    await bench.untilIdle();
    expect(await bench.state(1)).toBe("unknown");
    expect(bench.papers()).toEqual([]);
  });

  it("a proof that comes late settles it, and a copy asked for meanwhile is not printed for nothing", async () => {
    const bench = await TillBench.open();
    bench.device.setFault({ kind: "statusAlwaysOk" });
    bench.device.openCover();
    await bench.sell();
    await bench.untilState(1, "unknown");
    bench.device.closeCover();
    await bench.untilState(1, "printed");
    expect(bench.papers()).toEqual(["1"]);
    expect((await bench.trail(1)).at(-1)).toBe("attemptPrinted late");
  });
});

describe("the same request twice", () => {
  it("is one sale and one paper", async () => {
    const bench = await TillBench.open();
    const input = bench.saleInput();
    const [first, second] = await Promise.all([
      bench.call("sale.complete", input),
      bench.call("sale.complete", input),
    ]);
    expect(second?.saleId).toBe(first?.saleId);
    await bench.untilState(1, "printed");
    expect((await bench.call("sale.complete", input)).saleId).toBe(1);
    await bench.untilIdle();
    expect(bench.papers()).toEqual(["1"]);
    expect((await bench.call("status.get", {})).newestSaleId).toBe(1);
  });

  it("is answered as before, also when the first receipt has failed meanwhile", async () => {
    const bench = await TillBench.open();
    bench.device.openCover();
    const input = bench.saleInput();
    await bench.call("sale.complete", input);
    await bench.untilState(1, "failed");
    expect(await bench.call("sale.complete", input)).toMatchObject({
      saleId: 1,
      totalMinor: 1234,
      changeMinor: 766,
    });
    await bench.restart();
    expect((await bench.call("sale.complete", input)).saleId).toBe(1);
    bench.device.closeCover();
    await bench.untilState(1, "printed");
    await bench.untilIdle();
    expect(bench.papers()).toEqual(["1"]);
  });

  it("is one copy", async () => {
    const bench = await TillBench.open();
    await bench.sell();
    await bench.untilState(1, "printed");
    await bench.untilIdle();
    const again = { requestId: bench.requestId(), saleId: 1, seen: null };
    await bench.call("receipt.print", again);
    await bench.call("receipt.print", again);
    await bench.untilPapers(2);
    await bench.untilIdle();
    expect(bench.papers()).toEqual(["1", "1 REPRINT 1"]);
  });
});

describe("trouble with the log", () => {
  /** Makes the log refuse one kind of receipt event, as a full disk would. */
  function refuse(bench: TillBench, type: string): () => void {
    const run = (sql: string) => {
      const db = new DatabaseSync(join(bench.dataDir, "slipsure.db"));
      db.exec(sql);
      db.close();
    };
    run(`CREATE TRIGGER test_refuses BEFORE INSERT ON event WHEN NEW.kind=4 AND NEW.body LIKE '%"type":"${type}"%'
         BEGIN SELECT RAISE(ABORT,'disk trouble'); END`);
    return () => run("DROP TRIGGER test_refuses");
  }

  it("before anything is sent: nothing is printed, and it is printed when the log works again", async () => {
    const bench = await TillBench.open();
    const allow = refuse(bench, "attemptStarted");
    await bench.sell();
    await bench.until(() => bench.incidents.length > 0);
    expect(bench.papers()).toEqual([]);
    allow();
    await bench.untilState(1, "printed");
    await bench.untilIdle();
    expect(bench.papers()).toEqual(["1"]);
  });

  it("when the proof comes in: the receipt is unknown, not forgotten", async () => {
    const bench = await TillBench.open();
    const allow = refuse(bench, "attemptPrinted");
    await bench.sell();
    await bench.until(() => bench.incidents.length > 0);
    allow();
    const status = await bench.untilState(1, "unknown");
    expect(status.reminder).toBe(1);
    await bench.call("receipt.seen", bench.exit(1));
    expect(await bench.state(1)).toBe("printed");
    expect(bench.papers()).toEqual(["1"]);
  });

  it("when the printer is back: told again, not lost", async () => {
    const bench = await TillBench.open();
    bench.device.openCover();
    await bench.sell();
    await bench.untilState(1, "failed");
    const allow = refuse(bench, "requested");
    bench.device.closeCover();
    await bench.until(() => bench.incidents.length > 0);
    allow();
    bench.clock.jump(10_000);
    await bench.untilState(1, "printed");
    expect(bench.papers()).toEqual(["1"]);
  });
});

describe("another printer", () => {
  it("can be chosen while the old one is stopped; the receipt in it is asked about", async () => {
    const bench = await TillBench.open();
    bench.device.setFault({ kind: "paperOut", afterMm: 40 });
    await bench.sell();
    await bench.untilState(1, "blocked");
    await bench.call("receipt.defer", { ...bench.exit(1), pin: null });
    await bench.sell();
    await bench.untilState(2, "failed");
    await bench.call("settings.change", { patch: { printer: { kind: "practice" } }, pin: PIN });
    await bench.untilState(1, "unknown");
    await bench.untilState(2, "printed");
    expect(bench.papers()).toEqual([]);
    const paper = await bench.call("practice.paper", { slips: 5 });
    expect(paper.slips.map(({ text }) => text).join("")).toContain("- 2 小票完 -");
    expect(paper.slips.map(({ text }) => text).join("")).not.toContain("- 1 小票完 -");
  });
});
