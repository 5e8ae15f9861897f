import type { Locale, TenderMethod } from "../sale.ts";

/** Every word that can stand on paper. One record per language, so none can be missing. */
export interface ReceiptWords {
  receiptNo: string;
  time: string;
  cashier: string;
  phone: string;
  pieces: string;
  subtotal: string;
  saved: string;
  discount: string;
  total: string;
  taxIncluded: string;
  taxAdded: string;
  tendered: string;
  change: string;
  tenders: Record<TenderMethod, string>;
  miscellaneous: string;
  printedAgainAt: string;
  printedAgainBy: string;
  end: string;
  testTitle: string;
  testLine: string;
  testEnd: string;
}

const zhCN: ReceiptWords = {
  receiptNo: "单号",
  time: "时间",
  cashier: "收银员",
  phone: "电话",
  pieces: "件数",
  subtotal: "小计",
  saved: "优惠",
  discount: "折扣",
  total: "合计",
  taxIncluded: "含税",
  taxAdded: "税额",
  tendered: "实收",
  change: "找零",
  tenders: { cash: "现金", wechat: "微信支付", alipay: "支付宝", card: "银行卡", other: "其他" },
  miscellaneous: "杂项",
  printedAgainAt: "补打时间",
  printedAgainBy: "操作员",
  end: "小票完",
  testTitle: "打印测试",
  testLine: "能看清这一行，中文就没问题。",
  testEnd: "测试完",
};

const en: ReceiptWords = {
  receiptNo: "Receipt",
  time: "Time",
  cashier: "Cashier",
  phone: "Phone",
  pieces: "Items",
  subtotal: "Subtotal",
  saved: "You saved",
  discount: "Discount",
  total: "Total",
  taxIncluded: "incl. tax",
  taxAdded: "Tax",
  tendered: "Tendered",
  change: "Change",
  tenders: { cash: "Cash", wechat: "WeChat Pay", alipay: "Alipay", card: "Card", other: "Other" },
  miscellaneous: "Miscellaneous",
  printedAgainAt: "Printed again",
  printedAgainBy: "by",
  end: "end of receipt",
  testTitle: "Printer test",
  testLine: "If you can read this, text is fine.",
  testEnd: "end of test",
};

const WORDS: Record<Locale, ReceiptWords> = { "zh-CN": zhCN, en };

/** The words of a receipt in one language. */
export function receiptWords(locale: Locale): ReceiptWords {
  return WORDS[locale];
}
