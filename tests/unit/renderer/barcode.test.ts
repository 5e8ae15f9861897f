import { describe, expect, it } from "vitest";
import { ean13, type Bar } from "../../../renderer/ui/barcode.ts";

/** The modules of a symbol, 1 for dark. */
function modulesOf({ bars, modules }: { bars: Bar[]; modules: number }): string {
  const row = Array.from({ length: modules }, () => "0");
  for (const { x, width } of bars) row.fill("1", x, x + width);
  return row.join("");
}

describe("EAN-13 on the screen", () => {
  // The worked example of ISO/IEC 15420: first digit 5, so the left half is A B B A A B.
  it("draws 5901234123457 as the standard does", () => {
    const left = ["0001011", "0100111", "0110011", "0010011", "0111101", "0011101"];
    const right = ["1100110", "1101100", "1000010", "1011100", "1001110", "1000100"];
    expect(modulesOf(ean13("5901234123457"))).toBe(`101${left.join("")}01010${right.join("")}101`);
  });

  it("works the check digit out", () => {
    expect(modulesOf(ean13("590123412345"))).toBe(modulesOf(ean13("5901234123457")));
  });
});
