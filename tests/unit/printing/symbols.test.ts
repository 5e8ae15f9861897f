import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReceiptLine } from "../../../main/domain/receipt/line.ts";
import { fitLogo, logoFromPixels } from "../../../main/domain/receipt/logo.ts";
import { encodeReceipt, profileOf } from "../../../main/printing/escpos/encode.ts";
import { code128, ean13, qrCode } from "../../../main/printing/escpos/symbols.ts";
import { qrModules } from "../../../main/printing/virtual-printer/qr-code.ts";
import { bench, toHex } from "../virtual-printer/bench-printer.ts";

async function print(line: ReceiptLine, columns: 32 | 48 = 48) {
  const b = bench({ widthMm: columns === 32 ? 58 : 80, bufferBytes: 1_000_000 });
  const { bytes, paperMm } = await encodeReceipt([line], profileOf(columns));
  await b.send(toHex(bytes));
  await b.run();
  expect(b.printer.unknownCommands).toEqual([]);
  const lines = b.printer.paper.slips().flatMap((slip) => slip.lines);
  const mm = lines.reduce((sum, { heightMm }) => sum + heightMm, 0);
  return { lines, mm, paperMm, text: b.lines() };
}

const hexOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");

describe("QR codes", () => {
  it("are GS ( k with model 2, size, level M, data and print", () => {
    expect(hexOf(qrCode("hello", 384)?.bytes)).toBe(
      [
        "1d286b0400314132001d286b03003143061d286b0300314531",
        "1d286b0800315030",
        Buffer.from("hello").toString("hex"),
        "1d286b0300315130",
      ].join(""),
    );
  });

  it("know how large they get: as the printer makes them", () => {
    for (let length = 1; length <= 2331; length += 1) {
      const symbol = qrCode("x".repeat(length), 10_000);
      const modules = qrModules(length, "M") ?? Number.NaN;
      expect((symbol?.heightDots ?? 0) % modules).toBe(0);
    }
    expect(qrCode("x".repeat(2332), 10_000)).toBeNull();
    expect(qrCode("", 384)).toBeNull();
  });

  it("come out with the text they were given, as large as the paper allows", async () => {
    for (const data of ["a", "https://example.com/f?no=1&t=9.90", "中文 é 🍎", "x".repeat(250)])
      for (const columns of [32, 48] as const) {
        const { lines, paperMm, mm } = await print({ kind: "qr", role: "code", data }, columns);
        const symbol = lines.find(({ kind }) => kind === "qr");
        expect(symbol?.data).toBe(data);
        const { xDots = 0, widthDots = 0 } = symbol?.bitmap ?? {};
        const dots = columns * 12;
        expect(Math.abs(xDots - (dots - widthDots) / 2)).toBeLessThanOrEqual(1);
        // Four modules of white at each side.
        expect(widthDots).toBeLessThan(dots - 24);
        expect(paperMm).toBeCloseTo(mm);
      }
  });

  it("become words where the paper is too narrow for them", async () => {
    const { lines, text } = await print({ kind: "qr", role: "code", data: "y".repeat(1300) }, 32);
    expect(lines.some(({ kind }) => kind === "qr")).toBe(false);
    expect(text.join("").replaceAll(/[^y]/g, "")).toBe("y".repeat(1300));
  });
});

describe("EAN-13", () => {
  it("is function B with twelve digits; the printer adds the thirteenth", async () => {
    expect(hexOf(ean13("690123456789")?.bytes)).toBe(
      `1d683c1d77021d48021d6b430c${Buffer.from("690123456789").toString("hex")}`,
    );
    expect(ean13("6901234567892")?.bytes).toEqual(ean13("690123456789")?.bytes);
    const { lines } = await print({ kind: "ean13", role: "code", data: "6901234567892" });
    expect(lines.find(({ kind }) => kind === "barcode")?.data).toBe("6901234567892");
  });

  it.each(["6901234567893", "12345", "69012345678ab", ""])("prints %j as words", async (data) => {
    expect(ean13(data)).toBeNull();
    const { text } = await print({ kind: "ean13", role: "code", data });
    expect(text.join("").trim()).toBe(data);
  });
});

describe("CODE128", () => {
  it("counts its bytes, and takes digits two at a time", () => {
    const content = (data: string) => hexOf(code128(data, 576, true, "BC")?.bytes.subarray(9));
    expect(content("AB12")).toBe("1d6b49067b4241423132");
    expect(content("123456")).toBe("1d6b49057b430c2238");
    expect(content("A1234567")).toBe("1d6b49097b4241317b43172d43");
    expect(content("a{b")).toBe("1d6b49067b42617b7b62");
  });

  it("is read as what was meant, or printed as words when the paper is too narrow", async () => {
    const ascii = fc.string({
      unit: fc.oneof(
        fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
        fc.constantFrom("0", "1", "6", "{", "04", "1604", "1620"),
      ),
      minLength: 1,
      maxLength: 24,
    });
    await fc.assert(
      fc.asyncProperty(ascii, fc.constantFrom(32 as const, 48 as const), async (data, columns) => {
        const { lines, text } = await print({ kind: "code128", role: "code", data }, columns);
        const symbol = lines.find(({ kind }) => kind === "barcode");
        if (symbol === undefined) {
          expect(code128(data, columns * 12, true, "BC")).toBeNull();
          const bare = (value: string) => value.replaceAll(/\s/g, "");
          expect(bare(text.join(""))).toBe(bare(data));
        } else {
          expect(symbol.data).toBe(data);
          expect(symbol.bitmap?.xDots).toBeGreaterThanOrEqual(20);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("never holds the bytes of a real-time command", () => {
    for (const data of ["1604", "161604050514", "991605", "1620"])
      for (const first of ["B", "BC"] as const) {
        const bytes = code128(data, 576, true, first)?.bytes ?? new Uint8Array();
        expect(bytes.length).toBeGreaterThan(0);
        for (let at = 0; at < bytes.length - 1; at += 1)
          expect(bytes[at] === 0x10 && [4, 5, 0x14].includes(bytes[at + 1] ?? 0)).toBe(false);
      }
  });

  it("gives the longest receipt number its barcode on the narrowest paper", async () => {
    const { lines } = await print({ kind: "barcode", role: "code", data: "SLIP999999999999" }, 32);
    expect(lines.find(({ kind }) => kind === "barcode")?.data).toBe("SLIP999999999999");
  });

  it.each(["é", "中文", "a\nb"])("prints %j as words", (data) => {
    expect(code128(data, 576, true, "BC")).toBeNull();
  });
});

describe("logos", () => {
  /** A black frame on white, see-through inside. */
  function frame(width: number, height: number): Uint8Array {
    const pixels = new Uint8Array(width * height * 4);
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) {
        const edge = x === 0 || y === 0 || x === width - 1 || y === height - 1;
        pixels[(y * width + x) * 4 + 3] = edge ? 255 : 0;
      }
    return pixels;
  }

  it("keep every dot of a black and white drawing, in the middle of the paper", async () => {
    const logo = logoFromPixels(frame(100, 30), 100, 30);
    expect(logo).toMatchObject({ widthDots: 100, heightDots: 30 });
    const { lines, paperMm, mm } = await print({ kind: "image", role: "shop", ...logo }, 32);
    const bitmap = lines.find(({ kind }) => kind === "raster")?.bitmap;
    const dots = bitmap?.dots() ?? new Uint8Array();
    const burnt = (x: number, y: number) => dots[y * (bitmap?.widthDots ?? 0) + x];
    const left = dots.indexOf(1);
    expect(Math.abs(left - (384 - 100) / 2)).toBeLessThanOrEqual(8);
    expect([burnt(left, 0), burnt(left + 99, 0), burnt(left, 29), burnt(left + 99, 29)]).toEqual([
      1, 1, 1, 1,
    ]);
    expect(burnt(left + 50, 15)).toBe(0);
    expect(dots.reduce((sum, dot) => sum + dot, 0)).toBe(2 * 100 + 2 * 28);
    expect(paperMm).toBeCloseTo(mm);
  });

  it("are scaled down to the limit, never up, and stay in proportion", () => {
    expect(logoFromPixels(frame(1200, 100), 1200, 100)).toMatchObject({
      widthDots: 576,
      heightDots: 48,
    });
    expect(logoFromPixels(frame(300, 960), 300, 960)).toMatchObject({
      widthDots: 75,
      heightDots: 240,
    });
    expect(logoFromPixels(frame(8, 8), 8, 8)).toMatchObject({ widthDots: 8, heightDots: 8 });
    expect(() => logoFromPixels(new Uint8Array(3), 1, 1)).toThrow(RangeError);
  });

  it("turn grey into as much black as there is grey", () => {
    for (const grey of [32, 96, 160, 224]) {
      const pixels = new Uint8Array(64 * 64 * 4).fill(grey);
      for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
      const { bits } = logoFromPixels(pixels, 64, 64);
      const black = [...Buffer.from(bits, "base64")].reduce(
        (sum, byte) => sum + byte.toString(2).replaceAll("0", "").length,
        0,
      );
      expect(black / 4096).toBeCloseTo(1 - grey / 255, 1);
    }
  });

  it("are made to fit narrower paper, and left alone on paper that is wide enough", () => {
    const logo = logoFromPixels(frame(500, 100), 500, 100);
    expect(fitLogo(logo, 576)).toBe(logo);
    const narrow = fitLogo(logo, 384);
    expect(narrow).toMatchObject({ widthDots: 384, heightDots: 76 });
    expect(Buffer.from(narrow.bits, "base64").length).toBe(48 * 76);
  });

  it("taller than a band arrive whole", async () => {
    const black = new Uint8Array(16 * 400 * 4);
    for (let at = 3; at < black.length; at += 4) black[at] = 255;
    const logo = logoFromPixels(black, 16, 400, { widthDots: 576, heightDots: 400 });
    const { lines } = await print({ kind: "image", role: "shop", ...logo });
    const dots = lines
      .filter(({ kind }) => kind === "raster")
      .map(({ bitmap }) => bitmap?.dots().reduce((sum, dot) => sum + dot, 0));
    expect(dots).toEqual([16 * 255, 16 * 145]);
  });
});
