import { describe, expect, it } from "vitest";
import { printBench, type PrintBench } from "../support/print-bench.ts";
import { dyingLine, type DyingLine } from "../support/dying-line.ts";

const KNOWN = { answers: true, fence: "id" as const };
/** A receipt begins with ESC @; a question to a printer never does. */
const RECEIPT_HEAD = Buffer.from([0x1b, 0x40]);

async function benchOnDyingLine(
  memory: object = KNOWN,
): Promise<{ bench: PrintBench; line: DyingLine }> {
  let line: DyingLine | null = null;
  const bench = await printBench({
    memory,
    between: async (port) => {
      line = await dyingLine(port);
      return line.port;
    },
  });
  await bench.until(() => bench.printer.state().state === "ready");
  if (line === null) throw new Error("no line");
  return { bench, line };
}

describe("a link that died without a word", () => {
  it.each(["gone", "open"] as const)(
    "(%s at the printer) is replaced before any of a receipt is sent into it",
    async (atPrinter) => {
      const { bench, line } = await benchOnDyingLine();
      const first = bench.ask(6);
      await first.until("printed");
      await bench.printer.settled();
      line.die(atPrinter);
      const asked = bench.ask(7);
      await asked.until("printed");
      expect(asked.short()).toEqual(["started", "printed A"]);
      expect(bench.whole()).toEqual([6, 7]);
      expect(line.swallowed().includes(RECEIPT_HEAD)).toBe(false);
    },
  );

  it("is found while nothing is printed, and nobody is told of trouble", async () => {
    const { bench, line } = await benchOnDyingLine();
    const told = new Set<string | null>();
    line.die("open");
    const before = line.connections();
    await bench.until(() => {
      told.add(bench.printer.state().cause);
      return line.connections() > before && bench.device.state().sessions === 1;
    });
    const asked = bench.ask(7);
    await asked.until("printed");
    expect([...told]).toEqual([null]);
  });

  it("takes no receipt that a person asks for blindly: it stays the original", async () => {
    const { bench, line } = await benchOnDyingLine();
    line.die("open");
    bench.device.setFault({ kind: "refuse" });
    const failed = bench.ask(7);
    await failed.until("failed");
    const again = bench.ask(7, { blind: true });
    await bench.until(() => again.told.length > 0);
    expect(again.told.map(({ type }) => type)).toEqual(["failed"]);
    expect(line.swallowed().includes(RECEIPT_HEAD)).toBe(false);
    bench.device.clearFault("refuse");
    await bench.until(() => bench.recoveries() > 1);
    const last = bench.ask(7);
    await last.until("printed");
    expect(bench.begun()).toEqual([7]);
  });

  it("is replaced by the next look when it died under a receipt", async () => {
    const { bench, line } = await benchOnDyingLine();
    bench.device.setFault({ kind: "slow", factor: 5 });
    const asked = bench.ask(7, {
      emit: ({ type }) => {
        if (type === "started") line.die("open");
      },
    });
    await asked.until("unknown");
    const before = line.connections();
    await bench.until(() => line.connections() > before && bench.device.state().sessions === 1);
    bench.device.clearFault("slow");
    const next = bench.ask(8);
    await next.until("printed");
    expect(bench.whole()).toEqual([8]);
  });

  it("is told from a printer that says nothing on a new link either", async () => {
    const { bench } = await benchOnDyingLine();
    bench.device.setFault({ kind: "deaf" });
    const asked = bench.ask(7);
    await asked.until("failed");
    expect(asked.short()).toEqual(["failed noAnswer"]);
  });
});
