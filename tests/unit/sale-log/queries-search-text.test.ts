import { describe, expect, it } from "vitest";
import { readSearch } from "../../../main/sale-log/queries/search-text.ts";

const YUAN = { currency: "CNY", decimalSign: "." } as const;
const amountOf = (text: string, currency: "CNY" | "JPY" | "HKD" = "CNY") => {
  const words = readSearch(text, { currency, decimalSign: "." });
  const amount = words[0]?.amount;
  return words.length === 1 && amount ? [amount.minMinor, amount.maxMinor] : null;
};

describe("a search text", () => {
  it.each([
    ["23.50", [2350, 2350]],
    ["¥23.5", [2350, 2350]],
    ["￥1,234.50", [123_450, 123_450]],
    ["２３．５", [2350, 2350]],
    ["10-20", [1000, 2000]],
    ["20 ~ 10", [1000, 2000]],
    ["¥10–20", [1000, 2000]],
    ["50±5", [4500, 5500]],
    ["50 +- 5", [4500, 5500]],
    ["3±5", [0, 800]],
    ["50±", [4500, 5500]],
    ["约50", [4500, 5500]],
    ["~50", [4500, 5500]],
  ])("%j is an amount", (text, expected) => {
    expect(amountOf(text)).toEqual(expected);
  });

  it.each(["abc", "1-2-3", "-5", "50±x", "23.456", "2026-11-23", "±"])(
    "%j is no amount",
    (text) => {
      expect(amountOf(text)).toBeNull();
    },
  );

  it("knows the currency's own digits and sign", () => {
    expect(amountOf("500", "JPY")).toEqual([500, 500]);
    expect(amountOf("HK$20", "HKD")).toEqual([2000, 2000]);
  });

  it("means one thing only when its form says which", () => {
    for (const text of ["#77", "№ 77", "# 77", "SLIP000077", "slip000077"])
      expect(readSearch(text, YUAN)).toMatchObject([
        { receiptNo: 77, amount: null, name: null, referenceEnd: null, slipCode: null },
      ]);
    expect(readSearch("¥12", YUAN)).toMatchObject([{ receiptNo: null, name: null }]);
  });

  it("may be a number, an amount, a reference, a code and a name at once", () => {
    expect(readSearch("7788", YUAN)).toEqual([
      {
        receiptNo: 7788,
        amount: { minMinor: 778_800, maxMinor: 778_800 },
        referenceEnd: "7788",
        slipCode: null,
        productCode: "7788",
        name: "7788",
      },
    ]);
    expect(readSearch("aB-3_xYz09", YUAN)).toMatchObject([{ slipCode: "aB-3_xYz09" }]);
    expect(readSearch("7", YUAN)).toMatchObject([{ referenceEnd: null }]);
    expect(readSearch("10-20", YUAN)).toMatchObject([{ referenceEnd: null }]);
  });

  it("is parted by blanks, and no longer than anybody talks", () => {
    expect(readSearch("  牛奶　 20-30  ", YUAN)).toMatchObject([
      { name: "牛奶" },
      { amount: { minMinor: 2000 } },
    ]);
    expect(readSearch("a ".repeat(50), YUAN)).toHaveLength(8);
    expect(readSearch(" \t\n", YUAN)).toEqual([]);
  });
});
