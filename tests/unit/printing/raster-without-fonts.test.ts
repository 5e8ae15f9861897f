import { describe, expect, it, vi } from "vitest";
import type { ReceiptLine } from "../../../main/domain/receipt/line.ts";
import { encodeReceipt, profileOf } from "../../../main/printing/escpos/encode.ts";
import { warmUp } from "../../../main/printing/escpos/warm-up.ts";

const broken = vi.hoisted(() => ({ asked: 0, works: false }));
vi.mock("../../../main/printing/raster/font-files.ts", () => ({
  FontFamily: class {
    outline() {
      broken.asked += 1;
      if (!broken.works) throw new Error("the font package is needed to draw paper");
      return { commands: [], unitsPerEm: 1000, advance: 600 };
    }
    sequence() {
      return this.outline();
    }
  },
}));

const row = (left: string): ReceiptLine => ({
  kind: "text",
  role: "item",
  segments: [
    { text: left, cell: 0, cells: 20, align: "left" },
    { text: "12.50", cell: 20, cells: 12, align: "right" },
  ],
  bold: false,
  size: "normal",
});
const textOf = (bytes: Uint8Array) => new TextDecoder("gbk").decode(bytes);

describe("when the fonts can't be read", () => {
  it("paper comes all the same, amounts in place, and the reason with it", async () => {
    const lines = [row("김치 Café"), row("苹果"), row("🍎")];
    const { bytes, problem } = await encodeReceipt(lines, profileOf(32));
    expect(textOf(bytes.subarray(9)).split("\n")).toEqual([
      "？？ Cafe                  12.50",
      "苹果                       12.50",
      "？                         12.50",
      "",
    ]);
    expect(problem?.message).toContain("font package");
  });

  it("a printer without Chinese still gets its digits", async () => {
    const { bytes, problem } = await encodeReceipt([row("苹果 A")], {
      ...profileOf(32),
      chinese: "raster",
    });
    expect(textOf(bytes.subarray(7))).toBe(`? ?  A${" ".repeat(21)}12.50\n`);
    expect(problem).toBeDefined();
  });

  it("warming up says so", async () => {
    await expect(warmUp(profileOf(32), ["Café"])).rejects.toThrow("font package");
    await expect(warmUp(profileOf(32), ["苹果"])).resolves.toBeUndefined();
  });
});

describe("warming up", () => {
  it("leaves nothing to be read for the texts it was given", async () => {
    broken.works = true;
    await warmUp(profileOf(32), ["Café noir 김치"]);
    const asked = broken.asked;
    expect(asked).toBeGreaterThan(0);
    await encodeReceipt([row("Café 김치")], profileOf(32));
    expect(broken.asked).toBe(asked);
    await encodeReceipt([row("Ö")], profileOf(32));
    expect(broken.asked).toBeGreaterThan(asked);
  });
});
