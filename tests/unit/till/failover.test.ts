import { describe, expect, it } from "vitest";
import { TillBench } from "../support/till-bench.ts";
import { tcpPrinter } from "../support/print-bench.ts";
import type { VirtualPrinter } from "../../../main/printing/virtual-printer/index.ts";

/** A till with a second printer on the network. */
async function twoPrinters(): Promise<{ bench: TillBench; second: VirtualPrinter }> {
  const bench = await TillBench.open();
  const { device, port } = await tcpPrinter(bench.clock);
  await bench.call("settings.change", {
    patch: { backupPrinter: { kind: "tcp", host: "127.0.0.1", port } },
    pin: "2468",
  });
  await bench.until(({ backupPrinter }) => backupPrinter?.state === "ready");
  return { bench, second: device };
}

describe("a second printer", () => {
  it("takes over when a person says so; nothing had reached paper, so it is the original", async () => {
    const { bench, second } = await twoPrinters();
    bench.device.openCover();
    await bench.sell();
    await bench.untilState(1, "failed");
    expect(bench.papers(second)).toEqual([]);
    await bench.print(1, null, "backup");
    await bench.untilState(1, "printed");
    expect(bench.papers(second)).toEqual(["1"]);
    const { trail } = await bench.call("history.sale", { saleId: 1 });
    const started = trail.find(({ type }) => type === "attemptStarted");
    expect(started?.printer).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(started?.printer).not.toContain(String(bench.port));
  });

  it("prints a marked copy when the first may have printed it", async () => {
    const { bench, second } = await twoPrinters();
    bench.device.setFault({ kind: "reset", afterBytes: 150 });
    await bench.sell();
    await bench.untilState(1, "unknown");
    await bench.print(1, "nothing", "backup");
    await bench.untilState(1, "printed");
    expect(bench.papers(second)).toEqual(["1 REPRINT 1"]);
  });

  it("gets a stopped receipt only once the first printer has let go of it", async () => {
    const { bench, second } = await twoPrinters();
    bench.device.setFault({ kind: "paperOut", afterMm: 40 });
    await bench.sell();
    await bench.untilState(1, "blocked");
    await bench.print(1, null, "backup");
    await bench.untilState(1, "printed");
    bench.device.loadPaper();
    await bench.until(({ printer }) => printer.state === "ready");
    expect(bench.papers(second)).toEqual(["1 REPLACES"]);
    expect(bench.papers()).toEqual([]);
  });

  it("that is dead holds nothing up", async () => {
    const { bench, second } = await twoPrinters();
    second.powerOff();
    await bench.until(({ backupPrinter }) => backupPrinter?.state === "offline");
    await bench.sell();
    await bench.untilState(1, "printed");
    expect(bench.papers()).toEqual(["1"]);
  });

  it("a copy waiting at a dead first printer does not hold up the second", async () => {
    const { bench, second } = await twoPrinters();
    await bench.sell();
    await bench.untilState(1, "printed");
    await bench.untilIdle();
    bench.device.setFault({ kind: "paperOut", afterMm: 20 });
    await bench.print(1);
    await bench.until(({ printer }) => printer.state === "blocked");
    await bench.print(1, null, "backup").catch(() => {});
    const id = await bench.sell();
    await bench.untilState(id, "failed");
    await bench.print(id, null, "backup");
    await bench.untilState(id, "printed");
    expect(bench.papers(second)).toContain(String(id));
  });

  it("is refused when there is none, or when it is the same one", async () => {
    const bench = await TillBench.open();
    bench.device.openCover();
    await bench.sell();
    await bench.untilState(1, "failed");
    const input = {
      requestId: bench.requestId(),
      saleId: 1,
      seen: null,
      printer: "backup",
    } as const;
    expect((await bench.refusal("receipt.print", input)).code).toBe("NO_BACKUP_PRINTER");
    const patch = { backupPrinter: bench.setup().printer };
    expect((await bench.refusal("settings.change", { patch, pin: "2468" })).code).toBe(
      "SAME_PRINTER_TWICE",
    );
  });
});
