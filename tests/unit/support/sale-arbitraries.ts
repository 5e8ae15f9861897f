import fc from "fast-check";
import { CURRENCIES } from "../../../main/domain/money.ts";
import {
  priceBasket,
  TAX_MODES,
  TENDER_METHODS,
  type Basket,
  type BasketLine,
  type Tender,
} from "../../../main/domain/sale.ts";
import { line, saleOf, SHOP } from "./sale-samples.ts";

const WORDS = [
  "苹果",
  "特级",
  "Coke",
  "zero",
  "🍎",
  "👩‍👩‍👧",
  "￥",
  "¥",
  "ß",
  "𠀀",
  "-",
  " ",
  "  ",
  "㐀",
  "\u00a0",
  "é",
];

/** Names as people and files make them: long, mixed, without spaces, with signs no printer has. */
export const anyName = fc.oneof(
  fc
    .array(fc.constantFrom(...WORDS), { minLength: 0, maxLength: 40 })
    .map((parts) => parts.join("").slice(0, 200)),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.constant("特".repeat(200)),
  fc.constant("Nospace".repeat(28)),
);

const anyLine = fc
  .record({
    nameZh: anyName,
    nameEn: anyName,
    priceMinor: fc.oneof(
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: 0, max: 1_000_000_000_000 }),
    ),
    quantityMilli: fc.oneof(fc.constant(1000), fc.integer({ min: 1, max: 99_999_999 })),
    share: fc.integer({ min: 0, max: 100 }),
    taxRateBp: fc.option(fc.constantFrom(0, 1, 300, 900, 1300, 10_000)),
  })
  .map(({ share, ...rest }): BasketLine | null => {
    const gross = (BigInt(rest.priceMinor) * BigInt(rest.quantityMilli)) / 1000n;
    if (gross > 1_000_000_000_000n) return null;
    const discountMinor = Number((gross * BigInt(share)) / 100n);
    return line({ ...rest, discountMinor: share > 50 ? 0 : discountMinor });
  })
  .filter((value) => value !== null);

/** Baskets of up to six lines with discounts of lines and of the sale. */
export const anyBasket = fc
  .record({
    lines: fc.array(anyLine, { minLength: 1, maxLength: 6 }),
    share: fc.integer({ min: 0, max: 200 }),
  })
  .map(({ lines, share }): Basket => {
    const subtotal = priceBasket({ lines, discountMinor: 0 }, "none").totalMinor;
    return { lines, discountMinor: share > 100 ? 0 : Math.floor((subtotal / 100) * share) };
  });

/** Whole sales: every currency, tax mode, language and way to pay. */
export const anySale = fc
  .record({
    basket: anyBasket,
    taxMode: fc.constantFrom(...TAX_MODES),
    currency: fc.constantFrom(...CURRENCIES),
    locale: fc.constantFrom("zh-CN" as const, "en" as const),
    cashier: anyName.map((name) => name.slice(0, 40).trim() || "小王"),
    shopName: anyName.map((name) => name.slice(0, 60).trim() || "店"),
    receiptNo: fc.integer({ min: 1, max: 99_999_999 }),
    method: fc.constantFrom(...TENDER_METHODS),
    reference: fc.option(
      fc.string({ minLength: 1, maxLength: 64 }).filter((text) => text.trim() !== ""),
    ),
    cashOver: fc.integer({ min: 0, max: 100_000 }),
  })
  .map(({ basket, taxMode, method, reference, cashOver, shopName, ...rest }) => {
    const { totalMinor } = priceBasket(basket, taxMode);
    const part = Math.floor(totalMinor / 3);
    const tenders: Tender[] =
      part > 0
        ? [
            { method, amountMinor: part, reference },
            { method: "cash", amountMinor: totalMinor - part + cashOver, reference: null },
          ]
        : [{ method: "cash", amountMinor: totalMinor + cashOver + 1, reference: null }];
    return saleOf(basket, { ...rest, taxMode, shop: { ...SHOP, name: shopName } }, tenders);
  });
