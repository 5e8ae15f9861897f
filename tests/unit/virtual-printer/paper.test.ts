import { describe, expect, it } from "vitest";
import { bench, FEED_CUT, LINE_MM, toHex } from "./bench-printer.ts";

async function printed(text: string, o: Parameters<typeof bench>[0] = {}) {
  const b = bench(o);
  await b.send(text);
  await b.run();
  return b;
}
const firstLines = (b: Awaited<ReturnType<typeof printed>>) =>
  b.printer.paper.slips()[0]?.lines ?? [];

describe("text", () => {
  it("reads GBK pairs, 24 dots wide each", async () => {
    // 中文 = D6D0 CEC4, ￥ = A3A4
    const b = await printed('d6 d0 ce c4 a3 a4 "9.80" 0a');
    expect(b.lines()).toEqual(["中文￥9.80"]);
    expect(firstLines(b)[0]?.runs[0]).toMatchObject({ widthDots: 3 * 24 + 4 * 12, heightDots: 24 });
  });

  it("reads trail bytes from 40 to FE, and 7F is none", async () => {
    expect((await printed("81 40 81 fe 0a")).lines()).toEqual(["丂侢"]);
    expect((await printed("81 7f 0a")).lines()[0]).not.toContain("丂");
  });

  it("reads a pair that is split over two writes", async () => {
    const b = bench();
    await b.send("d6");
    await b.send("d0 0a");
    await b.run();
    expect(b.lines()).toEqual(["中"]);
  });

  it("prints four-byte codes as junk digits unless it knows GB 18030", async () => {
    // U+00A5 is 81 30 84 36: a GBK printer shows a wrong price.
    expect((await printed('81 30 84 36 "9.80" 0a')).lines()).toEqual(["069.80"]);
    expect((await printed('81 30 84 36 "9.80" 0a', { gb18030: true })).lines()).toEqual(["¥9.80"]);
  });

  it("does not lose a line feed behind a stray lead byte", async () => {
    expect((await printed('"a" ba 0a "b" 0a')).lines()).toEqual(["a", "b"]);
  });

  it("swallows the next byte when a stray lead byte stands in front of a pair", async () => {
    expect((await printed("ba ba cf bc c6 0a")).lines()).toEqual(["汉霞"]);
  });

  it("reads code pages with Chinese mode off", async () => {
    expect((await printed("1c 2e 82 1b 74 10 e9 1b 74 13 d5 1c 26 d6 d0 0a")).lines()).toEqual([
      "éé€中",
    ]);
  });

  it("turns $ into ¥ under ESC R 15", async () => {
    expect((await printed('1b 52 0f "$5" 1b 52 00 "$5" 0a')).lines()).toEqual(["¥5$5"]);
  });

  it("wraps at 48 columns on 80 mm and 32 on 58 mm, never inside a pair", async () => {
    const b = await printed(`"${"x".repeat(47)}" d6 d0 0a`);
    expect(b.lines()).toEqual(["x".repeat(47), "中"]);
    const narrow = await printed(`"${"y".repeat(33)}" 0a`, { widthMm: 58 });
    expect(narrow.lines()).toEqual(["y".repeat(32), "y"]);
  });

  it("does not feed twice behind a line that fills the paper", async () => {
    const b = await printed(`"${"x".repeat(48)}" 0a "end" 0a`);
    expect(b.lines()).toEqual(["x".repeat(48), "end"]);
  });

  it("doubles size and makes the line as tall as its characters", async () => {
    const b = await printed('1d 21 11 d6 d0 "A" 0a 1d 21 00 "b" 0a');
    const [first, second] = firstLines(b);
    expect(first?.runs[0]).toMatchObject({ sizeX: 2, sizeY: 2, widthDots: 72, heightDots: 48 });
    expect(first?.heightMm).toBe(6);
    expect(second?.heightMm).toBeCloseTo(LINE_MM);
    expect(b.printer.paper.slips()[0]?.heightMm).toBeCloseTo(12 + 6 + LINE_MM);
  });

  it("keeps ESC ! off Chinese characters, which have FS !", async () => {
    const b = await printed('1b 21 30 "A" d6 d0 1c 21 0c d6 d0 0a');
    expect(firstLines(b)[0]?.runs.map((run) => [run.text, run.sizeX, run.sizeY])).toEqual([
      ["A", 2, 2],
      ["中", 1, 1],
      ["中", 2, 2],
    ]);
  });

  it("carries styles on runs", async () => {
    const b = await printed(
      '1b 45 01 "B" 1b 45 00 1b 2d 01 "U" 1b 2d 00 1d 42 01 "R" 1d 42 00 1b 4d 01 "f" 0a',
    );
    expect(
      firstLines(b)[0]?.runs.map((run) => [
        run.text,
        run.bold,
        run.underline,
        run.reverse,
        run.font,
      ]),
    ).toEqual([
      ["B", true, false, false, "A"],
      ["U", false, true, false, "A"],
      ["R", false, false, true, "A"],
      ["f", false, false, false, "B"],
    ]);
  });

  it("aligns at the start of a line only", async () => {
    const b = await printed('1b 61 01 "mid" 0a "a" 1b 61 02 "b" 0a 1b 61 02 "end" 0a');
    expect(b.lines()).toEqual([
      `${" ".repeat(23)}mid`,
      `${" ".repeat(23)}ab`,
      `${" ".repeat(45)}end`,
    ]);
  });

  it("goes to tab stops and positions", async () => {
    const b = await printed(
      '"a" 09 "b" 0a 1b 44 04 0a 00 "a" 09 "b" 09 "c" 0a "x" 1b 24 78 00 "y" 0a',
    );
    expect(b.lines()).toEqual(["a       b", "a   b     c", "x         y"]);
  });

  it("feeds lines and dots", async () => {
    const b = await printed('"a" 1b 64 03 "b" 0a 1b 33 50 "c" 0a 1b 4a 08 "d" 0a');
    expect(b.lines()).toEqual(["a", "", "", "b", "c", "", "d"]);
    expect(firstLines(b).map((line) => Math.round(line.heightMm * 100) / 100)).toEqual([
      4.23, 4.23, 4.23, 4.23, 10, 1, 10,
    ]);
  });

  it("drops what was not printed yet on ESC @", async () => {
    expect((await printed('"gone" 1b 40 "kept" 0a')).lines()).toEqual(["kept"]);
  });

  it("ignores everything between ESC = 0 and ESC = 1", async () => {
    expect((await printed('1b 3d 00 "no" 0a d6 d0 0a 1b 3d 01 "yes" 0a')).lines()).toEqual(["yes"]);
  });
});

describe("commands it does not print", () => {
  it("skips GS ( by its length and records unknown commands", async () => {
    const b = await printed('1d 28 41 02 00 00 02 1d 28 45 03 00 41 42 43 1b 7e "ok" 0a');
    expect(b.lines()).toEqual(["ok"]);
    expect(b.printer.unknownCommands.map((unknown) => toHex(unknown.bytes))).toEqual(["1b 7e"]);
  });

  it("counts drawer pulses, queued and real-time", async () => {
    const b = bench();
    b.printer.openCover();
    await b.send("1b 70 00 19 fa 10 14 01 00 01");
    expect(b.printer.state().drawerOpens).toBe(1);
    b.printer.closeCover();
    expect(b.printer.state().drawerOpens).toBe(2);
  });
});

describe("codes and pictures", () => {
  it("prints EAN13 with its check digit and CODE128", async () => {
    const b = await printed(
      '1d 48 02 1d 6b 43 0c "690123456789" 1d 77 02 1d 6b 49 08 7b 42 "A-1042"',
    );
    const [ean, code] = firstLines(b);
    expect(ean).toMatchObject({ kind: "barcode", data: "6901234567892" });
    expect(ean?.bitmap?.widthDots).toBe(95 * 3);
    expect(ean?.runs[0]?.text).toBe("6901234567892");
    expect(code).toMatchObject({ kind: "barcode", data: "A-1042" });
    // start + 6 characters + check, 11 modules each, stop 13
    expect(code?.bitmap?.widthDots).toBe((8 * 11 + 13) * 2);
  });

  it("takes what follows for the barcode when the length is missing", async () => {
    // The documented trap: "O" (79) is read as the length and the next lines vanish.
    const b = await printed(
      `1d 6b 49 "ORDER12345" 0a "total 12.00" 0a "${"-".repeat(48)}" 0a "paid 12.00" 0a`,
    );
    expect(b.lines()).toEqual(["00"]);
    expect(b.printer.unknownCommands).toHaveLength(1);
  });

  it("prints a stored QR code, centred", async () => {
    const b = await printed(
      '1b 61 01 1d 28 6b 03 00 31 43 04 1d 28 6b 03 00 31 45 31 1d 28 6b 08 00 31 50 30 "hello" 1d 28 6b 03 00 31 51 30',
    );
    const [qr] = firstLines(b);
    expect(qr).toMatchObject({ kind: "qr", data: "hello", heightMm: 10.5 });
    expect(qr?.bitmap).toMatchObject({ widthDots: 84, xDots: (576 - 84) / 2 });
    expect(b.lines()).toEqual(["[qr hello]"]);
  });

  it("prints raster rows bit for bit", async () => {
    const b = await printed("1d 76 30 00 02 00 02 00 80 01 ff 00");
    const bitmap = firstLines(b)[0]?.bitmap;
    expect(bitmap).toMatchObject({ widthDots: 16, heightDots: 2 });
    expect([...(bitmap?.dots() ?? [])].join("")).toBe("10000000000000011111111100000000");
  });

  it("takes a picture larger than its buffer and prints only the part there was paper for", async () => {
    const b = bench({ bufferBytes: 512, paperMm: 20, nearEndMm: 0 });
    const picture = new Uint8Array(72 * 400).fill(0xff);
    await b.send("1d 76 30 00 48 00 90 01");
    await b.connection.write(picture);
    await b.run();
    expect(firstLines(b)[0]?.bitmap?.heightDots).toBe(160);
    b.printer.loadPaper();
    await b.run();
    expect(b.printer.paper.slips()[1]?.lines[0]?.bitmap?.heightDots).toBe(240);
  });
});

describe("cutting", () => {
  it("feeds to the cutter and cuts behind the last line", async () => {
    const b = await printed(`"one" 0a ${FEED_CUT} "two" 0a ${FEED_CUT}`);
    const slips = b.printer.paper.slips();
    expect(slips.map((slip) => [slip.text(), slip.cut])).toEqual([
      ["one", true],
      ["two", true],
    ]);
    expect(slips[1]?.heightMm).toBeCloseTo(12 + LINE_MM);
  });

  it("leaves the last lines below the blade when it is told to cut without feeding", async () => {
    const b = await printed('"1" 0a "2" 0a "3" 0a "4" 0a "5" 0a 1d 56 00');
    expect(b.printer.paper.slips().map((slip) => slip.text())).toEqual(["1\n2", "3\n4\n5"]);
  });

  it("takes the paper away", async () => {
    const b = await printed(`"one" 0a ${FEED_CUT} "two" 0a`);
    b.printer.paper.clear();
    expect(b.printer.paper.slips()).toEqual([]);
    await b.send('"three" 0a');
    await b.run();
    expect(b.lines()).toEqual(["three"]);
  });

  it("feeds a line on the button, not while it is stopped", async () => {
    const b = bench();
    b.printer.pressFeed();
    await b.run();
    expect(b.printer.paper.totalMm).toBeCloseTo(LINE_MM);
    b.printer.openCover();
    b.printer.pressFeed();
    b.printer.closeCover();
    await b.run();
    expect(b.printer.paper.totalMm).toBeCloseTo(LINE_MM);
  });
});
