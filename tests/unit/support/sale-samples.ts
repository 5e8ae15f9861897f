import {
  priceBasket,
  settleTenders,
  type Basket,
  type BasketLine,
  type SaleRecord,
  type Tender,
} from "../../../main/domain/sale.ts";

/** A line of a basket with everything ordinary but what a test says. */
export function line(change: Partial<BasketLine> = {}): BasketLine {
  return {
    code: "6901234567892",
    nameZh: "农夫山泉",
    nameEn: "Spring water",
    unit: "瓶",
    priceMinor: 200,
    quantityMilli: 1000,
    discountMinor: 0,
    taxRateBp: 1300,
    ...change,
  };
}

export const SHOP = {
  name: "街角便利店",
  address: "幸福路 8 号",
  phone: "021-555",
  footer: "谢谢惠顾",
};

/** A finished sale of a basket, paid as said; cash for the exact amount when nothing is said. */
export function saleOf(
  basket: Basket,
  change: Partial<SaleRecord> = {},
  tenders?: Tender[],
): SaleRecord {
  const taxMode = change.taxMode ?? "none";
  const priced = priceBasket(basket, taxMode);
  const paidWith = tenders ?? [{ method: "cash", amountMinor: priced.totalMinor, reference: null }];
  const paid = settleTenders(priced.totalMinor, paidWith);
  if ("problem" in paid) throw new Error(paid.problem);
  return {
    v: 1,
    layout: 1,
    receiptNo: 1,
    atMs: Date.UTC(2026, 10, 23, 9, 5, 7),
    utcOffsetMin: 480,
    cashier: "小王",
    currency: "CNY",
    taxMode,
    locale: "zh-CN",
    shop: SHOP,
    ...priced,
    tenders: paidWith,
    tenderedMinor: paid.tenderedMinor,
    changeMinor: paid.changeMinor,
    ...change,
  };
}
