import { existsSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { Pace } from "../../../main/printing/pace.ts";
import { Printer } from "../../../main/printing/printer.ts";
import type { PrinterMemory } from "../../../main/printing/receipt-printer.ts";
import { TcpTransport } from "../../../main/printing/transports/tcp/tcp-transport.ts";
import type { Fault } from "../../../main/printing/virtual-printer/index.ts";
import { documentOf, printBench, type Asked, type PrintBench } from "../support/print-bench.ts";

/** What each printer of tests/cases/printer-*.txt must give. */
const CASES = ["latency", "off-by-one", "status-zero", "two-tills"];
const KNOWN = { answers: true, fence: "id" as const };

it("has every case of a printer", () => {
  for (const name of CASES)
    expect(existsSync(new URL(`../../cases/printer-${name}.txt`, import.meta.url))).toBe(true);
});

const ended = (asked: Asked) => () =>
  asked.told.some(({ type }) => ["printed", "failed", "unknown", "blocked"].includes(type));

/** One receipt after the other, as a till sells them; everything told of each. */
async function sell(bench: PrintBench, count: number, pauseMs = 0): Promise<string[][]> {
  const told: string[][] = [];
  for (let receiptNo = 1; receiptNo <= count; receiptNo += 1) {
    const asked = bench.ask(receiptNo);
    await bench.until(ended(asked));
    await bench.printer.settled();
    told.push(asked.short());
    if (pauseMs > 0) await new Promise<void>((resolve) => bench.clock.setTimer(pauseMs, resolve));
  }
  return told;
}

const PRINTED = ["started", "printed A"];

describe("a printer whose every answer is late (printer-latency.txt)", () => {
  it.each([350, 400, 800, 1200])("by %i ms: two sales print by themselves", async (delayMs) => {
    const bench = await printBench({
      factor: 10,
      memory: { answers: false, fence: null },
      before: (device) => device.setFault({ kind: "slowAnswers", delayMs }),
    });
    expect(await sell(bench, 2, 3_000)).toEqual([PRINTED, PRINTED]);
    expect(bench.whole()).toEqual([1, 2]);
    // Learned, and kept for the next run.
    expect(bench.memory.pace?.answerMs).toBeGreaterThanOrEqual(delayMs);
  });

  it("is waited for by a till that has known it as quick", async () => {
    const bench = await printBench({
      factor: 10,
      memory: { ...KNOWN, pace: { answerMs: 3, msPerByte: 0.1 } },
    });
    expect(await sell(bench, 1)).toEqual([PRINTED]);
    bench.device.setFault({ kind: "slowAnswers", delayMs: 1200 });
    expect(await sell(bench, 2, 3_000)).toEqual([PRINTED, PRINTED]);
  });
});

describe("a slow line", () => {
  it("is given the time its bytes need, before it is known as slow", async () => {
    const bench = await printBench({
      memory: KNOWN,
      before: (device) => device.setFault({ kind: "slowLine", bytesPerS: 960 }),
    });
    // As long as a drawn receipt: comments that print nothing, on a line that takes 20 s for them.
    const document = await documentOf(7);
    const initialize = Buffer.from([0x1b, 0x40]);
    const bytes = new Uint8Array(
      Buffer.concat([...Array.from({ length: 9_600 }, () => initialize), document.bytes]),
    );
    const asked = bench.ask(7, { document: () => Promise.resolve({ ...document, bytes }) });
    await bench.until(ended(asked));
    expect(asked.short()).toEqual(PRINTED);
  });

  it("is learned from what was proven, within bounds", () => {
    const kept: number[] = [];
    const pace = new Pace({ answerMs: 5, msPerByte: 1.1 }, ({ msPerByte }) => kept.push(msPerByte));
    pace.proven(40_000, 120, 2_000);
    expect(pace.lineMs(40_000)).toBeLessThanOrEqual(2_000);
    pace.proven(10_000, 120, 21_205);
    expect(pace.lineMs(1_000)).toBeCloseTo(2_000, -1);
    pace.proven(10, 1, 60_000);
    expect(pace.lineMs(1_000)).toBe(9_000);
    expect(kept).toHaveLength(3);
  });

  it("teaches a patience with a floor and a ceiling", () => {
    const pace = new Pace();
    expect(pace.patienceMs(true)).toBe(1_500);
    pace.answered(2);
    expect(pace.patienceMs(false)).toBe(300);
    pace.answered(60_000);
    expect(pace.patienceMs(false)).toBe(6_000);
    // One slow answer is forgotten again.
    for (let i = 0; i < 120; i += 1) pace.answered(2);
    expect(pace.patienceMs(false)).toBeLessThan(1_000);
  });
});

describe("a printer whose answers lag one question behind (printer-off-by-one.txt)", () => {
  it("blocks no sale with its paper near the end", async () => {
    const causes = new Set<string | null>();
    const bench = await printBench({
      memory: KNOWN,
      device: { paperMm: 2_500 },
      before: (device) => device.setFault({ kind: "answersLag" }),
    });
    bench.device.on(() => causes.add(bench.printer.state().cause));
    expect(await sell(bench, 3, 12_000)).toEqual([PRINTED, PRINTED, PRINTED]);
    expect([...causes]).toEqual([null]);
  });

  it("is still believed when it is really open", async () => {
    const bench = await printBench({
      memory: KNOWN,
      before: (device) => device.setFault({ kind: "answersLag" }),
    });
    await bench.until(() => bench.printer.state().state === "ready");
    bench.device.openCover();
    const asked = bench.ask(7);
    await bench.until(ended(asked));
    expect(asked.short()).toEqual(["failed coverOpen"]);
  });
});

describe("a printer whose status means nothing (printer-status-zero.txt)", () => {
  it.each<[string, Fault, object]>([
    ["00, known", { kind: "statusZero" }, KNOWN],
    ["FF, known", { kind: "statusFf" }, KNOWN],
    ["00, new", { kind: "statusZero" }, { answers: false, fence: null }],
    ["FF, new", { kind: "statusFf" }, { answers: false, fence: null }],
  ])("%s: three sales in a row print by themselves", async (_name, fault, memory) => {
    const bench = await printBench({ memory, before: (device) => device.setFault(fault) });
    expect(await sell(bench, 3)).toEqual([PRINTED, PRINTED, PRINTED]);
    expect(bench.whole()).toEqual([1, 2, 3]);
    await bench.until(() => bench.printer.state().state === "ready");
  });

  it("is not printed on while nothing proves that it is there", async () => {
    const bench = await printBench({
      memory: KNOWN,
      before: (device) => device.setFault({ kind: "statusZero" }),
    });
    await bench.until(() => bench.printer.state().state === "ready");
    bench.device.setFault({ kind: "deaf" });
    const asked = bench.ask(7);
    await bench.until(ended(asked));
    expect(asked.short()).toEqual(["failed noAnswer"]);
  });
});

/** A second till on the printer of `bench`; what it was told of each receipt. */
function secondTill(bench: PrintBench) {
  const memory: PrinterMemory = { ...KNOWN };
  const watchers = new Set<() => void>();
  const changed = () => {
    for (const watcher of [...watchers]) watcher();
  };
  const printer = new Printer({
    transport: new TcpTransport("127.0.0.1", bench.port, bench.clock),
    clock: bench.clock,
    memory,
    remember: () => {},
    changed,
    recovered: changed,
    incident: (error) => expect.fail(String(error)),
  });
  onTestFinished(() => printer.close());
  bench.device.on(changed);
  const until = (check: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!check()) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });
  const print = async (receiptNo: number): Promise<string> => {
    const told: string[] = [];
    printer.enqueue({
      document: () => documentOf(receiptNo),
      wanted: () => true,
      blind: false,
      label: { saleId: receiptNo, attempt: 1 },
      dropped: changed,
      emit: (event) => {
        told.push("cause" in event ? `${event.type} ${event.cause}` : event.type);
        changed();
      },
    });
    await until(() => told.some((text) => /^(printed|failed|unknown)/.test(text)));
    return told.join(", ");
  };
  return { printer, memory, until, print };
}

describe("two tills on a printer that takes one connection at a time (printer-two-tills.txt)", () => {
  it.each<[string, Fault | null]>([
    ["turns the second away", null],
    ["lets the second wait unheard", { kind: "queuesConnections" }],
  ])("that %s: both print, and one that waits says why", async (_name, fault) => {
    const bench = await printBench({
      factor: 10,
      memory: KNOWN,
      before: (device) => fault && device.setFault(fault),
    });
    await bench.until(() => bench.printer.state().state === "ready");
    const b = secondTill(bench);
    // A stands idle and does not know of B yet: B says who has it, and gets it by itself.
    await b.until(() => b.printer.state().state !== "unknown");
    if (b.printer.state().state !== "ready") expect(b.printer.state().cause).toBe("busy");
    await b.until(() => b.printer.state().state === "ready");
    expect(await b.print(1)).toBe("started, printed");
    // Both know now. A sells, then B while A stands idle.
    await bench.until(
      () => bench.printer.state().state === "ready" && bench.memory.shared === true,
    );
    await bench.until(() => bench.device.state().sessions === 0);
    expect(await sell(bench, 1)).toEqual([PRINTED]);
    await bench.until(() => bench.device.state().sessions === 0);
    expect(await b.print(2)).toBe("started, printed");
    await b.until(() => bench.device.state().sessions === 0);
    // A prints a long time: B says so, and gets its turn.
    bench.device.setFault({ kind: "slow", factor: 6 });
    const long = bench.ask(3);
    await long.until("started");
    expect(await b.print(4)).toBe("failed busy");
    await long.until("printed");
    await b.until(() => b.printer.state().state === "ready");
    expect(await b.print(4)).toBe("started, printed");
    expect(bench.begun().toSorted((a, b) => a - b)).toEqual([1, 1, 2, 3, 4]);
  });
});
