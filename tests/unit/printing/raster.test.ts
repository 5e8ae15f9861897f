import { spawnSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clustersOf, type ReceiptLine, type TextLine } from "../../../main/domain/receipt/line.ts";
import {
  encodeReceipt,
  profileOf,
  type PaperProfile,
} from "../../../main/printing/escpos/encode.ts";
import { printerCode } from "../../../main/printing/escpos/printable.ts";
import { packRows, rasterCommands } from "../../../main/printing/raster/bands.ts";
import { Typeface } from "../../../main/printing/raster/typeface.ts";
import type { PaperLine, Slip } from "../../../main/printing/virtual-printer/index.ts";
import { layoutReceipt } from "../../../main/domain/receipt/layout.ts";
import { appDir } from "../../../main/shells/app-paths.ts";
import { anySale } from "../support/sale-arbitraries.ts";
import { bench, toHex } from "../virtual-printer/bench-printer.ts";

const RASTER_58: PaperProfile = { ...profileOf(32), chinese: "raster" };

function row(
  left: string,
  right: string,
  style: Partial<Pick<TextLine, "bold" | "size">> = {},
): ReceiptLine {
  const columns = style.size === "double" ? 16 : 32;
  return {
    kind: "text",
    role: "item",
    segments: [
      { text: left, cell: 0, cells: columns - 8, align: "left" },
      { text: right, cell: columns - 8, cells: 8, align: "right" },
    ],
    bold: style.bold ?? false,
    size: style.size ?? "normal",
  };
}

async function print(lines: readonly ReceiptLine[], profile = profileOf(32)): Promise<Slip> {
  const b = bench({ widthMm: 58, bufferBytes: 10_000_000 });
  const { bytes, problem } = await encodeReceipt(lines, profile);
  expect(problem).toBeUndefined();
  await b.send(toHex(bytes));
  await b.run(600_000);
  expect(b.printer.unknownCommands).toEqual([]);
  const [slip] = b.printer.paper.slips();
  if (slip === undefined) throw new Error("nothing was printed");
  return slip;
}

const drawn = (slip: Slip): PaperLine[] => slip.lines.filter(({ kind }) => kind === "raster");
/** Burnt dots in the columns of one cell. */
function inkOf(line: PaperLine | undefined, cell: number, cellDots = 12): number {
  const bitmap = line?.bitmap;
  if (bitmap === undefined) throw new Error("nothing was drawn");
  const dots = bitmap.dots();
  let count = 0;
  for (let x = cell * cellDots; x < (cell + 1) * cellDots && x < bitmap.widthDots; x += 1)
    for (let y = 0; y < bitmap.heightDots; y += 1) count += dots[y * bitmap.widthDots + x] ?? 0;
  return count;
}
const mmOf = (slip: Slip) => slip.lines.reduce((sum, { heightMm }) => sum + heightMm, 0);

describe("a line the printer's font can't show", () => {
  it.each([
    "김치",
    "ที่นี่",
    "Phở",
    "Crème",
    "ß",
    "€5",
    "🍎",
    "👩‍👩‍👧",
    "🇨🇳",
    "1️⃣",
    "☎",
    "हिन्दी",
    "e\u0301",
  ])("is drawn, and only that line: %s", async (text) => {
    const slip = await print([row("before", "1.00"), row(text, "2.00"), row("中文", "3.00")]);
    expect(slip.lines.map(({ kind }) => kind).filter((kind) => kind !== "feed")).toEqual([
      "text",
      "raster",
      "text",
    ]);
    const [line] = drawn(slip);
    expect(inkOf(line, 0)).toBeGreaterThan(4);
    expect(line?.bitmap?.widthDots).toBeLessThanOrEqual(384);
  });

  it("puts every character into the cell it would have had as text", async () => {
    const [line] = drawn(await print([row("Café 中 A", "12.50")]));
    const inked = Array.from({ length: 32 }, (_, cell) => inkOf(line, cell) > 0);
    const wanted = [..."Caf\u00e9 ##  A"].map((each) => each !== " ");
    // Café, a blank, 中 in two cells, a blank, A; the price in the last five.
    expect(inked.slice(0, 9)).toEqual(wanted.slice(0, 7).concat([false, true]));
    expect(inked.slice(9, 27)).toEqual(Array.from({ length: 18 }, () => false));
    expect(inked.slice(27)).toEqual([true, true, true, true, true]);
  });

  it("takes the paper a printed line takes", async () => {
    const mm = async (line: ReceiptLine) => mmOf(await print([line]));
    expect(await mm(row("Ça", "1.00"))).toBeCloseTo(34 / 8);
    expect(await mm(row("Ca", "1.00"))).toBeCloseTo(25.4 / 6);
    const double = { size: "double" } as const;
    expect(await mm(row("Ça", "1.00", double))).toBeCloseTo(await mm(row("Ca", "1.00", double)));
  });

  it("moves down for what stands above a cell, and keeps clear of the next line", async () => {
    const slip = await print([row("ẾẾ", "1.00"), row("x", "2.00")]);
    expect(mmOf(slip)).toBeGreaterThan(2 * (34 / 8));
    const [line] = drawn(slip);
    expect(line?.heightMm).toBeGreaterThan(24 / 8);
  });

  it("honours bold and double size", async () => {
    const total = (line: PaperLine | undefined) =>
      Array.from({ length: 32 }, (_, cell) => inkOf(line, cell)).reduce((a, b) => a + b, 0);
    const [plain] = drawn(await print([row("Ñandú", "")]));
    const [bold] = drawn(await print([row("Ñandú", "", { bold: true })]));
    const [double] = drawn(await print([row("Ñandú", "", { size: "double" })]));
    expect(total(bold)).toBeGreaterThan(total(plain) * 1.2);
    expect(total(double)).toBeGreaterThan(total(plain) * 3);
    expect(inkOf(double, 4, 24)).toBeGreaterThan(0);
    expect(inkOf(double, 5, 24)).toBe(0);
  });

  it("stacks Thai marks instead of printing them over each other", async () => {
    const height = async (text: string) => {
      const [line] = drawn(await print([row(text, "")]));
      return line?.bitmap?.heightDots ?? 0;
    };
    expect(await height("ที")).toBeGreaterThan(await height("ท"));
    expect(await height("ที่")).toBeGreaterThan(await height("ที"));
    expect(await height("น้ำ")).toBeGreaterThan(await height("นำ"));
  });

  it("keeps a price whole and in place beside what no font has", async () => {
    const slip = await print([row("𪚥ខ្ម", "12.50"), row("𪚥é", "13.50")]);
    expect(slip.text().split("\n")[0]).toBe(`${"？".repeat(2).padEnd(25)}12.50`);
    const [line] = drawn(slip);
    const inked = Array.from({ length: 32 }, (_, cell) => inkOf(line, cell) > 0);
    // The question mark stands in the two cells of what is missing.
    expect(inked.slice(2, 4)).toEqual([true, false]);
    expect(inked.slice(0, 2)).toContain(true);
    expect(inked.slice(26)).toEqual([false, true, true, true, true, true]);
  });

  it("prefers the printer's font where drawing would lose more", async () => {
    // 丒 is in GBK and in no font of ours.
    const slip = await print([row("丒丮丳é", "1.00")]);
    expect(slip.text()).toContain("丒丮丳e");
  });

  it("shows a joined emoji as one picture where the font has it", () => {
    const face = new Typeface();
    const family = face.shape("👩‍👩‍👧");
    expect(family?.parts.length).toBe(1);
    expect(family?.parts[0]?.outline.commands).not.toEqual(
      face.shape("👩")?.parts[0]?.outline.commands,
    );
  });
});

describe("a printer without a Chinese font", () => {
  it("gets every line drawn that is not plain ASCII, and never a byte of Chinese", async () => {
    const lines = [row("Cola", "1.00"), row("苹果", "￥2.00"), row("苹", "x", { size: "double" })];
    const slip = await print(lines, RASTER_58);
    expect(drawn(slip).length).toBe(2);
    expect(slip.text().split("\n")[0]).toBe(`Cola${" ".repeat(24)}1.00`);
    const text = withoutRaster((await encodeReceipt(lines, RASTER_58)).bytes);
    expect(text.every((byte) => byte < 0x80)).toBe(true);
  });

  it("gets the same paper as any other, amount for amount in the same cells", async () => {
    await fc.assert(
      fc.asyncProperty(anySale, async (sale) => {
        const lines = layoutReceipt(sale, 32, { kind: "original" });
        const { bytes, problem } = await encodeReceipt(lines, RASTER_58);
        expect(problem).toBeUndefined();
        expect(withoutRaster(bytes).every((byte) => byte < 0x80)).toBe(true);
        const slip = await print(lines, RASTER_58);
        const texts = lines.filter((line) => line.kind === "text");
        const plain = (line: TextLine) =>
          line.segments.every(({ text }) =>
            clustersOf(text).every(({ text: each, cells }) => {
              const code = printerCode(each);
              return cells === 0 || (code > 0 && code < 0x80);
            }),
          );
        const blank = (line: TextLine) => line.segments.every(({ text }) => text.trim() === "");
        expect(drawn(slip).length).toBe(
          texts.filter((line) => !plain(line) && !blank(line)).length,
        );
      }),
      { numRuns: 25 },
    );
  });
});

/** The bytes between GS v 0 commands. */
function withoutRaster(bytes: Uint8Array): number[] {
  const rest: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const [a, b, c, , xl = 0, xh = 0, yl = 0, yh = 0] = bytes.subarray(at, at + 8);
    if (a === 0x1d && b === 0x76 && c === 0x30) {
      expect(yl + yh * 256).toBeLessThanOrEqual(255);
      expect(yl + yh * 256).toBeGreaterThan(0);
      at += 8 + (xl + xh * 256) * (yl + yh * 256);
    } else {
      // Settings of the document hold no such byte either, but for GS a and the pulse of nothing.
      rest.push(bytes[at] ?? 0);
      at += 1;
    }
  }
  return rest;
}

const holdsRealTimeCommand = (data: Uint8Array) =>
  data.some((byte, at) => byte === 0x10 && [0x04, 0x05, 0x14].includes(data[at + 1] ?? 0));

describe("pictures as commands", () => {
  const picture = fc
    .record({
      width: fc.integer({ min: 1, max: 100 }),
      height: fc.integer({ min: 1, max: 600 }),
      seed: fc.array(fc.constantFrom(0x10, 0x04, 0x05, 0x14, 0x00, 0xff), {
        minLength: 1,
        maxLength: 40,
      }),
    })
    .map(({ width, height, seed }) => {
      const dots = Uint8Array.from({ length: width * height }, (_, at) => {
        const byte = seed[(at >> 3) % seed.length] ?? 0;
        return (byte >> (7 - (at & 7))) & 1;
      });
      return { width, height, dots };
    });

  it("come in bands of 255 rows at most and carry every dot, but never a real-time command", () => {
    fc.assert(
      fc.property(picture, ({ width, height, dots }) => {
        let top = 0;
        let lost = 0;
        for (const command of rasterCommands(packRows({ width, height, dots }, 0, height))) {
          const [, , , , x = 0, , y = 0] = command;
          const data = command.subarray(8);
          expect(y).toBeLessThanOrEqual(255);
          expect(data.length).toBe(x * y);
          expect(holdsRealTimeCommand(data)).toBe(false);
          for (let line = 0; line < y; line += 1)
            for (let column = 0; column < width; column += 1) {
              // Empty bytes at the right are not sent; a hidden command adds dots.
              const byte = column >> 3 < x ? (data[line * x + (column >> 3)] ?? 0) : 0;
              const wanted = dots[(top + line) * width + column] ?? 0;
              if (((byte >> (7 - (column & 7))) & 1) < wanted) lost += 1;
            }
          top += y;
        }
        expect(top).toBe(height);
        expect(lost).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it("don't open the drawer or ask for status, whatever is in them", async () => {
    // 10 04 01 asks for status, 10 14 01 00 01 opens the drawer.
    const bits = Buffer.from("10040110140100011004041005021004011014010001", "hex");
    const b = bench({ widthMm: 58 });
    const { bytes } = await encodeReceipt([
      {
        kind: "image",
        role: "shop",
        widthDots: 88,
        heightDots: 2,
        bits: bits.toString("base64"),
      },
    ]);
    await b.send(toHex(bytes));
    await b.run();
    expect(b.printer.state().drawerOpens).toBe(0);
    // The one answer is the automatic status that every document switches on.
    expect(b.answers.every((answer) => answer.split(" ").length === 4)).toBe(true);
  });
});

describe("fonts", () => {
  /** Runs code in a Node of its own and returns what it prints. */
  function fresh(code: string): string {
    const root = appDir();
    const imports = `
      import { createRequire } from "node:module";
      import { encodeReceipt, profileOf } from ${JSON.stringify(join(root, "main/printing/escpos/encode.ts"))};
      import { warmUp } from ${JSON.stringify(join(root, "main/printing/escpos/warm-up.ts"))};
      const loaded = () => Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes("opentype"));
      const text = (text) => ({ kind: "text", role: "item", bold: false, size: "normal",
        segments: [{ text, cell: 0, cells: 32, align: "left" }] });`;
    const run = spawnSync(process.execPath, ["--input-type=module", "-e", imports + code], {
      cwd: root,
      encoding: "utf8",
    });
    expect(run.stderr).toBe("");
    return run.stdout.trim();
  }

  it("are not touched by receipts of text", () => {
    expect(
      fresh(`
        await encodeReceipt([text("街角便利店 ￥12.00"), text("a\\u001b□"), { kind: "qr", role: "code", data: "x" }]);
        await warmUp(profileOf(48), ["农夫山泉 550ml", "Cola"]);
        console.log(loaded());`),
    ).toBe("false");
  });

  it("are read, and the names drawn, before the first receipt needs them", () => {
    expect(
      fresh(`
        await warmUp(profileOf(48), ["김치 라면", "Crème"]);
        console.log(loaded());`),
    ).toBe("true");
  });
});
