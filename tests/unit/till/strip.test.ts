import { describe, expect, it } from "vitest";
import { columnsSchema } from "../../../main/contract/printers.ts";
import type { CallInput } from "../../../main/contract/calls.ts";
import { cellsOf, type ReceiptLine } from "../../../main/domain/receipt/line.ts";
import { logoFromPixels } from "../../../main/domain/receipt/logo.ts";
import { priceBasket, type Basket } from "../../../main/domain/sale.ts";
import { receiptLook } from "../../../renderer/features/sell/strip/receipt-look.ts";
import { inkRows, paperRows } from "../support/paper-rows.ts";
import { triedOutWith } from "../support/tried-out.ts";
import { line } from "../support/sale-samples.ts";
import { TillBench } from "../support/till-bench.ts";

const WIDTHS = columnsSchema.options.map(({ value }) => value);
const PACKS = ["cn", "eu", "uk"] as const;
const LOCALES = ["zh-CN", "en"] as const;
const TAX_MODES = ["none", "inclusive", "exclusive"] as const;

/** Pieces, a weighed line, a long name, a discount, and more than one rate of tax. */
const BASKET: Basket = {
  lines: [
    line({ priceMinor: 350, quantityMilli: 2000 }),
    line({ nameZh: "红富士苹果", nameEn: "Fuji apples", priceMinor: 1280, quantityMilli: 1250 }),
    line({
      code: "6920459950180",
      nameZh: "低温鲜牛奶九百五十毫升家庭装 特惠 限购",
      nameEn: "Fresh milk, family carton 950 ml, special offer of the week",
      priceMinor: 1990,
      discountMinor: 200,
      taxRateBp: 900,
    }),
    line({ code: "", nameZh: "", nameEn: "", priceMinor: 5, taxRateBp: null }),
  ],
  discountMinor: 100,
};

const logo = logoFromPixels(
  Uint8Array.from({ length: 500 * 40 * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at >> 4) % 251)),
  500,
  40,
);

const TEMPLATE = {
  header: "天天平价 全年无休\nOpen daily",
  returns: "7 天内凭小票退换",
  notes: "Thank you",
  showCodes: true,
  taxId: "91310000MA1K00000X",
  invoiceHint: true,
  qrText: "https://example.org/r?no={no}&total={total}&date={date}",
  qrCaption: "",
  slipBarcode: true,
  logo,
  buzzer: false,
  drawerOnCash: true,
};

/** What a page of this till knows, laid out by the page's own code. */
async function pageLook(bench: TillBench) {
  const settings = await bench.call("settings.get", {});
  const { cashier, printer } = await bench.call("status.get", {});
  return { settings, ...receiptLook(settings, cashier ?? "", printer.qualification) };
}

/** Sells a basket; what the page lays out before and after, and what came out of the printer. */
async function sellAndCompare(
  bench: TillBench,
  basket: Basket,
  tenders: CallInput<"sale.complete">["tenders"],
) {
  const page = await pageLook(bench);
  const priced = priceBasket(basket, page.settings.taxMode);
  const draft = page.draft(priced);
  bench.device.paper.clear();
  const { status, ...sale } = await bench.call("sale.complete", {
    requestId: bench.requestId(),
    basket,
    tenders,
    expectedTotalMinor: priced.totalMinor,
  });
  expect(status.lastSale?.saleId).toBe(sale.saleId);
  const strip = page.sold(priced, tenders, sale);
  await bench.untilState(sale.saleId, "printed");
  await bench.untilIdle();
  const paper = inkRows(
    bench.device.paper
      .slips()
      .map((slip) => slip.text())
      .join("\n"),
  );
  return { draft, strip, paper, sale, priced };
}

/** Rows of a draft and of the receipt it became; a blank is as good as whatever came into it. */
function expectSameReceipt(draft: readonly ReceiptLine[], sold: readonly ReceiptLine[]): void {
  const isTender = ({ kind, role }: ReceiptLine) => kind === "text" && role === "tender";
  const without = (lines: readonly ReceiptLine[]) => lines.filter((each) => !isTender(each));
  const [before, after] = [without(draft), without(sold)];
  expect(before.map(({ kind, role }) => `${kind} ${role}`)).toEqual(
    after.map(({ kind, role }) => `${kind} ${role}`),
  );
  const rowsAfter = paperRows(after);
  for (const [at, row] of paperRows(before).entries()) {
    const kind = before[at]?.kind;
    if (kind === "qr" || kind === "barcode") expect(before[at]).toMatchObject({ data: "" });
    else if (row.includes("__")) expect(rowsAfter[at]).toMatch(blankPattern(row));
    else expect(rowsAfter[at]).toBe(row);
  }
}

/** What a row with blanks may become: the same words, and something in each blank. */
function blankPattern(row: string): RegExp {
  const parts = row.trim().split(/ *_[_:\- ]*_ */);
  const escaped = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^ *${escaped.join(".+")}$`);
}

describe.each(WIDTHS)("the strip on the screen, %i columns", (columns) => {
  it.each(PACKS.flatMap((pack) => LOCALES.map((locale) => [pack, locale] as const)))(
    "says what comes out of the printer: %s, %s",
    async (pack, receiptLocale) => {
      const widthMm = columns <= 35 ? 58 : 80;
      // A 35 column printer prints more than 384 dots a line.
      const bench = await TillBench.open({
        factor: 60,
        device: { widthMm: columns === 32 ? 58 : 80 },
      });
      for (const taxMode of TAX_MODES) {
        const template = { ...TEMPLATE, pack, logo: taxMode === "none" ? null : logo };
        await triedOutWith(bench, columns, { template, receiptLocale, taxMode, widthMm });
        const total = priceBasket(BASKET, taxMode).totalMinor;
        const { draft, strip, paper, sale } = await sellAndCompare(bench, BASKET, [
          { method: "card", amountMinor: 500, reference: "1234" },
          { method: "cash", amountMinor: total + 77, reference: null },
        ]);
        expect(strip.columns).toBe(columns);
        expect(inkRows(paperRows(strip.lines).join("\n"))).toEqual(paper);
        expectSameReceipt(draft.lines, strip.lines);
        const { receipt, columns: shown } = await bench.call("history.sale", {
          saleId: sale.saleId,
        });
        expect(shown).toBe(columns);
        expect(receipt).toEqual(strip.lines);
      }
    },
  );
});

it("keeps its head where it is while goods are scanned", async () => {
  const bench = await TillBench.open();
  const look = await pageLook(bench);
  const rowsOf = (count: number) => {
    const lines = Array.from({ length: count }, () => line());
    return paperRows(look.draft(priceBasket({ lines, discountMinor: 0 }, "none")).lines);
  };
  const one = rowsOf(1);
  const three = rowsOf(3);
  const head = one.findIndex((row) => row.includes("农夫山泉"));
  expect(head).toBeGreaterThan(4);
  expect(three.slice(0, head)).toEqual(one.slice(0, head));
  // Behind the totals nothing moves but downwards.
  const foot = one.length - one.findIndex((row) => row.startsWith("件数")) - 1;
  expect(three.slice(-foot)).toEqual(one.slice(-foot));
  for (const row of three) expect(cellsOf(row)).toBeLessThanOrEqual(32);
});
