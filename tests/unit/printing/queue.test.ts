import { describe, expect, it } from "vitest";
import { encodeReceipt } from "../../../main/printing/escpos/encode.ts";
import { layoutTest } from "../../../main/domain/receipt/test-layout.ts";
import { probeFence, refusesWithCoverOpen } from "../../../main/printing/qualify.ts";
import { SHOP } from "../support/sale-samples.ts";
import { printBench } from "../support/print-bench.ts";

const QUALIFIED = { answers: true, fence: "paperSensor" as const };
const slip = () => encodeReceipt(layoutTest(SHOP, "zh-CN", 32, 0, 480));

describe("clear", () => {
  it("answered: the paper is given up as cleared, and the rest never comes out", async () => {
    const bench = await printBench();
    bench.device.setFault({ kind: "paperOut", afterMm: 40 });
    const asked = bench.ask(7);
    await asked.until("blocked");
    expect(await bench.printer.clear()).toBe(true);
    expect(asked.short()).toEqual(["started", "blocked paperOut", "cleared paperOut"]);
    bench.device.loadPaper();
    const next = bench.ask(8);
    await bench.until(() => next.told.length > 0);
    if (next.told[0]?.type === "failed") await bench.ask(8).until("printed");
    else await next.until("printed");
    expect(bench.whole()).toEqual([8]);
  });

  it("not answered: says so, and the paper keeps its place", async () => {
    const bench = await printBench();
    bench.device.setFault({ kind: "paperOut", afterMm: 40 });
    const asked = bench.ask(7);
    await asked.until("blocked");
    bench.device.setFault({ kind: "silence" });
    expect(await bench.printer.clear()).toBe(false);
    expect(asked.short()).not.toContain("cleared paperOut");
  });

  it("without a link there is nothing to ask", async () => {
    const bench = await printBench({ before: (device) => device.powerOff() });
    expect(await bench.printer.clear()).toBe(false);
  });
});

describe("behind a stopped paper", () => {
  it("what waits is refused instead of forgotten, and told when the printer is back", async () => {
    const bench = await printBench();
    bench.device.setFault({ kind: "paperOut", afterMm: 40 });
    const first = bench.ask(1);
    const second = bench.ask(2);
    await second.until("failed");
    const third = bench.ask(3);
    expect(first.short()).toEqual(["started", "blocked paperOut"]);
    expect(second.short()).toEqual(["failed paperOut"]);
    expect(third.short()).toEqual(["failed paperOut"]);
    const before = bench.recoveries();
    bench.device.loadPaper();
    await bench.until(() => bench.recoveries() > before);
    expect(first.short().at(-1)).toBe("printed A");
    expect(bench.whole()).toEqual([1]);
    expect(bench.recoveries()).toBe(before + 1);
  });
});

describe("recovered", () => {
  it("is told once per recovery, not at every look", async () => {
    const bench = await printBench();
    await bench.until(() => bench.recoveries() === 1);
    bench.device.openCover();
    await bench.until(() => bench.printer.state().cause === "coverOpen");
    bench.device.closeCover();
    await bench.until(() => bench.recoveries() === 2);
    // Several idle looks later nothing has been told again.
    for (let looks = 0; looks < 5; looks += 1) bench.clock.jump(10_000);
    await bench.ask(7).until("printed");
    await bench.printer.settled();
    expect(bench.recoveries()).toBe(2);
  });

  it("finds a cut cable by itself, and the printer when it is back", async () => {
    const bench = await printBench();
    await bench.until(() => bench.printer.state().state === "ready");
    bench.device.powerOff();
    await bench.until(() => bench.printer.state().state === "offline");
    bench.device.powerOn();
    await bench.until(() => bench.recoveries() === 2);
    expect(bench.printer.state().state).toBe("ready");
  });
});

describe("a printer without ids", () => {
  const noIds = {
    before: (device: { setFault: (fault: { kind: "noIds" }) => void }) =>
      device.setFault({ kind: "noIds" }),
  };

  it("is found out by the probe, and qualified by its cover", async () => {
    const bench = await printBench(noIds);
    const session = await bench.printer.openSession();
    const found = await probeFence(session, bench.clock, await slip());
    expect(found).toMatchObject({ answers: true, fence: "paperStatus" });
    expect(await refusesWithCoverOpen(session, bench.clock)).toBe(false);
    bench.device.openCover();
    expect(await refusesWithCoverOpen(session, bench.clock)).toBe(true);
  });

  it("proves with grade B once it is qualified", async () => {
    const bench = await printBench({ ...noIds, memory: QUALIFIED });
    const asked = bench.ask(7);
    await asked.until("printed");
    await bench.printer.settled();
    expect(asked.short()).toEqual(["started", "printed B"]);
    expect(bench.whole()).toEqual([7]);
    expect(bench.memory.fence).toBe("paperSensor");
  });

  it("one that lies is not qualified, nor believed", async () => {
    const bench = await printBench({
      // So that a lie held up by this machine does not take as long as paper would.
      factor: 2,
      before: (device) => device.setFault({ kind: "lyingOk" }),
    });
    const session = await bench.printer.openSession();
    expect(await probeFence(session, bench.clock, await slip())).toMatchObject({ fence: "none" });
    bench.device.openCover();
    expect(await refusesWithCoverOpen(session, bench.clock)).toBe(false);
    bench.device.closeCover();
  });

  it("a late answer for one paper is no proof of the next", async () => {
    const bench = await printBench({ ...noIds, memory: QUALIFIED });
    await bench.until(() => bench.printer.state().state === "ready");
    // Longer than the till waits: the answer for 1 comes while 2 is on its way.
    bench.device.setFault({ kind: "lateId", delayMs: 9_000 });
    const first = bench.ask(1);
    await first.until("unknown");
    bench.device.setFault({ kind: "halfPrint", afterMm: 20 });
    const second = bench.ask(2);
    await bench.until(() =>
      second.told.some(({ type }) => type === "printed" || type === "unknown"),
    );
    expect(second.short()).toEqual(["started", "unknown noAnswer"]);
    expect(bench.whole()).toEqual([1]);
  });

  it("the late answer from behind a cut is no proof of the next paper", async () => {
    const bench = await printBench({ ...noIds, memory: QUALIFIED, device: { cutMs: 9_000 } });
    const first = bench.ask(1);
    await first.until("unknown");
    const second = bench.ask(2);
    await second.until("started");
    bench.device.setFault({ kind: "halfPrint", afterMm: 20 });
    await bench.until(() =>
      second.told.some(({ type }) => type === "printed" || type === "unknown"),
    );
    expect(second.short()).toEqual(["started", "unknown noAnswer"]);
    expect(bench.whole()).toEqual([1]);
  });

  it("an answer that was lost costs the next paper nothing but another question", async () => {
    const bench = await printBench({ ...noIds, memory: QUALIFIED });
    await bench.until(() => bench.printer.state().state === "ready");
    bench.device.setFault({ kind: "halfPrint", afterMm: 20 });
    await bench.ask(1).until("unknown");
    const next = bench.ask(2);
    await next.until("printed");
    expect(next.short()).toEqual(["started", "printed B"]);
  });
});

it("is not told of a printer that had come back and stopped again under the same paper", async () => {
  const bench = await printBench();
  bench.device.setFault({ kind: "paperOut", afterMm: 40 });
  // Sent before the till has looked at the printer at all: its first look is part of the job.
  const asked = bench.ask(7);
  await asked.until("blocked");
  await bench.printer.clear();
  await bench.printer.settled();
  expect(asked.short().at(-1)).toBe("cleared paperOut");
  expect(bench.recoveries()).toBe(0);
});
