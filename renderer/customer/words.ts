import i18next, { type TFunction } from "i18next";
import type { CustomerView } from "../../main/contract/customer.ts";
import en from "../i18n/en/customer.json";
import zh from "../i18n/zh-CN/customer.json";

const words = i18next.createInstance();
void words.init({
  fallbackLng: "en",
  resources: { en: { customer: en }, "zh-CN": { customer: zh } },
  defaultNS: "customer",
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** The customers' texts in the language of the receipts. */
export function wordsIn(locale: CustomerView["locale"]): TFunction<"customer"> {
  return words.getFixedT(locale, "customer");
}
