import { describe, expect, it } from "vitest";
import { renderPaperPng, renderSlipPng } from "../../../main/printing/virtual-printer/index.ts";
import { bench, FEED_CUT, LINE_MM } from "./bench-printer.ts";
import { readGreyPng } from "./read-png.ts";

async function picture(text: string, widthMm: 58 | 80 = 80) {
  const b = bench({ widthMm });
  await b.send(text);
  await b.run();
  const slip = b.printer.paper.slips()[0];
  if (slip === undefined) throw new Error("nothing was printed");
  const png = readGreyPng(await renderSlipPng(slip, { widthMm }));
  const left = (png.width - (widthMm === 80 ? 576 : 384)) / 2;
  const burnt = (x: number, y: number) => (png.pixels[y * png.width + left + x] ?? 255) < 100;
  /** Burnt dots in a box given in printer dots. */
  const count = (x: number, y: number, width: number, height: number) => {
    let dots = 0;
    for (let row = y; row < y + height; row += 1) {
      for (let column = x; column < x + width; column += 1) if (burnt(column, row)) dots += 1;
    }
    return dots;
  };
  return { png, slip, burnt, count };
}
const TOP = 12 * 8;

describe("paper as a picture", () => {
  it("is as wide as the paper and as long as the slip, 8 dots per mm", async () => {
    const wide = await picture(`"one" 0a ${FEED_CUT}`);
    expect(wide.png).toMatchObject({ width: 640, height: Math.round((12 + LINE_MM) * 8) + 6 });
    const narrow = await picture(`"one" 0a ${FEED_CUT}`, 58);
    expect(narrow.png.width).toBe(464);
  });

  it("puts each character into its own cell", async () => {
    const { count } = await picture('"A" d6 d0 " B" 0a');
    expect(count(0, TOP, 12, 24)).toBeGreaterThan(20); // A
    expect(count(12, TOP, 24, 24)).toBeGreaterThan(60); // 中
    expect(count(36, TOP, 12, 24)).toBe(0); // space
    expect(count(48, TOP, 12, 24)).toBeGreaterThan(20); // B
    expect(count(60, TOP, 516, 24)).toBe(0);
  });

  it("draws 中 symmetric enough to be 中: a full-height stroke in the middle", async () => {
    const { burnt } = await picture("d6 d0 0a");
    const middle = Array.from({ length: 24 }, (_, y) => burnt(11, TOP + y) || burnt(12, TOP + y));
    expect(middle.filter(Boolean).length).toBeGreaterThanOrEqual(20);
  });

  it("enlarges dot by dot", async () => {
    const once = await picture("d6 d0 0a");
    const twice = await picture("1d 21 11 d6 d0 0a");
    for (let y = 0; y < 48; y += 1) {
      for (let x = 0; x < 48; x += 1) {
        expect(twice.burnt(x, TOP + y)).toBe(once.burnt(x >> 1, TOP + (y >> 1)));
      }
    }
  });

  it("makes bold darker, underlines, and reverses", async () => {
    const plain = await picture('"HHHH" 0a');
    const bold = await picture('1b 45 01 "HHHH" 0a');
    expect(bold.count(0, TOP, 48, 24)).toBeGreaterThan(plain.count(0, TOP, 48, 24) * 1.2);
    const under = await picture('1b 2d 01 "    " 0a');
    expect(under.count(0, TOP + 22, 48, 2)).toBe(96);
    const reverse = await picture('1d 42 01 "HHHH" 0a');
    expect(reverse.count(0, TOP, 48, 24)).toBe(48 * 24 - plain.count(0, TOP, 48, 24));
  });

  it("copies raster dots exactly", async () => {
    const { count, burnt } = await picture("1d 76 30 00 02 00 02 00 80 01 ff 00");
    expect(count(0, TOP, 576, 4)).toBe(10);
    expect([burnt(0, TOP), burnt(15, TOP), burnt(7, TOP + 1), burnt(8, TOP + 1)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it("draws EAN-13 guard bars where they belong", async () => {
    const { burnt } = await picture('1d 77 02 1d 6b 43 0c "690123456789"');
    const module = (index: number) => burnt(index * 2, TOP + 10);
    expect([0, 1, 2].map(module)).toEqual([true, false, true]);
    expect([45, 46, 47, 48, 49].map(module)).toEqual([false, true, false, true, false]);
    expect([92, 93, 94].map(module)).toEqual([true, false, true]);
  });

  it("lays all slips on one table", async () => {
    const b = bench();
    await b.send(`"one" 0a ${FEED_CUT} "two" 0a ${FEED_CUT}`);
    await b.run();
    const png = readGreyPng(await renderPaperPng(b.printer.paper.slips(), { widthMm: 80 }));
    expect(png.width).toBe(640 + 48);
    expect(png.height).toBe(2 * (Math.round((12 + LINE_MM) * 8) + 6) + 40 + 48);
    const empty = readGreyPng(await renderPaperPng([], { widthMm: 58 }));
    expect(new Set(empty.pixels).size).toBe(1);
  });
});
