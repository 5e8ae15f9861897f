import { describe, expect, it } from "vitest";
import { drawQrCode, qrModules } from "../../../main/printing/virtual-printer/qr-code.ts";

/**
 * The reading side, written from the standard on its own: un-masks, collects the codewords of a version 1
 * symbol (one block, so they are in order) and takes the bytes out.
 */
function readVersion1(dots: Uint8Array): { text: string; mask: number } {
  const size = 21;
  const dark = (x: number, y: number) => dots[y * size + x] === 1;
  let format = 0;
  // Bits 14..10 stand at (0..4, 8): two bits of level, three of mask.
  for (let x = 0; x < 5; x += 1) format = format * 2 + (dark(x, 8) ? 1 : 0);
  const mask = (format ^ 0b10101) & 7;
  const inverts = [
    (x: number, y: number) => (x + y) % 2 === 0,
    (_: number, y: number) => y % 2 === 0,
    (x: number) => x % 3 === 0,
    (x: number, y: number) => (x + y) % 3 === 0,
    (x: number, y: number) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
    (x: number, y: number) => ((x * y) % 2) + ((x * y) % 3) === 0,
    (x: number, y: number) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
    (x: number, y: number) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
  ][mask];
  if (inverts === undefined) throw new Error("no such mask");
  const isData = (x: number, y: number) =>
    x !== 6 && y !== 6 && !(x < 9 && y < 9) && !(x > 12 && y < 9) && !(x < 9 && y > 12);
  const bits: number[] = [];
  let upward = true;
  for (const right of [20, 18, 16, 14, 12, 10, 8, 5, 3, 1]) {
    for (let step = 0; step < size; step += 1) {
      const y = upward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (isData(x, y)) bits.push(dark(x, y) === inverts(x, y) ? 0 : 1);
      }
    }
    upward = !upward;
  }
  const number = (from: number, count: number) =>
    bits.slice(from, from + count).reduce((value, bit) => value * 2 + bit, 0);
  expect(number(0, 4)).toBe(4);
  const length = number(4, 8);
  const bytes = Uint8Array.from({ length }, (_, index) => number(12 + index * 8, 8));
  return { text: new TextDecoder().decode(bytes), mask };
}

describe("QR code", () => {
  it("can be read back, whichever mask it chose", () => {
    const masks = new Set<number>();
    for (let number = 0; number < 150; number += 1) {
      const text = number === 0 ? "票不漏" : String(number ** 7 * 7919).slice(0, 1 + (number % 17));
      const read = readVersion1(drawQrCode(new TextEncoder().encode(text), "L", 1));
      expect(read.text).toBe(text);
      masks.add(read.mask);
    }
    expect([...masks].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("chooses the version by length and level", () => {
    expect(qrModules(17, "L")).toBe(21);
    expect(qrModules(18, "L")).toBe(25);
    expect(qrModules(7, "H")).toBe(21);
    expect(qrModules(8, "H")).toBe(25);
    expect(qrModules(2953, "L")).toBe(177);
    expect(qrModules(2954, "L")).toBeUndefined();
  });

  it("has its three finders and scales by the module size", () => {
    const dots = drawQrCode(new TextEncoder().encode("x"), "M", 3);
    expect(dots).toHaveLength(63 * 63);
    const row = (y: number) => [...dots.subarray(y * 63, y * 63 + 21)].join("");
    expect(row(0)).toBe("1".repeat(21));
    expect(row(3)).toBe(`111${"0".repeat(15)}111`);
  });
});
