import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAmount, formatQuantity, paperSymbolOf } from "../../../main/domain/money.ts";
import { layoutDay, type DayFigures } from "../../../main/domain/receipt/day-layout.ts";
import { CAUSE_CODES, classOf } from "../../../main/domain/receipt/cause.ts";
import {
  layoutReceipt,
  receiptBarcode,
  receiptNoOfBarcode,
} from "../../../main/domain/receipt/layout.ts";
import {
  cellsOf,
  wrap,
  type ReceiptLine,
  type TextLine,
} from "../../../main/domain/receipt/line.ts";
import { markText, type ReceiptMark } from "../../../main/domain/receipt/mark.ts";
import { receiptWords } from "../../../main/domain/receipt/words.ts";
import { RECEIPT_STATES } from "../../../main/domain/receipt/state.ts";
import type { SaleRecord } from "../../../main/domain/sale.ts";
import { anyName, anySale } from "../support/sale-arbitraries.ts";
import { line, saleOf } from "../support/sale-samples.ts";

const ORIGINAL: ReceiptMark = { kind: "original" };
const columnsOf = fc.constantFrom(32, 48);
const anyMark: fc.Arbitrary<ReceiptMark> = fc.oneof(
  fc.constant(ORIGINAL),
  fc.record({
    kind: fc.constantFrom("reprint" as const, "replacement" as const),
    copy: fc.integer({ min: 1, max: 99 }),
    atMs: fc.constant(Date.UTC(2026, 10, 23)),
    by: anyName.map((name) => name.slice(0, 40)),
  }),
);

const textLines = (lines: readonly ReceiptLine[]) =>
  lines.filter((each): each is TextLine => each.kind === "text");
const rightmost = (each: TextLine) => each.segments.at(-1)?.text ?? "";

/** Every text fits its cells, cells stay inside the paper, and no two segments overlap. */
function expectFits(lines: readonly ReceiptLine[], columns: number): void {
  for (const each of textLines(lines)) {
    const width = each.size === "double" ? columns / 2 : columns;
    let end = 0;
    for (const segment of each.segments) {
      expect(segment.cell, JSON.stringify(each)).toBeGreaterThanOrEqual(end);
      expect(cellsOf(segment.text), JSON.stringify(each)).toBeLessThanOrEqual(segment.cells);
      end = segment.cell + segment.cells;
    }
    expect(end, JSON.stringify(each)).toBeLessThanOrEqual(width);
  }
  for (const each of lines)
    if (each.kind === "rule") expect(each.cells).toBeLessThanOrEqual(columns);
}

/** The amounts of a role in their order, each whole as the last segment of one line. */
function amountsOf(
  lines: readonly ReceiptLine[],
  role: TextLine["role"],
  wanted: readonly string[],
): string[] {
  return textLines(lines)
    .filter((each) => each.role === role)
    .map(rightmost)
    .filter((text) => wanted.includes(text));
}

function expectMoney(sale: SaleRecord, lines: readonly ReceiptLine[]): void {
  const amount = (minor: number) => formatAmount(minor, sale.currency);
  const items = textLines(lines).filter((each) => each.role === "item");
  sale.lines.forEach((sold, index) => {
    const own = items.filter((each) => each.item === index);
    expect(own.map(rightmost)).toContain(amount(sold.amountMinor + sold.discountMinor));
    const times = `${formatQuantity(sold.quantityMilli)} x ${amount(sold.priceMinor)}`;
    expect(own.flatMap((each) => each.segments.map(({ text }) => text.trim()))).toContain(times);
    if (sold.discountMinor > 0) {
      const off = textLines(lines).filter(
        (each) => each.role === "discount" && each.item === index,
      );
      expect(off.map(rightmost)).toContain(amount(-sold.discountMinor));
    }
  });
  if (sale.discountMinor > 0)
    expect(amountsOf(lines, "discount", [amount(-sale.discountMinor)]).length).toBeGreaterThan(0);
  const total = paperSymbolOf(sale.currency) + amount(sale.totalMinor);
  expect(amountsOf(lines, "total", [total])).toEqual([total]);
  const tenders = sale.tenders.map((tender) => amount(tender.amountMinor));
  const change = sale.changeMinor > 0 ? [amount(sale.tenderedMinor), amount(sale.changeMinor)] : [];
  expect(amountsOf(lines, "tender", [...tenders, ...change])).toEqual([...tenders, ...change]);
  if (sale.taxMode !== "none") {
    const taxes = sale.taxes.map((tax) => amount(tax.taxMinor));
    expect(amountsOf(lines, "tax", taxes)).toEqual(taxes);
  }
}

describe("layoutReceipt", () => {
  it("keeps every line inside the paper and every amount whole, whatever is sold to whom", () => {
    fc.assert(
      fc.property(anySale, columnsOf, anyMark, (sale, columns, mark) => {
        const lines = layoutReceipt(sale, columns, mark);
        expectFits(lines, columns);
        expectMoney(sale, lines);
      }),
      { numRuns: 150 },
    );
  });

  it("has a head, a slip barcode and an end mark behind everything else", () => {
    fc.assert(
      fc.property(anySale, columnsOf, anyMark, (sale, columns, mark) => {
        const lines = layoutReceipt(sale, columns, mark);
        const words = receiptWords(sale.locale);
        const texts = textLines(lines).map((each) =>
          each.segments.map(({ text }) => text).join(" "),
        );
        expect(lines.some((each) => each.role === "shop")).toBe(true);
        expect(texts.some((text) => text.includes(`${words.receiptNo} ${sale.receiptNo}`))).toBe(
          true,
        );
        expect(texts.at(-1)).toContain(`${sale.receiptNo} ${words.end}`);
        expect(lines.at(-1)?.kind).toBe("text");
        const code = lines.find((each) => each.kind === "barcode");
        expect(code?.kind === "barcode" && receiptNoOfBarcode(code.data)).toBe(sale.receiptNo);
      }),
      { numRuns: 50 },
    );
  });

  it("marks a copy above and below everything, and an original nowhere", () => {
    const sale = saleOf({ lines: [line()], discountMinor: 0 });
    const marks: ReceiptMark[] = [
      { kind: "reprint", copy: 3, atMs: sale.atMs, by: "小王" },
      { kind: "replacement", copy: 1, atMs: sale.atMs, by: "小王" },
    ];
    for (const mark of marks)
      for (const columns of [32, 48]) {
        const lines = textLines(layoutReceipt(sale, columns, mark));
        const escaped = `*** ${markText(mark)} ***`.replaceAll("*", "\\*");
        // On narrow paper a mark takes two lines.
        const join = (part: readonly TextLine[]) => part.map(rightmost).join(" ");
        expect(join(lines.slice(0, 2))).toMatch(new RegExp(`^${escaped}`));
        expect(join(lines.slice(-3, -1))).toMatch(new RegExp(`${escaped}$`));
        expect(lines[0]?.role).toBe("mark");
      }
    const original = textLines(layoutReceipt(sale, 32, ORIGINAL))
      .map(rightmost)
      .join();
    expect(original).not.toMatch(/REPRINT|REPLACES|重打|替换/);
  });

  it("is the same every time but for the mark", () => {
    const sale = saleOf({ lines: [line({ quantityMilli: 2500 })], discountMinor: 7 });
    const body = (mark: ReceiptMark) =>
      layoutReceipt(sale, 48, mark).filter((each) => each.role !== "mark");
    expect(body({ kind: "reprint", copy: 1, atMs: 0, by: "x" })).toEqual(body(ORIGINAL));
  });

  it("reads only its own barcodes", () => {
    expect(receiptNoOfBarcode(receiptBarcode(42))).toBe(42);
    for (const code of ["42", "SLIP42", "xSLIP000042", "SLIP000042x", "SLIP0000000000042"])
      expect(receiptNoOfBarcode(code)).toBeNull();
  });
});

describe("layoutDay", () => {
  const unproven = fc.record({
    saleId: fc.integer({ min: 1, max: 9_999_999 }),
    atMs: fc.constant(Date.UTC(2026, 10, 23)),
    totalMinor: fc.integer({ min: 0, max: 1_000_000_000_000 }),
    cashier: anyName.map((name) => name.slice(0, 40)),
    state: fc.constantFrom(...RECEIPT_STATES),
    cause: fc.option(fc.constantFrom(...CAUSE_CODES)),
    settledBy: fc.option(anyName.map((name) => name.slice(0, 40))),
    reason: fc.option(anyName),
    owedMs: fc.integer({ min: 0, max: 10_000_000_000 }),
  });

  it("keeps every line inside the paper and every owed amount whole", () => {
    fc.assert(
      fc.property(
        fc.array(unproven, { maxLength: 5 }),
        fc.option(anyName.map((name) => name.slice(0, 40).trim() || "x")),
        columnsOf,
        fc.constantFrom("zh-CN" as const, "en" as const),
        (owed, signedBy, columns, locale) => {
          const figures: DayFigures = {
            dayId: 3,
            date: "2026-11-23",
            openedAtMs: 0,
            closedAtMs: null,
            signedBy,
            sales: 99_999,
            totalMinor: 1_000_000_000_000,
            discountMinor: 5,
            taxMinor: 6,
            tenders: [{ method: "cash", count: 12, amountMinor: 999_999_999_999 }],
            receipts: {
              provenByDevice: 1,
              settledByPerson: 2,
              declined: 3,
              handwritten: 4,
              owed: 5,
              copies: 6,
            },
            unproven: owed.map((each) => ({
              ...each,
              causeClass: each.cause && classOf(each.cause),
            })),
          };
          const lines = layoutDay({
            figures,
            shopName: "店".repeat(60),
            currency: "CNY",
            locale,
            columns,
            utcOffsetMin: 480,
          });
          expectFits(lines, columns);
          const rights = textLines(lines).map(rightmost);
          for (const { totalMinor } of owed)
            expect(rights).toContain(formatAmount(totalMinor, "CNY"));
          expect(rights).toContain("￥10000000000.00");
          expect(rights).toContain("9999999999.99");
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("wrap", () => {
  it("keeps every character but spaces, and no line is too wide", () => {
    fc.assert(
      fc.property(
        fc.oneof(anyName, fc.string({ unit: "binary", maxLength: 40 })),
        fc.integer({ min: 2, max: 48 }),
        (text, cells) => {
          const lines = wrap(text, cells);
          const bare = (value: string) => value.replace(/\s/g, "");
          expect(bare(lines.join(""))).toBe(bare(text));
          for (const each of lines) expect(cellsOf(each)).toBeLessThanOrEqual(cells);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("breaks at spaces when a line stays long enough", () => {
    expect(wrap("fresh orange juice", 13)).toEqual(["fresh orange", "juice"]);
    expect(wrap("农夫山泉饮用水", 8)).toEqual(["农夫山泉", "饮用水"]);
    expect(wrap("", 8)).toEqual([""]);
  });
});
