import { describe, expect, it } from "vitest";
import { bench, FEED_CUT, id, idAnswer, LINE_MS } from "./bench-printer.ts";

describe("real-time status", () => {
  it("answers DLE EOT 1-4 at once when all is well", async () => {
    const b = bench();
    expect(await b.ask("10 04 01 10 04 02 10 04 03 10 04 04")).toEqual(["12", "12", "12", "12"]);
  });

  it("reports an open cover", async () => {
    const b = bench();
    b.printer.openCover();
    expect(await b.ask("10 04 01 10 04 02 10 04 03 10 04 04")).toEqual(["1a", "16", "12", "12"]);
  });

  it("reports the end of the paper, near end included", async () => {
    const b = bench({ paperMm: 0 });
    expect(await b.ask("10 04 01 10 04 02 10 04 03 10 04 04")).toEqual(["1a", "32", "12", "7e"]);
  });

  it("reports the near end while it goes on printing", async () => {
    const b = bench({ paperMm: 100, nearEndMm: 3000 });
    expect(await b.ask("10 04 01 10 04 02 10 04 04")).toEqual(["12", "12", "1e"]);
    expect(await b.ask("1d 72 01")).toEqual(["03"]);
    expect(b.printer.state()).toMatchObject({ paper: "nearEnd", online: true });
  });

  it("reports a cutter error", async () => {
    const b = bench();
    b.printer.setFault({ kind: "cutterJam" });
    await b.send(`"a" 0a ${FEED_CUT}`);
    await b.run();
    expect(await b.ask("10 04 01 10 04 02 10 04 03")).toEqual(["1a", "52", "1a"]);
  });

  it("recognises a command that is split over two writes", async () => {
    const b = bench();
    expect(await b.ask("10")).toEqual([]);
    expect(await b.ask("04")).toEqual([]);
    expect(await b.ask("02")).toEqual(["12"]);
  });

  it("answers ahead of the lines that were sent before, and leaves no trace on the paper", async () => {
    const b = bench();
    expect(await b.ask(`"one" 0a "t" 10 04 01 "wo" 0a ${id("AAAA")}`)).toEqual(["12"]);
    await b.run();
    expect(b.lines()).toEqual(["one", "two"]);
    expect(b.answers).toEqual(["12", idAnswer("AAAA")]);
  });

  it("takes image data for a command, as Epson warns, and still prints the image", async () => {
    const b = bench();
    expect(await b.ask("1d 76 30 00 01 00 03 00 10 04 01")).toEqual(["12"]);
    await b.run();
    const line = b.printer.paper.slips()[0]?.lines[0];
    expect(line?.bitmap?.dots()).toHaveLength(24);
    expect([...(line?.bitmap?.dots() ?? [])].filter((dot) => dot === 1)).toHaveLength(3);
  });

  it("keeps still about DLE EOT 5, which roll printers do not have", async () => {
    const b = bench();
    expect(await b.ask("10 04 05 10 04 04")).toEqual(["12"]);
  });
});

describe("queued answers", () => {
  it("sends the process id only when every line before it is on the paper", async () => {
    const b = bench();
    await b.send(`"one" 0a "two" 0a "three" 0a ${id("P00A")}`);
    await b.run(3 * LINE_MS - 1);
    expect(b.lines()).toEqual(["one", "two"]);
    expect(b.answers).toEqual([]);
    await b.run(2);
    expect(b.lines()).toEqual(["one", "two", "three"]);
    expect(b.answers).toEqual([idAnswer("P00A")]);
  });

  it("sends a second id only after the cut", async () => {
    const b = bench({ cutMs: 300 });
    await b.send(`"one" 0a ${id("AAAA")} ${FEED_CUT} ${id("BBBB")}`);
    await b.run(LINE_MS + 60 + 299);
    expect(b.answers).toEqual([idAnswer("AAAA")]);
    await b.run(2);
    expect(b.answers).toEqual([idAnswer("AAAA"), idAnswer("BBBB")]);
    expect(b.printer.paper.slips()[0]?.cut).toBe(true);
  });

  it("ignores an id with bytes outside 20-7E", async () => {
    const b = bench();
    expect(await b.ask("1d 28 48 06 00 30 30 41 41 41 1f")).toEqual([]);
  });

  it("answers GS r, ESC v and GS I byte for byte", async () => {
    const b = bench();
    expect(await b.ask("1d 72 01 1d 72 31 1d 72 02 1b 76")).toEqual(["00", "00", "00", "00"]);
    expect(await b.ask("1d 49 01 1d 49 02 1d 49 03")).toEqual(["20", "03", "01"]);
    expect(await b.ask("1d 49 43")).toEqual(["5f 56 50 2d 38 30 00"]);
    expect(await b.ask("1d 49 63")).toEqual([]);
  });

  it("keeps GS r in order behind the lines", async () => {
    const b = bench();
    await b.send('"one" 0a 1d 72 01');
    await b.run(LINE_MS - 1);
    expect(b.answers).toEqual([]);
    await b.run(2);
    expect(b.answers).toEqual(["00"]);
  });

  it("does not answer GS r while out of paper, and does when paper is in", async () => {
    const b = bench({ paperMm: 0 });
    expect(await b.ask("1d 72 01")).toEqual([]);
    b.printer.loadPaper();
    await b.run(1);
    expect(b.answers).toEqual(["00"]);
  });

  it("sends offline responses with and without the cause", async () => {
    const b = bench();
    await b.send("1d 28 48 03 00 31 30 02");
    b.printer.openCover();
    await settleAnswers(b);
    expect(b.answers).toEqual(["37 23 41 00"]);
    b.printer.closeCover();
    await b.send("1d 28 48 03 00 31 30 01");
    b.printer.openCover();
    await settleAnswers(b);
    expect(b.answers.slice(1)).toEqual(["37 23 00"]);
  });
});

describe("automatic status", () => {
  it("goes out when enabled and at each change", async () => {
    const b = bench();
    expect(await b.ask("1d 61 0e")).toEqual(["10 00 00 00"]);
    b.printer.openCover();
    b.printer.closeCover();
    b.printer.setFault({ kind: "paperOut", afterMm: 0 });
    b.printer.loadPaper();
    await settleAnswers(b);
    expect(b.answers.slice(1)).toEqual([
      "38 00 00 00",
      "10 00 00 00",
      "18 00 0f 00",
      "10 00 00 00",
    ]);
  });

  it("reports a cutter error and its end", async () => {
    const b = bench();
    b.printer.setFault({ kind: "cutterJam" });
    await b.send(`1d 61 0e "a" 0a ${FEED_CUT}`);
    await b.run();
    b.printer.clearCutter();
    await b.run();
    expect(b.answers).toEqual(["10 00 00 00", "18 08 00 00", "10 00 00 00"]);
  });

  it("watches only what the mask names, and ends with ESC @", async () => {
    const b = bench();
    await b.send("1d 61 04");
    b.printer.openCover();
    b.printer.closeCover();
    await settleAnswers(b);
    expect(b.answers).toEqual(["10 00 00 00"]);
    await b.send("1d 61 0e 1b 40");
    b.printer.openCover();
    await settleAnswers(b);
    expect(b.answers).toEqual(["10 00 00 00", "10 00 00 00"]);
  });
});

async function settleAnswers(b: ReturnType<typeof bench>): Promise<void> {
  await b.run(0);
}
