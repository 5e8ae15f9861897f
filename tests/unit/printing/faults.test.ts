import { describe, expect, it } from "vitest";
import { askStatus } from "../../../main/printing/escpos/commands.ts";
import { TcpTransport } from "../../../main/printing/transports/tcp/tcp-transport.ts";
import type { Fault } from "../../../main/printing/virtual-printer/index.ts";
import { printBench, type Asked, type PrintBench } from "../support/print-bench.ts";

/** One that has proved itself before: silence means trouble. */
const KNOWN = { answers: true, fence: "id" as const };

const done = (asked: Asked) => () =>
  asked.told.some(
    ({ type }) =>
      type === "printed" || type === "failed" || type === "cleared" || type === "unknown",
  );

/** Prints receipt 7 on a known printer with a fault set, to the end of its story. */
async function printWith(fault: Fault): Promise<{ bench: PrintBench; asked: Asked }> {
  const bench = await printBench({ memory: KNOWN });
  await bench.until(() => bench.printer.state().state === "ready");
  bench.device.setFault(fault);
  const asked = bench.ask(7);
  await bench.until(done(asked));
  return { bench, asked };
}

describe("a printer that works", () => {
  it("proves its paper: started, printed, cut", async () => {
    const bench = await printBench();
    const asked = bench.ask(7);
    await bench.until(() => bench.device.paper.slips().some((slip) => slip.cut));
    await bench.printer.settled();
    expect(asked.short()).toEqual(["started", "printed A"]);
    expect(bench.whole()).toEqual([7]);
    expect(bench.memory).toMatchObject({ answers: true, fence: "id" });
    expect(bench.incidents).toEqual([]);
  });

  it("is never said to have printed before the last line is on paper", async () => {
    const bench = await printBench();
    const onPaper: number[][] = [];
    const asked = bench.ask(7, {
      emit: (event) => event.type === "printed" && onPaper.push(bench.whole()),
    });
    await asked.until("printed");
    expect(onPaper).toEqual([[7]]);
  });

  it("prints one after the other, in order, each proven by itself", async () => {
    const bench = await printBench({ factor: 40 });
    const order: string[] = [];
    const all = [1, 2, 3, 4].map((n) =>
      bench.ask(n, { emit: ({ type }) => order.push(`${n} ${type}`) }),
    );
    expect(bench.printer.state().queue).toBe(4);
    await all[3]?.until("printed");
    expect(order).toEqual([1, 2, 3, 4].flatMap((n) => [`${n} started`, `${n} printed`]));
    expect(bench.whole()).toEqual([1, 2, 3, 4]);
  });

  it("prints nothing that was settled in the meantime", async () => {
    const bench = await printBench();
    const asked = bench.ask(7, { wanted: () => false });
    await asked.until("failed");
    expect(asked.short()).toEqual(["failed skipped"]);
    expect(bench.device.paper.slips()).toEqual([]);
  });
});

describe("what stops before anything is sent", () => {
  it.each<[string, Fault, string]>([
    ["open lid", { kind: "coverOpen" }, "failed coverOpen"],
    ["no paper", { kind: "paperOut", afterMm: 0 }, "failed paperOut"],
    ["a known printer gone silent", { kind: "silence" }, "failed noAnswer"],
    ["a known printer gone deaf", { kind: "deaf" }, "failed noAnswer"],
  ])("%s: refused, nothing on paper", async (_name, fault, expected) => {
    const { bench, asked } = await printWith(fault);
    expect(asked.short()).toEqual([expected]);
    expect(bench.device.paper.slips()).toEqual([]);
    expect(bench.device.paper.totalMm).toBe(0);
  });

  it.each<[string, Fault, string]>([
    ["refused", { kind: "refuse" }, "failed unreachable"],
    // On a loopback address it can only be shown as a port that opens and stays mute.
    // A network board that takes the connection and says nothing has somebody else's ahead of it.
    ["mute", { kind: "unreachable" }, "failed busy"],
  ])("%s from the beginning: nothing on paper", async (_name, fault, expected) => {
    const bench = await printBench({ memory: KNOWN, before: (device) => device.setFault(fault) });
    const asked = bench.ask(7);
    await bench.until(done(asked));
    expect(asked.short()).toEqual([expected]);
    expect(bench.device.paper.totalMm).toBe(0);
    await bench.until(() => bench.printer.state().state === "offline");
  });

  it("no power: nothing on paper, and back by itself", async () => {
    const bench = await printBench({ memory: KNOWN, before: (device) => device.powerOff() });
    const asked = bench.ask(7);
    await bench.until(done(asked));
    expect(asked.short()).toEqual(["failed unreachable"]);
    bench.device.powerOn();
    await bench.until(() => bench.printer.state().state === "ready");
    expect(bench.recoveries()).toBe(1);
  });

  it("a log that can't be written: nothing is sent, and the next paper is printed", async () => {
    const bench = await printBench();
    const lost = bench.ask(6, {
      emit: () => {
        throw new Error("disk full");
      },
    });
    const next = bench.ask(7);
    await next.until("printed");
    expect(lost.dropped).toBe(true);
    expect(bench.incidents).toHaveLength(1);
    expect(bench.begun()).toEqual([7]);
  });
});

describe("what stops in the middle", () => {
  it("paper out: blocked, goes on by itself with new paper, once", async () => {
    const bench = await printBench();
    bench.device.setFault({ kind: "paperOut", afterMm: 40 });
    const asked = bench.ask(7);
    await asked.until("blocked");
    expect(bench.printer.state()).toMatchObject({
      state: "blocked",
      cause: "paperOut",
      paper: "out",
    });
    expect(bench.whole()).toEqual([]);
    bench.device.loadPaper();
    await asked.until("printed");
    expect(asked.short()).toEqual(["started", "blocked paperOut", "resumed", "printed A"]);
    expect(bench.whole()).toEqual([7]);
    expect(bench.begun()).toEqual([7]);
  });

  it("lid opened: blocked, goes on when closed", async () => {
    const bench = await printBench();
    bench.device.setFault({ kind: "coverOpen", afterMm: 40 });
    const asked = bench.ask(7);
    await asked.until("blocked");
    expect(asked.short()).toEqual(["started", "blocked coverOpen"]);
    bench.device.closeCover();
    await asked.until("printed");
    expect(bench.whole()).toEqual([7]);
  });

  it("no paper under an open lid: both causes are told, and no proof comes early", async () => {
    const bench = await printBench();
    bench.device.setFault({ kind: "paperOut", afterMm: 40 });
    const asked = bench.ask(7);
    await asked.until("blocked");
    bench.device.openCover();
    await bench.until(() => asked.short().includes("blocked coverOpen"));
    bench.device.closeCover();
    await bench.until(
      () => asked.short().filter((step) => step === "blocked paperOut").length === 2,
    );
    expect(bench.whole()).toEqual([]);
    bench.device.loadPaper();
    await asked.until("printed");
    expect(bench.whole()).toEqual([7]);
  });

  it("cutter jam: the paper is proven, only the cut is missing, and the next one waits", async () => {
    const { bench, asked } = await printWith({ kind: "cutterJam" });
    await asked.until("notCut");
    expect(asked.short()).toEqual(["started", "printed A", "notCut"]);
    await bench.printer.settled();
    const next = bench.ask(8);
    await next.until("failed");
    expect(next.short()).toEqual(["failed cutterJam"]);
    expect(bench.whole()).toEqual([7]);
    bench.device.clearCutter();
    await bench.until(() => bench.recoveries() === 2);
    const again = bench.ask(8);
    await again.until("printed");
    expect(bench.whole()).toEqual([7, 8]);
  });
});

it("cutter jam under the very first receipt: proven, and said to be not cut", async () => {
  const bench = await printBench();
  bench.device.setFault({ kind: "cutterJam" });
  const asked = bench.ask(7);
  await asked.until("notCut");
  expect(asked.short()).toEqual(["started", "printed A", "notCut"]);
});

describe("what can't be told", () => {
  it.each<[string, Fault, string[], number[]]>([
    [
      "back-channel dies",
      { kind: "silence", afterBytes: 60 },
      ["started", "unknown noAnswer"],
      [7],
    ],
    ["another one's id", { kind: "foreignId" }, ["started", "unknown noAnswer"], [7]],
    [
      "an answer sooner than paper moves",
      { kind: "lyingOk" },
      ["started", "unknown doubtfulProof"],
      [7],
    ],
    [
      "the rest is lost, status well",
      { kind: "halfPrint", afterMm: 40 },
      ["started", "unknown noAnswer"],
      [],
    ],
    ["ids not understood", { kind: "noIds" }, ["started", "unknown noAnswer"], [7]],
    ["link reset", { kind: "reset", afterBytes: 200 }, ["started", "unknown connectionLost"], []],
    [
      "power lost",
      { kind: "powerCycle", afterMm: 40, offMs: 2000 },
      ["started", "unknown connectionLost"],
      [],
    ],
  ])("%s: unknown, never printed", async (_name, fault, expected, onPaper) => {
    const { bench, asked } = await printWith(fault);
    expect(asked.short()).toEqual(expected);
    await bench.until(
      () => !bench.device.state().printing && bench.device.state().bufferUsed === 0,
    );
    expect(bench.whole()).toEqual(onPaper);
    expect(asked.short()).toEqual(expected);
  });

  it("a lie about a paper that was lost: unknown", async () => {
    const bench = await printBench({ memory: KNOWN });
    await bench.until(() => bench.printer.state().state === "ready");
    bench.device.setFault({ kind: "lyingOk" });
    bench.device.setFault({ kind: "halfPrint", afterMm: 40 });
    const asked = bench.ask(7);
    await bench.until(done(asked));
    expect(asked.short()).toEqual(["started", "unknown doubtfulProof"]);
  });

  it("a printer that has never said a word: unknown, also when the paper came out", async () => {
    const bench = await printBench({ before: (device) => device.setFault({ kind: "silence" }) });
    const asked = bench.ask(7);
    await asked.until("unknown");
    expect(asked.short()).toEqual(["started", "unknown noBackChannel"]);
    expect(bench.memory).toMatchObject({ answers: false, fence: null });
  });

  it("a lid that can't be seen: unknown, and printed late once it is closed", async () => {
    const { bench, asked } = await printWith({ kind: "statusAlwaysOk" });
    await asked.until("printed");
    bench.device.openCover();
    const next = bench.ask(8);
    await next.until("unknown");
    expect(bench.whole()).toEqual([7]);
    bench.device.closeCover();
    await next.until("printed");
    expect(next.short().at(-1)).toBe("printed A late");
    expect(bench.whole()).toEqual([7, 8]);
  });

  it("an id too late: unknown first, proven on the same link later", async () => {
    const { bench, asked } = await printWith({ kind: "lateId", delayMs: 30_000 });
    expect(asked.short()).toEqual(["started", "unknown noAnswer"]);
    await asked.until("printed");
    expect(asked.short()).toEqual(["started", "unknown noAnswer", "printed A late"]);
    expect(bench.whole()).toEqual([7]);
  });

  it("a slow printer is waited for", async () => {
    const { bench, asked } = await printWith({ kind: "slow", factor: 3 });
    expect(asked.short()).toEqual(["started", "printed A"]);
    expect(bench.whole()).toEqual([7]);
  });

  it("a person asks blindly: sent, and unknown rather than refused", async () => {
    const bench = await printBench({ memory: KNOWN });
    await bench.until(() => bench.printer.state().state === "ready");
    bench.device.setFault({ kind: "silence" });
    const asked = bench.ask(7, { blind: true });
    await asked.until("unknown");
    expect(asked.short()).toEqual(["started", "unknown noAnswer"]);
    await bench.until(() => bench.whole().length === 1);
  });

  it("silence while it is stopped: it has lost its power, so nothing is promised", async () => {
    const bench = await printBench({ memory: KNOWN });
    bench.device.setFault({ kind: "paperOut", afterMm: 40 });
    const asked = bench.ask(7);
    await asked.until("blocked");
    bench.device.setFault({ kind: "silence" });
    await asked.until("unknown");
    expect(asked.short()).toEqual(["started", "blocked paperOut", "unknown noAnswer"]);
  });
});

describe("a closed link", () => {
  it("does not keep others out of the printer, even when closed while connecting", async () => {
    const bench = await printBench();
    const opening = bench.printer.openSession();
    bench.printer.close();
    await expect(opening).rejects.toThrow("closed");
    await bench.until(() => bench.device.state().sessions === 0);
    const other = await new TcpTransport("127.0.0.1", bench.port, bench.clock).open();
    const answered = new Promise<Uint8Array>((resolve) => {
      other.onData(resolve);
    });
    await other.write(askStatus(1));
    expect((await answered).length).toBe(1);
    other.close();
  });

  it("tells nothing any more", async () => {
    const bench = await printBench();
    const asked = bench.ask(7);
    await asked.until("started");
    bench.printer.close();
    await bench.until(() => bench.whole().length === 1);
    expect(asked.short()).toEqual(["started"]);
    expect(bench.incidents).toEqual([]);
  });
});
