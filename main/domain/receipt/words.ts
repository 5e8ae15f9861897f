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
  /** On an original printed long after its sale. */
  soldAt: string;
  printedAt: string;
  end: string;
  /** Words of single packs: what China, the EU and the UK say on their receipts. */
  taxId: string;
  vatNumber: string;
  vatReceipt: string;
  taxPoint: string;
  vatRate: string;
  net: string;
  vat: string;
  gross: string;
  noVat: string;
  payable: string;
  returns: string;
  invoiceHint: string;
  invoiceCode: string;
  fullInvoice: string;
  noSimplifiedInvoice: string;
  /** Before the code by which a slip is found and the log is held to its word. */
  proofCode: string;
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
  soldAt: "售出时间",
  printedAt: "打印时间",
  end: "小票完",
  taxId: "税号",
  vatNumber: "增值税号",
  vatReceipt: "简易增值税收据",
  taxPoint: "纳税时点",
  vatRate: "税率",
  net: "不含税",
  vat: "税额",
  gross: "含税",
  noVat: "免税",
  payable: "应收",
  returns: "退换货",
  invoiceHint: "如需发票，请凭本小票到收银台开具",
  invoiceCode: "扫码开发票",
  fullInvoice: "可索取完整增值税发票",
  noSimplifiedInvoice: "金额超过 250 英镑，抵扣请索取完整增值税发票",
  proofCode: "校验码",
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
  soldAt: "Sold",
  printedAt: "Printed",
  end: "end of receipt",
  taxId: "Tax ID",
  vatNumber: "VAT No.",
  vatReceipt: "VAT receipt",
  taxPoint: "Tax point",
  vatRate: "VAT",
  net: "Net",
  vat: "Tax",
  gross: "Gross",
  noVat: "No VAT",
  payable: "Amount due",
  returns: "Returns",
  invoiceHint: "Need an invoice? Bring this receipt to the till.",
  invoiceCode: "Scan for your invoice",
  fullInvoice: "Full VAT invoice on request",
  noSimplifiedInvoice: "Over GBP 250: ask for a full VAT invoice",
  proofCode: "Check code",
  testTitle: "Printer test",
  testLine: "If you can read this, text is fine.",
  testEnd: "end of test",
};

const WORDS: Record<Locale, ReceiptWords> = { "zh-CN": zhCN, en };

/** The words of a receipt in one language. */
export function receiptWords(locale: Locale): ReceiptWords {
  return WORDS[locale];
}
