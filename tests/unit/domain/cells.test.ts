import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellsOf, clustersOf, wrap } from "../../../main/domain/receipt/line.ts";
import { anyName } from "../support/sale-arbitraries.ts";

describe("cellsOf", () => {
  it.each([
    ["abc", 3],
    ["苹果", 4],
    ["￥9.80", 6],
    ["¥9.80", 6],
    ["é", 1],
    ["e\u0301", 1],
    ["Löwenbräu", 9],
    ["Phở Ễ", 5],
    ["€5 £5", 5],
    ["김치", 4],
    ["\u1100\u1161", 2],
    ["ที่", 1],
    ["น้ำ", 2],
    ["שלום", 4],
    ["قهوة", 4],
    ["चाय", 3],
    ["क्षि", 3],
    ["காபி", 6],
    ["கொ", 5],
    ["চা", 2],
    ["Ж", 2],
    ["Ω", 2],
    ["🍎", 2],
    ["👩‍👩‍👧", 2],
    ["🇨🇳🇬🇧", 4],
    ["1️⃣", 2],
    ["❤️", 2],
    ["©", 1],
    ["𠀀", 2],
    ["a\u200bb\u00ad\ufeff", 2],
    ["\u0301", 0],
    ["\u001b", 2],
    ["×÷°", 6],
  ])("%j takes %j", (text, cells) => {
    expect(cellsOf(text)).toBe(cells);
  });

  it("is the sum of its characters, which are the text", () => {
    fc.assert(
      fc.property(fc.oneof(anyName, fc.string({ unit: "binary", maxLength: 40 })), (text) => {
        const clusters = clustersOf(text);
        expect(clusters.map((each) => each.text).join("")).toBe(text);
        expect(clusters.reduce((sum, { cells }) => sum + cells, 0)).toBe(cellsOf(text));
        for (const { cells } of clusters) expect([0, 1, 2, 3, 4, 5, 6]).toContain(cells);
      }),
    );
  });
});

describe("wrap", () => {
  const anyText = fc.oneof(
    anyName,
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc
      .array(fc.constantFrom("👩‍👩‍👧", "ที่", "น้ำ", "e\u0301", "한", "🇨🇳", "中", "a", " "), {
        maxLength: 40,
      })
      .map((parts) => parts.join("")),
  );

  it("keeps every character but spaces, and no line is too wide", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 6, max: 48 }), (text, cells) => {
        const lines = wrap(text, cells);
        const bare = (value: string) => value.replace(/\s/g, "");
        expect(bare(lines.join(""))).toBe(bare(text));
        for (const each of lines) expect(cellsOf(each)).toBeLessThanOrEqual(cells);
      }),
      { numRuns: 300 },
    );
  });

  it("never breaks inside a character as people count them", () => {
    for (const character of ["👩‍👩‍👧", "ที่", "e\u0301", "🇨🇳", "น้ำ", "❤️"])
      for (let cells = 2; cells < 9; cells += 1)
        for (const each of wrap(character.repeat(9), cells))
          expect(each.replaceAll(character, "")).toBe("");
  });

  it("breaks at spaces when a line stays long enough", () => {
    expect(wrap("fresh orange juice", 13)).toEqual(["fresh orange", "juice"]);
    expect(wrap("农夫山泉饮用水", 8)).toEqual(["农夫山泉", "饮用水"]);
    expect(wrap("", 8)).toEqual([""]);
  });
});
