import { COLUMNS_OF_WIDTH, layoutReceipt } from "../../../main/domain/receipt/layout.ts";
import type { ReceiptLine } from "../../../main/domain/receipt/line.ts";
import { templateSnapshot, type TemplateLook } from "../../../main/domain/receipt/template.ts";
import { minorDigitsOf } from "../../../main/domain/money.ts";
import { priceBasket, type BasketLine, type Locale } from "../../../main/domain/sale.ts";
import { SAMPLE_CODE } from "../settings/sample-sale.ts";
import { cashierNames, type SetupDraft } from "./setup-draft.ts";

/** 2026-01-05 09:41 UTC; a preview needs a time, not the time. */
const SAMPLE_TIME_MS = Date.UTC(2026, 0, 5, 9, 41);

/** A small sale of this shop, laid out as its printer will print it. */
export function previewLines(
  draft: SetupDraft,
  locale: Locale,
  template: TemplateLook,
  words: { shop: string; cashier: string; items: readonly [string, string] },
): ReceiptLine[] {
  const basket = {
    lines: words.items.map((name, index) => lineOf(name, index, draft)),
    discountMinor: 0,
  };
  const priced = priceBasket(basket, draft.taxMode);
  const unit = 10 ** minorDigitsOf(draft.currency);
  const tenderedMinor = Math.ceil(priced.totalMinor / (20 * unit)) * 20 * unit;
  return layoutReceipt(
    {
      v: 1,
      layout: 1,
      receiptNo: 1,
      atMs: SAMPLE_TIME_MS,
      utcOffsetMin: 0,
      cashier: cashierNames(draft.cashiers)[0] ?? words.cashier,
      currency: draft.currency,
      taxMode: draft.taxMode,
      locale,
      // The looks every shop starts with.
      template: templateSnapshot(template, null),
      shop: {
        name: draft.shopName.trim() || words.shop,
        address: draft.address.trim(),
        phone: draft.phone.trim(),
        footer: draft.footer.trim(),
      },
      ...priced,
      tenders: [{ method: "cash", amountMinor: tenderedMinor, reference: null }],
      tenderedMinor,
      changeMinor: tenderedMinor - priced.totalMinor,
    },
    COLUMNS_OF_WIDTH[draft.widthMm],
    { kind: "original" },
    undefined,
    SAMPLE_CODE,
  );
}

function lineOf(name: string, index: number, draft: SetupDraft): BasketLine {
  return {
    code: "",
    nameZh: name,
    nameEn: name,
    unit: "",
    priceMinor: (index === 0 ? 35 : 128) * 10 ** Math.max(0, minorDigitsOf(draft.currency) - 1),
    quantityMilli: index === 0 ? 2000 : 1000,
    discountMinor: 0,
    taxRateBp: draft.taxMode === "none" ? null : 1300,
  };
}
