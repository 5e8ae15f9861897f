import { describe, expect, it } from "vitest";
import {
  VirtualPrintQueue,
  type QueueOptions,
} from "../../../main/printing/virtual-printer/index.ts";
import { bench, hex, settle, type Bench } from "./bench-printer.ts";

/** A queue on a printer nobody else is connected to. */
function queued(options: Partial<QueueOptions> = {}, bufferBytes = 16_384) {
  const b: Bench = bench({ bufferBytes });
  b.connection.close();
  const queue = new VirtualPrintQueue(b.printer, { clock: b.clock, ...options });
  const states = () => queue.jobs.map(({ id, state }) => `${id} ${state}`);
  const passed = async (ms: number) => {
    await settle();
    await b.run(ms);
    await settle();
  };
  return { b, queue, states, passed };
}

const text = (words: string) => hex(`"${words}" 0a`);

describe("print queue", () => {
  it("takes documents and passes them on in order", async () => {
    const { b, queue, states, passed } = queued();
    expect([queue.submit("a", text("one")), queue.submit("b", text("two"))]).toEqual([1, 2]);
    expect(states()).toEqual(["1 sending", "2 waiting"]);
    await passed(2_000);
    expect(states()).toEqual([]);
    expect(b.lines()).toEqual(["one", "two"]);
  });

  it("takes them also when the printer is off, and passes them on when it is back", async () => {
    const { b, queue, states, passed } = queued();
    b.printer.powerOff();
    queue.submit("a", text("one"));
    await passed(10_000);
    expect(states()).toEqual(["1 waiting"]);
    b.printer.powerOn();
    await passed(2_000);
    expect(states()).toEqual([]);
    expect(b.lines()).toEqual(["one"]);
  });

  it("lets go of a document before its paper is there", async () => {
    const { b, queue, states, passed } = queued();
    b.printer.openCover();
    queue.submit("a", text("one"));
    await passed(0);
    expect(states()).toEqual([]);
    expect(b.lines()).toEqual([]);
  });

  it("paused: begins nothing", async () => {
    const { b, queue, states, passed } = queued();
    queue.pause();
    queue.submit("a", text("one"));
    await passed(5_000);
    expect(states()).toEqual(["1 waiting"]);
    expect(b.printer.paper.totalMm).toBe(0);
    queue.resume();
    await passed(2_000);
    expect(b.lines()).toEqual(["one"]);
  });

  it("deletes what waits without a trace, and what is being sent in the middle", async () => {
    const { b, queue, passed } = queued({}, 64);
    b.printer.openCover();
    const sending = queue.submit("a", hex(`${"41 ".repeat(100)} 0a`));
    const waiting = queue.submit("b", text("two"));
    await passed(0);
    expect(queue.job(sending)).toMatchObject({ state: "sending", hasStarted: true });
    expect(queue.job(waiting)).toMatchObject({ state: "waiting", hasStarted: false });
    expect(queue.delete(waiting)).toBe(true);
    expect(queue.delete(sending)).toBe(true);
    expect(queue.delete(sending)).toBe(false);
    b.printer.closeCover();
    await passed(2_000);
    // The 64 bytes that had fitted are its to keep: one full line, and a part of one that never ends.
    expect(b.lines()).toEqual(["A".repeat(48)]);
    expect(b.printer.state().sessions).toBe(0);
  });

  it.each([
    ["hold", ["1 broken", "2 waiting"]],
    ["restart", []],
    ["drop", []],
  ] as const)("a connection that breaks in the middle: %s", async (onBroken, expected) => {
    const { b, queue, states, passed } = queued({ onBroken });
    b.printer.setFault({ kind: "reset", afterBytes: 6 });
    queue.submit("a", hex(`"first" 0a "second" 0a`));
    queue.submit("b", text("other"));
    await passed(3_000);
    expect(states()).toEqual(expected);
    const firsts = b.lines().filter((line) => line === "first").length;
    expect(firsts).toBe(onBroken === "restart" ? 2 : 1);
    if (onBroken !== "hold") return;
    queue.restart(1);
    await passed(3_000);
    expect(states()).toEqual([]);
    expect(b.lines()).toEqual(["first", "first", "second", "other"]);
  });

  it("waits while its cable is out, and breaks off what was being sent", async () => {
    const { b, queue, states, passed } = queued({}, 64);
    b.printer.openCover();
    queue.submit("a", hex(`${"41 ".repeat(100)} 0a`));
    await passed(0);
    queue.unplug();
    await passed(5_000);
    expect(states()).toEqual(["1 broken"]);
    queue.delete(1);
    queue.submit("b", text("two"));
    await passed(5_000);
    expect(states()).toEqual(["2 waiting"]);
    b.printer.closeCover();
    queue.plug();
    await passed(2_000);
    expect(states()).toEqual([]);
  });

  it("stops when closed", async () => {
    const { b, queue, passed } = queued();
    b.printer.powerOff();
    queue.submit("a", text("one"));
    queue.close();
    expect(b.clock.pendingTimers).toBe(0);
    b.printer.powerOn();
    await passed(5_000);
    expect(b.printer.paper.totalMm).toBe(0);
  });
});
