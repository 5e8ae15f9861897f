import { describe, expect, it } from "vitest";
import { SensorAsks, SensorProof } from "../../../main/printing/sensor-asks.ts";
import { printBench } from "../support/print-bench.ts";

describe("how many answers a printer may still owe", () => {
  it("is kept before a question goes out, and only upwards", () => {
    const kept: number[] = [];
    const asks = new SensorAsks(0, (open) => kept.push(open));
    expect(asks.ask()).toBe(0);
    expect(asks.ask()).toBe(1);
    asks.answered();
    asks.answered();
    asks.answered();
    expect(asks.owed).toBe(0);
    expect(asks.ask()).toBe(0);
    expect(kept).toEqual([1, 2]);
    asks.settle();
    asks.ask();
    expect(kept).toEqual([1, 2, 0, 1]);
  });

  it("what can't be kept is not asked", () => {
    const asks = new SensorAsks(0, () => {
      throw new Error("disk full");
    });
    expect(() => asks.ask()).toThrow("disk full");
    expect([asks.owed, asks.asked]).toEqual([0, 0]);
  });

  it("is what was kept, in the next run, and no less than another till may have left", () => {
    const asks = new SensorAsks(5);
    asks.linked();
    expect(asks.owed).toBe(5);
    const fresh = new SensorAsks();
    fresh.linked();
    expect(fresh.owed).toBe(2);
  });
});

describe("whose an answer is", () => {
  it("ours, when nobody else waits; a lie, when it comes sooner than paper moves", () => {
    expect(new SensorProof(0).take(false)).toBe("ours");
    expect(new SensorProof(0).take(true)).toBe("lie");
  });

  it("only the one after as many as others may wait for", () => {
    const proof = new SensorProof(2);
    expect(proof.take(true)).toBe("older");
    expect(proof.take(false)).toBe("again");
    expect(proof.take(false)).toBe("ours");
  });
});

describe("while it has nothing to print", () => {
  it("a printer is asked until it is known to owe nothing, and that is kept", async () => {
    const bench = await printBench({
      before: (device) => device.setFault({ kind: "noIds" }),
      memory: { answers: true, fence: "paperSensor", owedAnswers: 3 },
    });
    await bench.until(() => bench.printer.state().state === "ready");
    await bench.until(() => bench.memory.owedAnswers === 0);
    const asked = bench.ask(7);
    await asked.until("printed");
    expect(asked.short()).toEqual(["started", "printed B"]);
    expect(bench.whole()).toEqual([7]);
  });
});
