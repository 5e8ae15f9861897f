import { describe, expect, it } from "vitest";
import { bench, FEED_CUT, id, idAnswer, LINE_MM, LINE_MS, settle } from "./bench-printer.ts";

const THREE_LINES = `"one" 0a "two" 0a "three" 0a ${id("JOB1")}`;

describe("paper and cover", () => {
  it("stops at the line the paper ends in and goes on by itself on a new piece of paper", async () => {
    const b = bench();
    b.printer.setFault({ kind: "paperOut", afterMm: LINE_MM * 1.5 });
    await b.send(THREE_LINES);
    await b.run();
    expect(b.lines()).toEqual(["one"]);
    expect(b.answers).toEqual([]);
    expect(b.printer.faults).toEqual({});
    expect(b.printer.state()).toMatchObject({ paper: "out", online: false });
    b.printer.loadPaper();
    await b.run();
    expect(b.printer.paper.slips().map((slip) => slip.text())).toEqual(["one", "two\nthree"]);
    expect(b.printer.paper.slips()[0]).toMatchObject({ cut: false, tornOff: true });
    expect(b.answers).toEqual([idAnswer("JOB1")]);
  });

  it("withholds the id when the paper ends exactly behind the last line", async () => {
    const b = bench({ paperMm: LINE_MM * 3, nearEndMm: 0 });
    await b.send(THREE_LINES);
    await b.run();
    expect(b.lines()).toEqual(["one", "two", "three"]);
    expect(b.answers).toEqual([]);
  });

  it("waits with the lid open, also when it opens in the middle of a line", async () => {
    const b = bench();
    await b.send(THREE_LINES);
    b.clock.advance(LINE_MS * 1.5);
    b.printer.openCover();
    await b.run();
    expect(b.lines()).toEqual(["one"]);
    b.printer.closeCover();
    await b.run();
    expect(b.lines()).toEqual(["one", "two", "three"]);
    expect(b.answers).toEqual([idAnswer("JOB1")]);
  });

  it("opens the lid after a length of paper", async () => {
    const b = bench();
    b.printer.setFault({ kind: "coverOpen", afterMm: LINE_MM * 2 });
    await b.send(THREE_LINES);
    await b.run();
    expect(b.lines()).toEqual(["one", "two"]);
    expect(b.printer.state().cover).toBe("open");
    expect(b.printer.faults).toEqual({});
  });

  it("strikes in a movement that was under way when the fault was set", async () => {
    const b = bench();
    await b.send("1b 64 ff");
    b.clock.advance(100);
    b.printer.setFault({ kind: "coverOpen", afterMm: 1 });
    b.clock.advance(4);
    expect(b.printer.state().cover).toBe("closed");
    b.clock.advance(2);
    expect(b.printer.state().cover).toBe("open");
  });

  it("stops at the near end only when ESC c 4 asks for it", async () => {
    const b = bench({ paperMm: 1000, nearEndMm: 3000 });
    await b.send(`1b 63 34 03 "one" 0a`);
    await b.run();
    expect(b.lines()).toEqual([]);
    expect(await b.ask("10 04 02")).toEqual(["32"]);
  });
});

describe("cutter", () => {
  it("stays offline until the blade is free, then cuts and goes on", async () => {
    const b = bench();
    b.printer.setFault({ kind: "cutterJam" });
    await b.send(`"one" 0a ${FEED_CUT} ${id("CUT1")}`);
    await b.run();
    expect(b.printer.state()).toMatchObject({ cutter: "jammed", error: "cutter", online: false });
    expect(b.printer.paper.slips()[0]?.cut).toBe(false);
    expect(b.answers).toEqual([]);
    b.printer.clearCutter();
    await b.run();
    expect(b.printer.paper.slips()[0]?.cut).toBe(true);
    expect(b.answers).toEqual([idAnswer("CUT1")]);
  });

  it("tries the cut again on DLE ENQ 1 and fails again while the blade is stuck", async () => {
    const b = bench();
    b.printer.setFault({ kind: "cutterJam" });
    await b.send(`"one" 0a ${FEED_CUT} ${id("CUT1")}`);
    await b.run();
    await b.send("10 05 01");
    await b.run();
    expect(b.printer.state().error).toBe("cutter");
  });

  it("DLE ENQ 2 drops the job and comes back online", async () => {
    const b = bench();
    b.printer.setFault({ kind: "cutterJam" });
    await b.send(`"one" 0a ${FEED_CUT} ${id("CUT1")} "two" 0a`);
    await b.run();
    await b.send("10 05 02");
    await b.run();
    expect(b.printer.state()).toMatchObject({ error: "none", online: true, bufferUsed: 0 });
    expect(b.lines()).toEqual(["one"]);
    expect(b.answers).toEqual([]);
  });

  it("ignores DLE ENQ for an open lid", async () => {
    const b = bench();
    b.printer.openCover();
    await b.send('"one" 0a 10 05 02');
    b.printer.closeCover();
    await b.run();
    expect(b.lines()).toEqual(["one"]);
  });
});

describe("back-channel", () => {
  it("silence: prints and never answers", async () => {
    const b = bench();
    b.printer.setFault({ kind: "silence" });
    await b.send(`1d 61 0e ${THREE_LINES} 10 04 01`);
    await b.run();
    expect(b.lines()).toEqual(["one", "two", "three"]);
    expect(b.answers).toEqual([]);
    b.printer.clearFault("silence");
    expect(await b.ask("10 04 01")).toEqual(["12"]);
  });

  it("silence after a number of bytes", async () => {
    const b = bench();
    b.printer.setFault({ kind: "silence", afterBytes: 6 });
    expect(await b.ask("10 04 01 10 04 01 10 04 01")).toEqual(["12", "12"]);
  });

  it("deaf: takes everything, does nothing", async () => {
    const b = bench({ bufferBytes: 64 });
    b.printer.setFault({ kind: "deaf" });
    await b.connection.write(new Uint8Array(10_000).fill(0x41));
    await b.send(`${THREE_LINES} 10 04 01`);
    await b.run();
    expect(b.printer.paper.slips()).toEqual([]);
    expect(b.answers).toEqual([]);
  });

  it("late: the id comes the delay later", async () => {
    const b = bench();
    b.printer.setFault({ kind: "lateId", delayMs: 5000 });
    await b.send(`"one" 0a ${id("LATE")} 1d 72 01`);
    await b.run(LINE_MS + 4999);
    expect(b.answers).toEqual([]);
    await b.run(2);
    expect(b.answers).toEqual([idAnswer("LATE"), "00"]);
  });

  it("foreign: another id comes back", async () => {
    const b = bench();
    b.printer.setFault({ kind: "foreignId" });
    await b.send(THREE_LINES);
    await b.run();
    expect(b.answers).toEqual([idAnswer("1234")]);
  });

  it("lying: answers at once and well with the lid open, once", async () => {
    const b = bench();
    b.printer.setFault({ kind: "lyingOk" });
    await b.send("1d 61 0e");
    b.printer.openCover();
    const asked = await b.ask(`${THREE_LINES} 1d 72 01 10 04 01 10 04 02`);
    expect(asked).toEqual([idAnswer("JOB1"), "00", "12", "12"]);
    expect(b.printer.paper.slips()).toEqual([]);
    b.printer.closeCover();
    await b.run();
    expect(b.answers).toEqual(["10 00 00 00", ...asked]);
  });

  it("no ids: skips GS ( H and answers GS r in order", async () => {
    const b = bench();
    b.printer.setFault({ kind: "noIds" });
    await b.send(`${THREE_LINES} 1d 72 01`);
    await b.run();
    expect(b.answers).toEqual(["00"]);
    expect(b.lines()).toEqual(["one", "two", "three"]);
  });

  it("status always good: DLE EOT lies, the id does not", async () => {
    const b = bench();
    b.printer.setFault({ kind: "statusAlwaysOk" });
    b.printer.openCover();
    await b.send(THREE_LINES);
    expect(await b.ask("10 04 01 10 04 02 10 04 04")).toEqual(["12", "12", "12"]);
    await b.run();
    expect(b.answers).toHaveLength(3);
  });
});

describe("power and session", () => {
  it("reset: the session dies after the bytes, and those are printed", async () => {
    const b = bench();
    b.printer.setFault({ kind: "reset", afterBytes: 4 });
    await expect(b.send('"one" 0a "two" 0a')).rejects.toMatchObject({ code: "ECONNRESET" });
    await b.run();
    expect(b.lines()).toEqual(["one"]);
    expect(b.closed).toEqual([{ error: expect.objectContaining({ code: "ECONNRESET" }) }]);
    expect(b.printer.faults).toEqual({});
    b.reconnect();
    expect(await b.ask("10 04 01")).toEqual(["12"]);
  });

  it("power cycle: loses buffer, settings and session, refuses while off", async () => {
    const b = bench();
    await b.send("1d 61 0e 1d 21 11");
    b.printer.setFault({ kind: "powerCycle", afterMm: 7, offMs: 2000 });
    await b.send(`"one" 0a "two" 0a ${id("LOST")}`);
    await b.run(100);
    expect(b.closed).toHaveLength(1);
    expect(() => b.printer.connect()).toThrow(expect.objectContaining({ code: "ECONNREFUSED" }));
    expect(b.printer.state()).toMatchObject({ power: "off", bufferUsed: 0 });
    await b.run(2000);
    b.reconnect();
    await b.send('"x" 0a');
    await b.run();
    expect(b.lines()).toEqual(["one", "x"]);
    expect(b.printer.paper.slips()[0]?.lines[1]?.runs[0]?.sizeX).toBe(1);
    expect(b.answers).toEqual(["10 00 00 00"]);
  });

  it("power off rejects a write that waits for room", async () => {
    const b = bench({ bufferBytes: 16 });
    b.printer.openCover();
    const write = b.connection.write(new Uint8Array(100).fill(0x41));
    const failed = expect(write).rejects.toMatchObject({ code: "ECONNRESET" });
    b.printer.powerOff();
    await failed;
  });

  it("half print: the rest of the job is gone, the printer says all is well", async () => {
    const b = bench();
    b.printer.setFault({ kind: "halfPrint", afterMm: LINE_MM * 2 });
    await b.send(THREE_LINES);
    await b.run();
    expect(b.lines()).toEqual(["one", "two"]);
    expect(b.answers).toEqual([]);
    expect(await b.ask("10 04 01")).toEqual(["12"]);
    expect(b.closed).toEqual([]);
    await b.send(`"next" 0a ${id("NEXT")}`);
    await b.run();
    expect(b.answers).toEqual(["12", idAnswer("NEXT")]);
  });

  it("slow: everything takes the factor longer", async () => {
    const b = bench();
    b.printer.setFault({ kind: "slow", factor: 10 });
    await b.send(`"one" 0a ${id("SLOW")}`);
    await b.run(LINE_MS * 10 - 1);
    expect(b.answers).toEqual([]);
    await b.run(2);
    expect(b.answers).toEqual([idAnswer("SLOW")]);
  });

  it("refuse, unreachable and busy are told apart", () => {
    const b = bench();
    expect(() => b.printer.connect()).toThrow(expect.objectContaining({ code: "EBUSY" }));
    b.connection.close();
    b.printer.setFault({ kind: "refuse" });
    expect(() => b.printer.connect()).toThrow(expect.objectContaining({ code: "ECONNREFUSED" }));
    b.printer.clearAllFaults();
    b.printer.setFault({ kind: "unreachable" });
    expect(() => b.printer.connect()).toThrow(expect.objectContaining({ code: "ETIMEDOUT" }));
    b.printer.clearAllFaults();
    expect(b.printer.connect()).toBeDefined();
  });

  it("prints what was received after the host has gone, and answers the next session", async () => {
    const b = bench();
    await b.send(THREE_LINES);
    b.connection.close();
    b.reconnect();
    await b.run();
    expect(b.lines()).toEqual(["one", "two", "three"]);
    expect(b.answers).toEqual([idAnswer("JOB1")]);
  });
});

describe("receive buffer", () => {
  it("holds a receipt with the lid open and then holds the writer back", async () => {
    const b = bench({ bufferBytes: 100 });
    b.printer.openCover();
    await b.connection.write(new Uint8Array(100).fill(0x41));
    let through = false;
    const write = b.send('"tail" 0a').then(() => (through = true));
    await settle();
    expect(through).toBe(false);
    expect(b.printer.state().bufferUsed).toBe(100);
    b.printer.closeCover();
    await write;
    await b.run();
    expect(b.lines().join("")).toBe(`${"A".repeat(100)}tail`);
  });

  it("answers status requests when full, and these take no room", async () => {
    const b = bench({ bufferBytes: 50 });
    b.printer.openCover();
    await b.connection.write(new Uint8Array(50).fill(0x41));
    for (let round = 0; round < 100; round += 1) {
      expect(await b.ask("10 04 01")).toEqual(["1a"]);
    }
    expect(b.printer.state().bufferUsed).toBe(50);
    b.printer.closeCover();
    await b.send("0a");
    await b.run();
    expect(b.lines().join("")).toBe("A".repeat(50));
  });

  it("is emptied by DLE DC4 fn 8, answered 37 25 00", async () => {
    const b = bench();
    b.printer.openCover();
    await b.send(THREE_LINES);
    expect(await b.ask("10 14 08 01 03 14 01 06 02 08")).toEqual(["37 25 00"]);
    b.printer.closeCover();
    await b.run();
    expect(b.printer.paper.slips()).toEqual([]);
    expect(b.printer.state().bufferUsed).toBe(0);
  });

  it("says when it has run empty", async () => {
    const b = bench();
    const kinds: string[] = [];
    b.printer.on((event) => kinds.push(event.kind));
    await b.send(THREE_LINES);
    await b.run();
    expect(kinds.filter((kind) => kind === "line")).toHaveLength(3);
    expect(kinds.at(-1)).toBe("idle");
    expect(kinds.filter((kind) => kind === "idle")).toHaveLength(1);
    expect(b.clock.pendingTimers).toBe(0);
  });
});
