import { describe, expect, it } from "vitest";
import { bench, FEED_CUT, id, idAnswer, LINE_MM, settle, toHex } from "./bench-printer.ts";

const TWO_LINES = `"one" 0a "two" 0a`;
const ASK_SENSOR = "1d 72 01";
const ASK_CLEAR = "10 14 08 01 03 14 01 06 02 08";

describe("answers that come too soon", () => {
  it("earlyId: the id comes before any paper moves, the paper sensor in its turn", async () => {
    const b = bench();
    b.printer.setFault({ kind: "earlyId" });
    b.printer.openCover();
    await b.send(`${TWO_LINES} ${id("JOB1")} ${ASK_SENSOR}`);
    await settle();
    expect(b.answers).toEqual([idAnswer("JOB1")]);
    b.printer.closeCover();
    await b.run();
    expect(b.answers).toEqual([idAnswer("JOB1"), "00"]);
  });

  it("earlySensor: the paper sensor comes before any paper moves, the id in its turn", async () => {
    const b = bench();
    b.printer.setFault({ kind: "earlySensor" });
    b.printer.openCover();
    await b.send(`${TWO_LINES} ${ASK_SENSOR} ${id("JOB1")}`);
    await settle();
    expect(b.answers).toEqual(["00"]);
    b.printer.closeCover();
    await b.run();
    expect(b.answers).toEqual(["00", idAnswer("JOB1")]);
  });

  it("otherPrinter: another one answers, later and always well, and says nothing by itself", async () => {
    const b = bench();
    b.printer.setFault({ kind: "otherPrinter", delayMs: 400 });
    b.printer.openCover();
    await b.send(`1d 61 0e ${TWO_LINES} ${id("JOB1")} ${ASK_SENSOR}`);
    await b.run(399);
    expect(b.answers).toEqual([]);
    await b.run(1);
    expect(b.answers).toEqual([idAnswer("JOB1"), "00"]);
    expect(await b.ask("10 04 02")).toEqual(["12"]);
    b.printer.closeCover();
    await b.run();
    expect(b.lines()).toEqual(["one", "two"]);
    expect(b.answers).toEqual([idAnswer("JOB1"), "00", "12"]);
  });

  it("sensorOutOfTurn: waits in its turn with paper, says `no paper` at once without", async () => {
    const b = bench();
    b.printer.setFault({ kind: "sensorOutOfTurn" });
    b.printer.setFault({ kind: "paperOut", afterMm: LINE_MM * 1.5 });
    await b.send(`${TWO_LINES} ${ASK_SENSOR}`);
    await settle();
    expect(b.answers).toEqual([]);
    await b.run();
    expect(b.lines()).toEqual(["one"]);
    expect(b.answers).toEqual(["0f"]);
    await b.send(ASK_SENSOR);
    await settle();
    expect(b.answers).toEqual(["0f", "0f"]);
    b.printer.loadPaper();
    await b.run();
    expect(b.lines()).toEqual(["one", "two"]);
    // Both questions have had their answer.
    expect(b.answers).toEqual(["0f", "0f"]);
  });
});

describe("models that know less", () => {
  it("ignoresClear: keeps its buffer and says nothing", async () => {
    const b = bench();
    b.printer.setFault({ kind: "ignoresClear" });
    b.printer.openCover();
    await b.send(`${TWO_LINES} ${ASK_CLEAR}`);
    await b.run();
    expect(b.answers).toEqual([]);
    b.printer.closeCover();
    await b.run();
    expect(b.lines()).toEqual(["one", "two"]);
    expect(b.printer.unknownCommands).toEqual([]);
  });

  it.each([
    ["clearsOnConnect: forgets what the session before left", true, ["later"]],
    ["every other one: prints it on", false, ["one", "two", "later"]],
  ])("%s", async (_name, clears, expected) => {
    const b = bench();
    if (clears) b.printer.setFault({ kind: "clearsOnConnect" });
    b.printer.openCover();
    await b.send(TWO_LINES);
    b.connection.close();
    b.reconnect();
    b.printer.closeCover();
    await b.send(`"later" 0a`);
    await b.run();
    expect(b.lines()).toEqual(expected);
  });

  it("claimsEpson: says so, and is no other for it", async () => {
    const b = bench();
    b.printer.setFault({ kind: "claimsEpson" });
    await b.send(`1d 49 42 1d 49 43 ${id("JOB1")}`);
    await b.run();
    const text = (words: string) => `5f ${toHex(Buffer.from(words))} 00`;
    expect(b.answers).toEqual([text("EPSON"), text("TM-T88III"), idAnswer("JOB1")]);
  });

  it("noCutter: cutting moves the paper on and leaves it in one piece", async () => {
    const b = bench();
    b.printer.setFault({ kind: "noCutter" });
    await b.send(`"one" 0a ${FEED_CUT} 1d 56 00 "two" 0a ${FEED_CUT}`);
    await b.run();
    expect(b.printer.paper.slips()).toHaveLength(1);
    expect(b.printer.paper.slips()[0]?.cut).toBe(false);
    expect(b.lines().filter((line) => line !== "")).toEqual(["one", "two"]);
    expect(b.printer.paper.totalMm).toBeCloseTo(2 * LINE_MM + 24);
  });

  it("noChinese: prints each byte of a character as half-width junk", async () => {
    const b = bench();
    await b.send("1c 26 d0 a1 c6 b1 0a");
    await b.run();
    b.printer.setFault({ kind: "noChinese" });
    await b.send("1c 26 d0 a1 c6 b1 0a");
    await b.run();
    const [whole, junk] = b.lines();
    expect(whole).toBe("小票");
    expect(junk).toHaveLength(4);
    expect(junk).not.toMatch(/\p{Script=Han}/u);
  });
});

describe("drawer and buzzer", () => {
  it("opens the drawer in real time, also while it stands still and is full", async () => {
    const b = bench({ bufferBytes: 64 });
    b.printer.openCover();
    // Takes 64 bytes; the rest waits on the wire.
    void b.send(`${"41 ".repeat(60)} 0a 41 41 41`).catch(() => {});
    await b.send("10 14 01 00 01");
    expect(b.printer.state()).toMatchObject({ drawerOpens: 1, online: false });
  });

  it("counts ESC p in its turn, and the buzzers of clones and Epson", async () => {
    const b = bench();
    await b.send("1b 70 00 19 fa 1b 42 02 02 1b 28 41 04 00 30 37 03 0a 0a");
    await b.run();
    expect(b.printer.state()).toMatchObject({ drawerOpens: 1, beeps: 2 });
    expect(b.printer.unknownCommands).toEqual([]);
    expect(b.printer.paper.totalMm).toBeCloseTo(LINE_MM);
  });
});
