import type { Settings } from "../../../main/contract/settings.ts";
import { minorDigitsOf } from "../../../main/domain/money.ts";
import { templateSnapshot } from "../../../main/domain/receipt/template.ts";
import { priceBasket, settleTenders, type SaleRecord } from "../../../main/domain/sale.ts";

type Look = Pick<Settings, "shop" | "currency" | "taxMode" | "receiptLocale" | "template">;

/** Prices in hundredths of the main unit; currencies without decimals get round ones. */
const GOODS = [
  {
    code: "6901028075886",
    nameZh: "矿泉水 550ml",
    nameEn: "Spring water 550 ml",
    unit: "瓶",
    price: 200,
    quantityMilli: 3000,
  },
  {
    code: "1024",
    nameZh: "红富士苹果",
    nameEn: "Fuji apples",
    unit: "kg",
    price: 1280,
    quantityMilli: 1250,
  },
  {
    code: "6920459950180",
    nameZh: "低温鲜牛奶 950ml 家庭装",
    nameEn: "Fresh milk, family carton 950 ml",
    unit: "盒",
    price: 1990,
    quantityMilli: 1000,
  },
] as const;

/** Stands where paper has the code of its own sale in the log. */
export const SAMPLE_CODE = "a1B2c3D4e5";

/**
 * A sale nobody made, with what shows a receipt off: pieces, a weighed line, a long name,
 * a discount and change. Used only to show on screen how paper will look.
 */
export function sampleSale(look: Look, cashier: string, atMs: number): SaleRecord {
  const scale = minorDigitsOf(look.currency) === 0 ? 1 : 100;
  const minor = (hundredths: number) => Math.round((hundredths / 100) * scale);
  const basket = {
    lines: GOODS.map(({ price, ...good }, index) => ({
      ...good,
      priceMinor: minor(price),
      discountMinor: index === 2 ? minor(200) : 0,
      taxRateBp: look.taxMode === "none" ? null : index === 1 ? 900 : 1300,
    })),
    discountMinor: 0,
  };
  const priced = priceBasket(basket, look.taxMode);
  const tenders: SaleRecord["tenders"] = [
    { method: "cash", amountMinor: minor(5000), reference: null },
  ];
  const settled = settleTenders(priced.totalMinor, tenders);
  const paid =
    "problem" in settled ? { changeMinor: 0, tenderedMinor: priced.totalMinor } : settled;
  return {
    v: 1,
    layout: 1,
    receiptNo: 1042,
    atMs,
    utcOffsetMin: -new Date(atMs).getTimezoneOffset(),
    cashier,
    currency: look.currency,
    taxMode: look.taxMode,
    locale: look.receiptLocale,
    shop: look.shop,
    // Nothing is kept under it: whoever lays the sample out has the logo at hand.
    template: templateSnapshot(look.template, look.template.logo && "sample"),
    ...priced,
    tenders,
    ...paid,
  };
}
