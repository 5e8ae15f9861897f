import { describe, expect, it } from "vitest";
import { DIGITS, PIN, TillBench } from "../support/till-bench.ts";

describe("the next sale", () => {
  it("is not held back by a receipt on its way", async () => {
    const bench = await TillBench.open();
    await bench.sell();
    expect(await bench.state(1)).toBe("due");
    await bench.sell();
    await bench.untilState(2, "printed");
    expect(bench.papers()).toEqual(["1", "2"]);
  });

  it("is held back by a failed, a blocked and an unknown receipt", async () => {
    const bench = await TillBench.open();
    bench.device.openCover();
    await bench.sell();
    const failed = await bench.untilState(1, "failed");
    expect(failed.reminder).toBe(1);
    expect(await bench.refusal("sale.complete", bench.saleInput())).toEqual({
      code: "RECEIPT_OWED",
      details: { saleId: 1 },
    });

    bench.device.setFault({ kind: "paperOut", afterMm: 40 });
    bench.device.closeCover();
    await bench.untilState(1, "blocked");
    expect((await bench.refusal("sale.complete", bench.saleInput())).code).toBe("RECEIPT_OWED");

    bench.device.powerOff();
    await bench.untilState(1, "unknown");
    expect((await bench.refusal("sale.complete", bench.saleInput())).code).toBe("RECEIPT_OWED");
    expect((await bench.call("status.get", {})).newestSaleId).toBe(1);
  });

  it("is held back by a receipt that waits behind a copy that has stopped", async () => {
    const bench = await TillBench.open();
    await bench.sell();
    await bench.untilState(1, "printed");
    await bench.untilIdle();
    bench.device.setFault({ kind: "paperOut", afterMm: 40 });
    await bench.print(1);
    await bench.until(({ lastJob }) => lastJob?.kind === "copy" && lastJob.outcome === "blocked");
    await bench.sell();
    await bench.untilState(2, "failed");
    expect((await bench.refusal("sale.complete", bench.saleInput())).code).toBe("RECEIPT_OWED");
    bench.device.loadPaper();
    await bench.untilState(2, "printed");
    await bench.untilIdle();
    expect(bench.papers()).toEqual(["1", "1 REPRINT 1", "2"]);
  });

  it("is free again when the copy that has stopped is cancelled", async () => {
    const bench = await TillBench.open();
    await bench.sell();
    await bench.untilState(1, "printed");
    await bench.untilIdle();
    bench.device.setFault({ kind: "paperOut", afterMm: 40 });
    await bench.print(1);
    await bench.until(({ lastJob }) => lastJob?.kind === "copy" && lastJob.outcome === "blocked");
    await bench.sell();
    await bench.untilState(2, "failed");
    const cancel = (saleId: number) => ({ requestId: bench.requestId(), saleId });
    expect((await bench.refusal("receipt.cancelCopy", cancel(2))).code).toBe("RECEIPT_OWED");
    expect((await bench.refusal("receipt.cancelCopy", cancel(9))).code).toBe("NO_SUCH_SALE");
    await bench.call("receipt.cancelCopy", cancel(1));
    const { trail } = await bench.call("history.sale", { saleId: 1 });
    expect(trail.map(({ type }) => type)).toContain("attemptCleared");
    bench.device.loadPaper();
    await bench.untilState(2, "printed");
    await bench.untilIdle();
    expect(bench.papers()).toEqual(["1", "2"]);
    // Nothing is there to be cancelled any more, and that is no reason to complain.
    await bench.call("receipt.cancelCopy", cancel(1));
  });
});

describe("exits", () => {
  /** A sale of which nothing could be printed. */
  const stuck = async () => {
    const bench = await TillBench.open();
    bench.device.openCover();
    await bench.sell();
    await bench.untilState(1, "failed");
    return bench;
  };

  it("need the digits of this very sale, a reason and a cashier", async () => {
    const bench = await stuck();
    const exit = bench.exit(1);
    for (const name of ["receipt.seen", "receipt.declined"] as const) {
      expect((await bench.refusal(name, { ...exit, digits: "35" })).code).toBe("WRONG_DIGITS");
      expect((await bench.refusal(name, { ...exit, digits: "3" })).code).toBe("BAD_INPUT");
      expect((await bench.refusal(name, { ...exit, reason: "   " })).code).toBe("BAD_INPUT");
      expect((await bench.refusal(name, { ...exit, saleId: 99 })).code).toBe("NO_SUCH_SALE");
    }
    expect((await bench.refusal("receipt.handwritten", { ...exit, paperNo: " " })).code).toBe(
      "BAD_INPUT",
    );
    await bench.call("settings.change", { patch: { cashiers: ["Li"] }, pin: PIN });
    expect((await bench.refusal("receipt.declined", exit)).code).toBe("NO_CASHIER");
    await bench.call("session.signIn", { cashier: "Li" });
    await bench.call("receipt.declined", exit);
    expect(await bench.call("history.sale", { saleId: 1 })).toMatchObject({
      status: { state: "declined", settledBy: "Li", reason: "顾客着急" },
    });
    expect((await bench.refusal("receipt.seen", bench.exit(1))).code).toBe("ALREADY_SETTLED");
  });

  it("settled by a person counts as that, and nothing is printed afterwards", async () => {
    const bench = await stuck();
    await bench.call("receipt.handwritten", { ...bench.exit(1), paperNo: "A-17" });
    bench.device.closeCover();
    await bench.sell();
    await bench.untilState(2, "printed");
    expect(bench.papers()).toEqual(["2"]);
    const report = await bench.call("day.report", { dayId: null });
    expect(report.receipts).toMatchObject({ handwritten: 1, provenByDevice: 1, owed: 0 });
    expect(report.unproven).toMatchObject([
      { saleId: 1, state: "handwritten", settledBy: "小王", cause: "coverOpen", causeClass: "C" },
    ]);
  });

  it("the same request twice settles once and says the same", async () => {
    const bench = await stuck();
    const exit = bench.exit(1);
    for (let n = 0; n < 2; n += 1) await bench.call("receipt.declined", exit);
    expect((await bench.trail(1)).filter((step) => step.startsWith("settled"))).toHaveLength(1);
  });

  it("are closed while the receipt moves by itself", async () => {
    const bench = await TillBench.open();
    await bench.sell();
    expect((await bench.refusal("receipt.declined", bench.exit(1))).code).toBe("STILL_PRINTING");
    expect(
      (
        await bench.refusal("receipt.print", {
          requestId: bench.requestId(),
          saleId: 1,
          seen: null,
        })
      ).code,
    ).toBe("STILL_PRINTING");
    expect((await bench.refusal("receipt.defer", { ...bench.exit(1), pin: null })).code).toBe(
      "STILL_PRINTING",
    );
    await bench.untilState(1, "printed");
    expect(bench.papers()).toEqual(["1"]);
  });

  it("declined while the printer holds it: the rest is thrown away", async () => {
    const bench = await TillBench.open();
    bench.device.setFault({ kind: "paperOut", afterMm: 40 });
    await bench.sell();
    await bench.untilState(1, "blocked");
    await bench.call("receipt.declined", bench.exit(1));
    await bench.until(({ printer }) => printer.queue === 0);
    bench.device.loadPaper();
    await bench.until(({ printer }) => printer.state === "ready");
    await bench.sell();
    await bench.untilState(2, "printed");
    expect(bench.papers()).toEqual(["2"]);
    expect(await bench.state(1)).toBe("declined");
  });
});

describe("putting off", () => {
  it("lets the next sale through for three minutes, twice, then only with the manager", async () => {
    const bench = await TillBench.open();
    bench.device.openCover();
    await bench.sell();
    await bench.untilState(1, "failed");
    for (let times = 1; times <= 2; times += 1) {
      const { status } = await bench.call("receipt.defer", { ...bench.exit(1), pin: null });
      expect(status.reminder).toBeNull();
      expect(status.rail).toMatchObject([{ saleId: 1, deferrals: times }]);
      bench.clock.jump(3 * 60_000);
      await bench.until(({ reminder }) => reminder === 1);
    }
    expect((await bench.refusal("receipt.defer", { ...bench.exit(1), pin: null })).code).toBe(
      "MANAGER_NEEDED",
    );
    expect((await bench.refusal("receipt.defer", { ...bench.exit(1), pin: "0000" })).code).toBe(
      "WRONG_PIN",
    );
    expect((await bench.refusal("sale.complete", bench.saleInput())).code).toBe("RECEIPT_OWED");
    await bench.call("receipt.defer", { ...bench.exit(1), pin: PIN });
    const saleId = await bench.sell();
    expect(saleId).toBe(2);
    await bench.untilState(2, "failed");
    bench.device.closeCover();
    await bench.untilPapers(2);
    await bench.untilIdle();
    expect(bench.papers()).toEqual(["2", "1 LATE"]);
    // Its customer has gone: it waits in the tray until somebody hands it over.
    expect((await bench.call("status.get", {})).tray.map(({ saleId: id }) => id)).toEqual([1]);
    const { status } = await bench.call("receipt.handOver", {
      requestId: bench.requestId(),
      saleId: 1,
    });
    expect(status.tray).toEqual([]);
  });

  it("comes back by itself after a restart too", async () => {
    const bench = await TillBench.open();
    bench.device.openCover();
    await bench.sell();
    await bench.untilState(1, "failed");
    await bench.call("receipt.defer", { ...bench.exit(1), pin: null });
    await bench.restart();
    const waiting = await bench.until(({ printer }) => printer.state === "offline");
    expect(waiting.reminder).toBeNull();
    bench.clock.jump(3 * 60_000);
    await bench.until(({ reminder }) => reminder === 1);
  });

  it("needs the right digits", async () => {
    const bench = await TillBench.open();
    bench.device.openCover();
    await bench.sell();
    await bench.untilState(1, "failed");
    expect(DIGITS).not.toBe("00");
    expect(
      (await bench.refusal("receipt.defer", { ...bench.exit(1), digits: "00", pin: null })).code,
    ).toBe("WRONG_DIGITS");
  });
});

describe("the manager's PIN", () => {
  it("is locked for a minute after five wrong tries, however fast they come", async () => {
    const bench = await TillBench.open();
    const attempt = (pin: string) =>
      bench.till.dispatch("settings.change", { patch: { sound: true }, pin });
    const replies = await Promise.all(
      ["0000", "0001", "0002", "0003", "0004", PIN, PIN].map(attempt),
    );
    const codes = replies.map((reply) => (reply.ok ? "ok" : reply.refusal.code));
    expect(codes).toEqual([
      "WRONG_PIN",
      "WRONG_PIN",
      "WRONG_PIN",
      "WRONG_PIN",
      "PIN_LOCKED",
      "PIN_LOCKED",
      "PIN_LOCKED",
    ]);
    bench.clock.jump(60_000);
    expect((await attempt(PIN)).ok).toBe(true);
  });

  it("stays locked over a restart, and counts tries over one", async () => {
    const bench = await TillBench.open();
    const attempt = async (pin: string) => {
      const reply = await bench.till.dispatch("settings.change", { patch: { sound: true }, pin });
      return reply.ok ? "ok" : reply.refusal.code;
    };
    for (const pin of ["0000", "0001", "0002"]) expect(await attempt(pin)).toBe("WRONG_PIN");
    await bench.restart();
    expect(await attempt("0003")).toBe("WRONG_PIN");
    expect(await attempt("0004")).toBe("PIN_LOCKED");
    await bench.restart();
    expect(await attempt(PIN)).toBe("PIN_LOCKED");
    // Nobody is locked out for ever, and a right PIN begins the count anew.
    bench.clock.jump(60_000);
    await expect.poll(() => attempt(PIN)).toBe("ok");
    for (const pin of ["0000", "0001", "0002", "0003"])
      expect(await attempt(pin)).toBe("WRONG_PIN");
    expect(await attempt(PIN)).toBe("ok");
  });

  it("is not unlocked, nor locked longer, by setting the computer's clock", async () => {
    const bench = await TillBench.open();
    const attempt = async (pin: string) => {
      const reply = await bench.till.dispatch("settings.change", { patch: { sound: true }, pin });
      return reply.ok ? "ok" : reply.refusal.code;
    };
    const wallMs = bench.clock.nowMs.bind(bench.clock);
    for (const pin of ["0000", "0001", "0002", "0003"]) await attempt(pin);
    expect(await attempt("0004")).toBe("PIN_LOCKED");
    for (const hours of [24, -24]) {
      bench.clock.nowMs = () => wallMs() + hours * 3_600_000;
      await bench.restart();
      expect(await attempt(PIN)).toBe("PIN_LOCKED");
    }
    bench.clock.jump(60_000);
    expect(await attempt(PIN)).toBe("ok");
  });

  it("still lets the owner in when the last cashier was taken off the list", async () => {
    const bench = await TillBench.open();
    await bench.call("settings.change", { patch: { cashiers: [] }, pin: PIN });
    expect((await bench.refusal("sale.complete", bench.saleInput())).code).toBe("NO_CASHIER");
    await bench.call("settings.change", { patch: { cashiers: ["小王"] }, pin: PIN });
    expect(await bench.sell()).toBe(1);
  });
});
