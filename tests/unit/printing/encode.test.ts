import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutReceipt } from "../../../main/domain/receipt/layout.ts";
import { cellsOf, type ReceiptLine } from "../../../main/domain/receipt/line.ts";
import { encodeReceipt } from "../../../main/printing/escpos/encode.ts";
import { printable } from "../../../main/printing/escpos/printable.ts";
import { anyName, anySale } from "../support/sale-arbitraries.ts";
import { line, saleOf } from "../support/sale-samples.ts";

const text = (content: string): ReceiptLine => ({
  kind: "text",
  role: "item",
  segments: [{ text: content, cell: 0, cells: 500, align: "left" }],
  bold: false,
  size: "normal",
});

/** Bytes of lines without the four settings that open every document and the line feed that ends each line. */
function bodyOf(...lines: ReceiptLine[]): Buffer {
  const { bytes } = encodeReceipt(lines);
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

describe("text", () => {
  it("reads back as what was meant, whatever was typed", () => {
    fc.assert(
      fc.property(fc.oneof(anyName, fc.string({ unit: "binary", maxLength: 60 })), (content) => {
        const bytes = bodyOf(text(content));
        expect(decode(bytes)).toBe(`${printable(content).trimEnd()}\n`);
      }),
      { numRuns: 400 },
    );
  });

  it("is made of one-byte ASCII and two-byte GBK only, each as wide as its cells", () => {
    fc.assert(
      fc.property(fc.oneof(anyName, fc.string({ unit: "binary", maxLength: 60 })), (content) => {
        const shown = printable(content);
        const bytes = bodyOf(text(content)).subarray(0, -1);
        for (const [lead = 0, trail] of characters(bytes)) {
          if (trail === undefined) {
            expect(lead).toBeGreaterThanOrEqual(0x20);
            expect(lead).toBeLessThanOrEqual(0x7e);
            continue;
          }
          expect(lead).toBeGreaterThanOrEqual(0x81);
          // A digit as second byte would begin a four-byte code.
          expect(trail).toBeGreaterThanOrEqual(0x40);
        }
        expect(cellsOf(shown.trimEnd())).toBe(bytes.length);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ["¥9.80", "￥9.80"],
    ["€5", "□5"],
    ["🍎", "□"],
    ["㐀𠀀", "□□"],
    ["a\u00a0b", "a b"],
    ["a\u001b@b", "a□@b"],
    ["a\nb\u0000", "a□b□"],
    ["\ud800", "□"],
    ["苹果é？?", "苹果é？?"],
    ["•", "·"],
  ])("%j prints as %j", (content, expected) => {
    expect(printable(content)).toBe(expected);
  });

  it("can't be used to send commands to the printer", () => {
    const evil = "\u001b@\u001dV\u0000\u0010\u0014\u0008";
    const bytes = bodyOf(text(evil));
    expect([...bytes.subarray(0, -1)].every((byte) => byte >= 0x20)).toBe(true);
  });
});

describe("documents", () => {
  it("begin by setting the printer up, whatever it was left at", () => {
    const { bytes } = encodeReceipt([text("x")]);
    expect(Buffer.from(bytes.subarray(0, 9)).toString("hex")).toBe("1b401c261b321d610e");
  });

  it("carry the slip barcode as CODE128 with a counted length", () => {
    const bytes = bodyOf({ kind: "barcode", role: "code", data: "SLIP000042" });
    const command = Buffer.from(
      [0x1d, 0x6b, 73, 12, ..."{BSLIP000042"].map((each) =>
        typeof each === "string" ? each.charCodeAt(0) : each,
      ),
    );
    expect(bytes.includes(command)).toBe(true);
    expect(bytes.indexOf(Buffer.from([0x1b, 0x61, 0x00]))).toBeGreaterThan(bytes.indexOf(command));
  });

  it("set size and weight back after every line", () => {
    const lines = layoutReceipt(saleOf({ lines: [line()], discountMinor: 0 }), 32, {
      kind: "original",
    });
    const hex = Buffer.from(encodeReceipt(lines).bytes).toString("hex");
    const countOf = (part: string) => hex.split(part).length - 1;
    expect(countOf("1d2111")).toBeGreaterThan(0);
    expect(countOf("1d2111")).toBe(countOf("1d2100"));
    expect(countOf("1b4501")).toBe(
      lines.filter((each) => each.kind === "text" && each.bold).length,
    );
  });

  it("grow with what is sold, so that proof can be expected no sooner than paper moves", () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        const { paperMm, bytes } = encodeReceipt(layoutReceipt(sale, 32, { kind: "original" }));
        expect(paperMm).toBeGreaterThan(60);
        expect(bytes.length).toBeGreaterThan(150);
      }),
      { numRuns: 30 },
    );
  });
});
