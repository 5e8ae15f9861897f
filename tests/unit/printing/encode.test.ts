import escpos from "escpos";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { layoutReceipt } from "../../../main/domain/receipt/layout.ts";
import { cellsOf, type ReceiptLine } from "../../../main/domain/receipt/line.ts";
import { BUZZER, BUZZER_EPSON, drawerPulse } from "../../../main/printing/escpos/commands.ts";
import { encodeReceipt, profileOf } from "../../../main/printing/escpos/encode.ts";
import { gbkCode } from "../../../main/printing/escpos/gbk.ts";
import { plainest, printerCode } from "../../../main/printing/escpos/printable.ts";
import { anyName, anySale } from "../support/sale-arbitraries.ts";
import { line, saleOf } from "../support/sale-samples.ts";

const text = (content: string): ReceiptLine => ({
  kind: "text",
  role: "item",
  segments: [{ text: content, cell: 0, cells: 500, align: "left" }],
  bold: false,
  size: "normal",
});

/** Bytes of lines without the four settings that open every document. */
async function bodyOf(...lines: ReceiptLine[]): Promise<Buffer> {
  const { bytes } = await encodeReceipt(lines);
  return Buffer.from(bytes.subarray(9));
}

/** Splits text bytes the way a GBK printer does: one byte below 0x80, else two. */
function characters(bytes: Uint8Array): number[][] {
  const found: number[][] = [];
  for (let at = 0; at < bytes.length; at += found.at(-1)?.length ?? 1)
    found.push([...bytes.subarray(at, at + ((bytes[at] ?? 0) >= 0x80 ? 2 : 1))]);
  return found;
}

const decode = (bytes: Uint8Array) => new TextDecoder("gb18030").decode(bytes);
/** Every UTF-16 unit that is a character by itself. */
const UNITS = Array.from({ length: 0x1_0000 }, (_, unit) => unit).filter(
  (unit) => unit < 0xd800 || unit > 0xdfff,
);
/** Texts that a GBK printer can show. */
const gbkText = fc
  .oneof(
    anyName,
    fc.string({ unit: "binary", maxLength: 60 }),
    fc
      .array(fc.constantFrom(...UNITS.filter((unit) => gbkCode(unit) > 0)), { maxLength: 40 })
      .map((units) => String.fromCharCode(...units)),
  )
  .map((content) => [...content].filter((each) => printerCode(each) > 0).join(""));

describe("the character table", () => {
  it("is cp936 but for what printers disagree about and letters that are drawn", () => {
    const different = UNITS.filter((unit) => unit >= 0x80).filter((unit) => {
      const [lead = 0, trail] = iconv.encode(String.fromCharCode(unit), "gbk");
      return gbkCode(unit) !== (trail === undefined ? 0 : (lead << 8) | trail);
    });
    const privateUse = (unit: number) => unit >= 0xe000 && unit <= 0xf8ff;
    expect(String.fromCharCode(...different.filter((unit) => !privateUse(unit)))).toBe(
      "àáèéêìíòóùúüāēěīńňōūǎǐǒǔǖǘǚǜǹɑɡḿ",
    );
    expect(different.filter((unit) => gbkCode(unit) > 0)).toEqual([]);
  });

  it("gives every character as many bytes as the layout gives it cells", () => {
    const wrong = UNITS.map((unit) => String.fromCharCode(unit)).filter((character) => {
      const code = printerCode(character);
      return code > 0 && cellsOf(character) !== (code < 0x80 ? 1 : 2);
    });
    expect(wrong).toEqual([]);
  });

  it("has no four-byte code, no lead without its trail", () => {
    for (const unit of UNITS) {
      const code = gbkCode(unit);
      if (code === 0) continue;
      expect(code >> 8).toBeGreaterThanOrEqual(0x81);
      // A digit as second byte would begin a four-byte code.
      expect(code & 0xff).toBeGreaterThanOrEqual(0x40);
    }
  });
});

describe("text", () => {
  it("is what escpos makes of it, byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(gbkText, async (content) => {
        const shown = content.replaceAll("¥", "￥").replaceAll("•", "·").trim();
        fc.pre([...shown].every((each) => gbkCode(each.charCodeAt(0)) > 0 || each <= "~"));
        const printer = new escpos.Printer({ write: () => {} }, { encoding: "gbk" });
        printer.text(shown);
        expect((await bodyOf(text(shown))).toString("hex")).toBe(
          printer.buffer.flush().toString("hex"),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("is made of one-byte ASCII and two-byte GBK only, each as wide as its cells", async () => {
    await fc.assert(
      fc.asyncProperty(gbkText, async (content) => {
        const bytes = (await bodyOf(text(content))).subarray(0, -1);
        for (const [lead = 0, trail] of characters(bytes)) {
          if (trail === undefined) {
            expect(lead).toBeGreaterThanOrEqual(0x20);
            expect(lead).toBeLessThanOrEqual(0x7e);
            continue;
          }
          expect(lead).toBeGreaterThanOrEqual(0x81);
          expect(trail).toBeGreaterThanOrEqual(0x40);
        }
        expect(cellsOf(content.replace(/ +$/, ""))).toBeGreaterThanOrEqual(bytes.length);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["¥9.80", "￥9.80"],
    ["a\u00a0b\u2009c", "a b c"],
    ["a\u001b@b", "a？@b"],
    ["a\nb\u0000", "a？b？"],
    ["\ud800", "？"],
    ["\ue000", "？"],
    ["苹果？?", "苹果？?"],
    ["•−‑", "·--"],
    ["苹\u200b果\ufeff\u2060", "苹果"],
    // No font has these, so there is nothing to draw them with.
    ["𪚥 12", "？ 12"],
    ["ខ្មែរ 5", "？？ 5"],
  ])("%j prints as %j", async (content, expected) => {
    expect(decode(await bodyOf(text(content)))).toBe(`${expected}\n`);
  });

  it("can't be used to send commands to the printer", async () => {
    const evil = "\u001b@\u001dV\u0000\u0010\u0014\u0008";
    const bytes = await bodyOf(text(evil));
    expect([...bytes.subarray(0, -1)].every((byte) => byte >= 0x20)).toBe(true);
  });

  it("stands in its cells, however it is aligned", async () => {
    const segments = [
      { text: "名", cell: 0, cells: 6, align: "left" as const },
      { text: "x2", cell: 6, cells: 5, align: "right" as const },
      { text: "mid", cell: 11, cells: 7, align: "center" as const },
      { text: "￥1", cell: 18, cells: 6, align: "right" as const },
    ];
    const bytes = await bodyOf({
      kind: "text",
      role: "item",
      segments,
      bold: false,
      size: "normal",
    });
    expect(decode(bytes)).toBe("名       x2  mid     ￥1\n");
  });

  it("falls back to its plainest form where nothing can be drawn", () => {
    expect(plainest("é", 1, false)).toBe("e");
    expect(plainest("ก", 1, false)).toBe("?");
    expect(plainest("김", 2, false)).toBe("？");
    expect(plainest("中", 2, false)).toBe("中");
    expect(plainest("中", 2, true)).toBe("?");
  });
});

describe("documents", () => {
  it("begin by setting the printer up, whatever it was left at", async () => {
    const { bytes } = await encodeReceipt([text("x")]);
    expect(Buffer.from(bytes.subarray(0, 9)).toString("hex")).toBe("1b401c261b321d610e");
  });

  it("don't switch to Chinese on a printer that has none: it would print the command", async () => {
    const { bytes } = await encodeReceipt([text("x")], { ...profileOf(32), chinese: "raster" });
    expect(Buffer.from(bytes).toString("hex")).toBe("1b401b321d610e780a");
  });

  it("carry the slip barcode as CODE128 with a counted length", async () => {
    const bytes = await bodyOf({ kind: "barcode", role: "code", data: "SLIP000042" });
    const command = Buffer.from([0x1d, 0x6b, 73, 12, ...Buffer.from("{BSLIP000042")]);
    expect(bytes.includes(command)).toBe(true);
    expect(bytes.indexOf(Buffer.from([0x1b, 0x61, 0x00]))).toBeGreaterThan(bytes.indexOf(command));
  });

  it("set size and weight back after every line", async () => {
    const lines = layoutReceipt(saleOf({ lines: [line()], discountMinor: 0 }), 32, {
      kind: "original",
    });
    const hex = Buffer.from((await encodeReceipt(lines)).bytes).toString("hex");
    const countOf = (part: string) => hex.split(part).length - 1;
    expect(countOf("1d2111")).toBeGreaterThan(0);
    expect(countOf("1d2111")).toBe(countOf("1d2100"));
    expect(countOf("1b4501")).toBe(
      lines.filter((each) => each.kind === "text" && each.bold).length,
    );
  });

  it("grow with what is sold, so that proof can be expected no sooner than paper moves", async () => {
    await fc.assert(
      fc.asyncProperty(anySale, async (sale) => {
        const { paperMm, bytes, problem } = await encodeReceipt(
          layoutReceipt(sale, 32, { kind: "original" }),
        );
        expect(problem).toBeUndefined();
        expect(paperMm).toBeGreaterThan(60);
        expect(bytes.length).toBeGreaterThan(150);
      }),
      { numRuns: 30 },
    );
  });

  it("don't share bytes: the next one leaves the last as it was", async () => {
    const first = (await encodeReceipt([text("一")])).bytes;
    const copy = Uint8Array.from(first);
    await encodeReceipt([text("二")]);
    expect(first).toEqual(copy);
  });
});

describe("commands beside receipts", () => {
  it("open the drawer on either pin, and beep", () => {
    expect([...drawerPulse("pin2")]).toEqual([0x1b, 0x70, 0, 25, 250]);
    expect([...drawerPulse("pin5")]).toEqual([0x1b, 0x70, 1, 25, 250]);
    expect([...BUZZER]).toEqual([0x1b, 0x42, 2, 2]);
    // pL pH count what follows them.
    expect(BUZZER_EPSON[3]).toBe(BUZZER_EPSON.length - 5);
    expect([...BUZZER_EPSON.subarray(0, 7)]).toEqual([0x1b, 0x28, 0x41, 5, 0, 97, 100]);
  });
});
