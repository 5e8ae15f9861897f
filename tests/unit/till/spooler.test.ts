import { describe, expect, it } from "vitest";
import { PrintQueue } from "../support/print-queue.ts";
import { DIGITS, TillBench } from "../support/till-bench.ts";

async function queueTill() {
  const queue = new PrintQueue();
  const bench = await TillBench.open({
    nativePrinters: queue,
    setup: { printer: { kind: "spooler", queue: queue.address } },
  });
  return { queue, bench };
}

const marked = (bytes: Uint8Array | undefined) =>
  Buffer.from(bytes ?? [])
    .toString("latin1")
    .includes("REPRINT");

describe("a print queue", () => {
  it("never proves a receipt: a person is asked, and says so", async () => {
    const { queue, bench } = await queueTill();
    await bench.sell();
    await bench.untilState(1, "unknown");
    expect(queue.sent).toHaveLength(1);
    const { head } = await bench.call("history.sale", { saleId: 1 });
    expect(head).toMatchObject({ state: "unknown", cause: "noBackChannel", proof: null });
    expect((await bench.refusal("sale.complete", bench.saleInput())).code).toBe("RECEIPT_OWED");
    await bench.call("receipt.seen", bench.exit(1));
    expect((await bench.call("history.sale", { saleId: 1 })).head).toMatchObject({
      state: "printed",
      proof: "person",
    });
  });

  it("paused before the sale: nothing is handed over, and it goes on by itself", async () => {
    const { queue, bench } = await queueTill();
    queue.stop = "queuePaused";
    await bench.sell();
    const { rail } = await bench.untilState(1, "failed");
    expect(rail).toMatchObject([{ cause: "queuePaused", mayBeOnPaper: false }]);
    expect(queue.sent).toEqual([]);
    queue.resume();
    await bench.untilState(1, "unknown");
    expect(queue.sent).toHaveLength(1);
    expect(marked(queue.sent[0])).toBe(false);
  });

  it("that takes none of it after all: still the original next time", async () => {
    const { queue, bench } = await queueTill();
    queue.check = () => {
      queue.stop = "noPrinter"; // gone between the look and the handing over
      return Promise.resolve(null);
    };
    await bench.sell();
    const { rail } = await bench.untilState(1, "failed");
    expect(rail).toMatchObject([{ cause: "noPrinter", mayBeOnPaper: false }]);
    queue.check = () => Promise.resolve(queue.stop);
    queue.resume();
    await bench.print(1).catch(() => {});
    await bench.untilState(1, "unknown");
    expect(queue.sent.map(marked)).toEqual([false]);
  });

  it("that stops with the receipt in it says why, and goes on", async () => {
    const { queue, bench } = await queueTill();
    queue.sends = false;
    await bench.sell();
    await bench.until(({ printer }) => printer.state === "printing");
    queue.stick("paperOut");
    const { rail } = await bench.untilState(1, "blocked");
    expect(rail).toMatchObject([{ cause: "paperOut" }]);
    queue.resume();
    await bench.untilState(1, "unknown");
    expect(queue.sent).toHaveLength(1);
  });

  it("lets go of a receipt when asked: nothing has left, so the next is the original", async () => {
    const { queue, bench } = await queueTill();
    queue.sends = false;
    await bench.sell();
    await bench.until(({ printer }) => printer.state === "printing");
    queue.stick("paperOut");
    await bench.untilState(1, "blocked");
    await bench.call("receipt.declined", { ...bench.exit(1), digits: DIGITS });
    await bench.untilIdle();
    expect(queue.waiting).toEqual([]);
    queue.resume();
    expect(queue.sent).toEqual([]);
    expect(await bench.state(1)).toBe("declined");
  });
});

describe("warnings at opening", () => {
  it("name a paused queue, a queue that prints no paper, and one that is gone", async () => {
    for (const [hint, code] of [
      ["paused", "queuePaused"],
      ["notAPaperPrinter", "notAPaperPrinter"],
    ] as const) {
      const { queue, bench } = await queueTill();
      queue.hint = hint;
      await bench.restart();
      const { warnings } = await bench.until((status) => status.warnings.length > 1);
      expect(warnings.map((warning) => warning.code)).toContain(code);
    }
    const { queue, bench } = await queueTill();
    queue.find = () => Promise.resolve([]);
    await bench.restart();
    const gone = await bench.until((status) => status.warnings.length > 1);
    expect(gone.warnings).toContainEqual({ code: "noPrinter", slot: "receipt" });
  });
});
