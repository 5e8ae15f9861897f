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
import { cellsOf, type ReceiptLine, type TextLine } from "../../../main/domain/receipt/line.ts";
import { logoFromPixels } from "../../../main/domain/receipt/logo.ts";
import type { ReceiptAssets, TemplateSnapshot } from "../../../main/domain/receipt/template.ts";
import { markText, type ReceiptMark } from "../../../main/domain/receipt/mark.ts";
import { receiptWords } from "../../../main/domain/receipt/words.ts";
import { RECEIPT_STATES } from "../../../main/domain/receipt/state.ts";
import type { SaleRecord } from "../../../main/domain/sale.ts";
import { anyName, anySale } from "../support/sale-arbitraries.ts";
import { line, saleOf } from "../support/sale-samples.ts";

const ORIGINAL: ReceiptMark = { kind: "original" };
const columnsOf = fc.constantFrom(32, 35, 42, 48);
const anyMark: fc.Arbitrary<ReceiptMark> = fc.oneof(
  fc.constant(ORIGINAL),
  fc.record({
    kind: fc.constant("late" as const),
    atMs: fc.constant(Date.UTC(2026, 10, 24)),
    by: anyName.map((name) => name.slice(0, 40)),
  }),
  fc.record({
    kind: fc.constantFrom("reprint" as const, "replacement" as const),
    copy: fc.integer({ min: 1, max: 99 }),
    atMs: fc.constant(Date.UTC(2026, 10, 23)),
    by: anyName.map((name) => name.slice(0, 40)),
  }),
);

const UK: TemplateSnapshot = {
  pack: "uk",
  header: "",
  returns: "",
  notes: "",
  showCodes: false,
  taxId: "GB 123 4567 89",
  invoiceHint: true,
  qrText: "",
  qrCaption: "",
  slipBarcode: true,
  logoId: null,
};

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
    const texts = own.flatMap((each) => each.segments.map(({ text }) => text.trim()));
    // A VAT receipt puts the letter of the rate behind it.
    expect(texts.map((text) => text.replace(/ [A-Z]\d*$/, ""))).toContain(times);
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
  const change =
    sale.changeMinor > 0 || sale.template?.pack === "cn"
      ? [amount(sale.tenderedMinor), amount(sale.changeMinor)]
      : [];
  expect(amountsOf(lines, "tender", [...tenders, ...change])).toEqual([...tenders, ...change]);
  if (sale.taxMode !== "none" && sale.template !== undefined && sale.template.pack !== "cn")
    expectVatTable(sale, lines);
  else if (sale.taxMode !== "none") {
    const taxes = sale.taxes.map((tax) => amount(tax.taxMinor));
    expect(amountsOf(lines, "tax", taxes)).toEqual(taxes);
  }
}

/** Net, VAT and gross of every rate are on the paper, whole, and together they are the total. */
function expectVatTable(sale: SaleRecord, lines: readonly ReceiptLine[]): void {
  const amount = (minor: number) => formatAmount(minor, sale.currency);
  const shown = textLines(lines)
    .filter((each) => each.role === "tax")
    .flatMap((each) => each.segments.map(({ text }) => text));
  let taxedMinor = 0;
  for (const { netMinor, taxMinor } of sale.taxes) {
    taxedMinor += netMinor + taxMinor;
    for (const minor of [netMinor, taxMinor, netMinor + taxMinor])
      expect(shown).toContain(amount(minor));
  }
  if (taxedMinor < sale.totalMinor) expect(shown).toContain(amount(sale.totalMinor - taxedMinor));
}

const anyText = fc.oneof(
  fc.constant(""),
  anyName.map((name) => name.slice(0, 200)),
  fc.constant("第一行\n第二行 second\r\nthird"),
);
const anyTemplate: fc.Arbitrary<TemplateSnapshot> = fc.record({
  pack: fc.constantFrom("cn" as const, "eu" as const, "uk" as const),
  header: anyText,
  returns: anyText,
  notes: anyText,
  showCodes: fc.boolean(),
  taxId: fc.constantFrom("", "GB 123 4567 89", "91310000MA1K35XXXX"),
  invoiceHint: fc.boolean(),
  qrText: fc.constantFrom("", "https://example.com/{no}?t={total}&d={date}&x={other}"),
  qrCaption: fc.constantFrom("", "扫一扫"),
  slipBarcode: fc.boolean(),
  logoId: fc.constantFrom(null, "logo", "gone"),
});
const LOGO = logoFromPixels(new Uint8Array(500 * 20 * 4).fill(255), 500, 20);
const ASSETS: ReceiptAssets = { logo: (id) => (id === "logo" ? LOGO : null) };

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

  it("does so with every template, and says all that the template asks for", () => {
    fc.assert(
      fc.property(anySale, anyTemplate, columnsOf, anyMark, (sale, template, columns, mark) => {
        const lines = layoutReceipt({ ...sale, template }, columns, mark, ASSETS);
        expectFits(lines, columns);
        expectMoney({ ...sale, template }, lines);
        expect(lines.some((each) => each.kind === "barcode")).toBe(template.slipBarcode);
        expect(lines.some((each) => each.kind === "image")).toBe(template.logoId === "logo");
        for (const each of lines)
          if (each.kind === "image") expect(each.widthDots).toBeLessThanOrEqual(columns * 12);
        const qr = lines.find((each) => each.kind === "qr");
        const total = formatAmount(sale.totalMinor, sale.currency);
        expect(qr?.kind === "qr" ? qr.data : "").toBe(
          template.qrText === ""
            ? ""
            : `https://example.com/${sale.receiptNo}?t=${total}&d=2026-11-23&x={other}`,
        );
        const all = textLines(lines)
          .flatMap((each) => each.segments.map(({ text }) => text))
          .join(" ");
        if (template.taxId !== "") expect(all).toContain(template.taxId);
        if (template.showCodes) expect(all).toContain(sale.lines[0]?.code);
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
      { kind: "late", atMs: sale.atMs + 3_600_000, by: "小王" },
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
    expect(original).not.toMatch(/REPRINT|REPLACES|LATE|重打|替换|迟打/);
  });

  it("says of a late original when it was sold and when it was printed", () => {
    const sale = saleOf({ lines: [line()], discountMinor: 0 });
    const mark: ReceiptMark = { kind: "late", atMs: sale.atMs + 7_200_000, by: "小王" };
    for (const columns of [32, 48]) {
      const texts = textLines(layoutReceipt(sale, columns, mark)).map(rightmost);
      expect(texts[0]).toBe("*** 迟打 PRINTED LATE ***");
      expect(texts[1]).toBe("售出时间 2026-11-23 17:05:07");
      expect(texts.slice(2, 4).join(" ")).toMatch(/^打印时间 2026-11-23 19:05:07 操作员 小王/);
    }
  });

  it("is the same every time but for the mark", () => {
    const sale = saleOf({ lines: [line({ quantityMilli: 2500 })], discountMinor: 7 });
    const body = (mark: ReceiptMark) =>
      layoutReceipt(sale, 48, mark).filter((each) => each.role !== "mark");
    expect(body({ kind: "reprint", copy: 1, atMs: 0, by: "x" })).toEqual(body(ORIGINAL));
    expect(body({ kind: "late", atMs: 0, by: "x" })).toEqual(body(ORIGINAL));
  });

  it("prints a sale from before there were templates as it was printed then", () => {
    const sale = saleOf({ lines: [line({ quantityMilli: 2500 })], discountMinor: 7 });
    const shown = layoutReceipt(sale, 32, ORIGINAL).map((each) => {
      if (each.kind !== "text") return each.kind;
      let row = "";
      for (const { text, cell, cells, align } of each.segments) {
        const free = cells - cellsOf(text);
        const start = cell + (align === "left" ? 0 : align === "right" ? free : free >> 1);
        row += " ".repeat(start - cellsOf(row)) + text;
      }
      return row;
    });
    expect(shown).toEqual([
      "   街角便利店",
      "          幸福路 8 号",
      "          电话 021-555",
      "rule",
      "单号 1               收银员 小王",
      "时间 2026-11-23 17:05:07",
      "rule",
      "农夫山泉",
      "  2.5 x 2.00                5.00",
      "rule",
      "小计                        5.00",
      "折扣                       -0.07",
      "合计      ￥4.93",
      "件数                           1",
      "优惠                        0.07",
      "rule",
      "现金                        4.93",
      "rule",
      "            谢谢惠顾",
      "barcode",
      "          - 1 小票完 -",
    ]);
  });

  it("is no simplified VAT invoice in the UK above 250 pounds, and says so", () => {
    const pricey = (priceMinor: number) =>
      textLines(
        layoutReceipt(
          saleOf(
            { lines: [line({ priceMinor })], discountMinor: 0 },
            { template: UK, taxMode: "inclusive", currency: "GBP", locale: "en" },
          ),
          48,
          ORIGINAL,
        ),
      ).map(rightmost);
    expect(pricey(25_000)).toContain("Full VAT invoice on request");
    expect(pricey(25_001)).toContain("Over GBP 250: ask for a full VAT invoice");
    expect(pricey(25_001)).not.toContain("Full VAT invoice on request");
    expect(pricey(25_000)).toContain("VAT No. GB 123 4567 89");
    expect(pricey(25_000)).toContain("VAT receipt");
  });

  it("ties every item of a VAT receipt to its rate", () => {
    const basket = {
      lines: [line({ taxRateBp: 500 }), line({ taxRateBp: 2000 }), line({ taxRateBp: null })],
      discountMinor: 0,
    };
    const sale = saleOf(basket, { template: UK, taxMode: "inclusive", currency: "GBP" });
    const rows = textLines(layoutReceipt(sale, 32, ORIGINAL)).map((each) =>
      each.segments.map(({ text }) => text.trim()),
    );
    expect(rows.filter((row) => row[0]?.startsWith("1 x"))).toEqual([
      ["1 x 2.00 B", "2.00"],
      ["1 x 2.00 A", "2.00"],
      ["1 x 2.00", "2.00"],
    ]);
    expect(rows).toContainEqual(["A 20%", "1.67", "0.33", "2.00"]);
    expect(rows).toContainEqual(["B 5%", "1.90", "0.10", "2.00"]);
    expect(rows).toContainEqual(["免税", "2.00", "0.00", "2.00"]);
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
            unclaimedCount: 7,
            unproven: owed.map((each) => ({
              ...each,
              causeClass: each.cause && classOf(each.cause),
            })),
            since: owed.map(({ atMs, state, ...each }) => ({
              ...each,
              soldAtMs: atMs,
              from: "failed" as const,
              to: state,
              copies: each.owedMs % 3,
              atMs,
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
          // Once as it was signed, once as it has become.
          for (const { totalMinor } of owed) {
            const amount = formatAmount(totalMinor, "CNY");
            expect(rights.filter((text) => text === amount).length).toBeGreaterThanOrEqual(2);
          }
          expect(rights).toContain("￥10000000000.00");
          expect(rights).toContain("9999999999.99");
        },
      ),
      { numRuns: 100 },
    );
  });
});
