import { describe, expect, it } from "vitest";
import { Printer } from "../../../main/printing/printer.ts";
import type { PrinterMemory } from "../../../main/printing/receipt-printer.ts";
import { TcpTransport } from "../../../main/printing/transports/tcp/tcp-transport.ts";
import type { Fault } from "../../../main/printing/virtual-printer/index.ts";
import { documentOf, printBench, type PrintBench } from "../support/print-bench.ts";

/** Receipt numbers on each piece of paper that has any, oldest first. */
function pieces({ device }: PrintBench): number[][] {
  return device.paper
    .slips()
    .map((slip) => [...slip.text().matchAll(/单号 (\d+)/g)].map((match) => Number(match[1])))
    .filter((numbers) => numbers.length > 0);
}

const POWER: Fault = { kind: "powerCycle", afterMm: 40, offMs: 1_000 };

describe("the torn rest of one customer's receipt", () => {
  it.each<[string, Fault]>([
    ["the power went", POWER],
    ["the printer reset itself", { kind: "reset", afterBytes: 260 }],
  ])("is cut off before the next begins: %s", async (_name, fault) => {
    const bench = await printBench({ memory: { answers: true, fence: "id" } });
    await bench.until(() => bench.printer.state().state === "ready");
    bench.device.setFault(fault);
    await bench.ask(7).until("unknown");
    await bench.until(() => bench.printer.state().state === "ready");
    await bench.ask(8).until("printed");
    expect(pieces(bench)).toEqual([[7], [8]]);
  });

  it("also when the link of the next one ended before it was drawn", async () => {
    const bench = await printBench({ memory: { answers: true, fence: "id" } });
    await bench.until(() => bench.printer.state().state === "ready");
    bench.device.setFault(POWER);
    await bench.ask(7).until("unknown");
    await bench.until(() => bench.printer.state().state === "ready");
    const next = bench.ask(8, {
      document: async () => {
        bench.device.powerCycle(300);
        await bench.until(() => bench.printer.state().cause !== null);
        return documentOf(8);
      },
    });
    await next.until("notTaken");
    await bench.until(() => bench.printer.state().state === "ready");
    await bench.ask(9).until("printed");
    expect(pieces(bench)).toEqual([[7], [9]]);
  });

  it("also by a till that was started anew meanwhile", async () => {
    const bench = await printBench({ memory: { answers: true, fence: "id" } });
    await bench.until(() => bench.printer.state().state === "ready");
    bench.device.setFault(POWER);
    await bench.ask(7).until("unknown");
    bench.printer.close();
    const memory = JSON.parse(JSON.stringify(bench.memory)) as PrinterMemory;
    const told = Promise.withResolvers<void>();
    const ready = Promise.withResolvers<void>();
    const again: Printer = new Printer({
      transport: new TcpTransport("127.0.0.1", bench.port, bench.clock),
      clock: bench.clock,
      memory,
      remember: () => {},
      changed: () => again.state().state === "ready" && ready.resolve(),
      recovered: () => {},
      incident: told.reject,
    });
    await ready.promise;
    again.enqueue({
      document: () => documentOf(8),
      wanted: () => true,
      blind: false,
      label: { saleId: 8, attempt: 1 },
      dropped: () => told.reject(new Error("dropped")),
      emit: ({ type }) => type === "printed" && told.resolve(),
    });
    await told.promise;
    again.close();
    expect(pieces(bench)).toEqual([[7], [8]]);
  });
});

it("a receipt whose proof never comes is cut all the same", async () => {
  const bench = await printBench({ before: (device) => device.setFault({ kind: "silence" }) });
  await bench.ask(7, { blind: true }).until("unknown");
  await bench.until(() => bench.whole().length === 1);
  expect(bench.device.paper.slips().find((slip) => slip.text().includes("单号 7"))?.cut).toBe(true);
});

it("anything else that can't be written down stops no paper, and is told of", async () => {
  const bench = await printBench({
    remember: () => {
      throw new Error("disk full");
    },
  });
  await bench.until(() => bench.printer.state().state === "ready");
  const asked = bench.ask(7);
  await asked.until("printed");
  expect(asked.short()).toEqual(["started", "printed A"]);
  expect(new Set(bench.incidents.map(String))).toEqual(new Set(["Error: disk full"]));
});

it("a question whose answer may be owed later is not asked when that can't be written down", async () => {
  const bench = await printBench({
    memory: { answers: true, fence: "paperSensor" },
    before: (device) => device.setFault({ kind: "noIds" }),
    remember: ({ owedAnswers }) => {
      if ((owedAnswers ?? 0) > 0) throw new Error("disk full");
    },
  });
  await bench.until(() => bench.printer.state().state === "ready");
  const asked = bench.ask(7);
  await bench.until(() => asked.dropped);
  // Nothing left, so nothing can be answered for it after a restart either.
  expect(asked.short()).toEqual([]);
  expect(bench.device.paper.totalMm).toBe(0);
  expect(bench.incidents.map(String)).toEqual(["Error: disk full"]);
});
