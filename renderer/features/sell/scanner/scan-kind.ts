import { receiptNoOfBarcode } from "../../../../main/domain/receipt/layout.ts";
import type { TenderMethod } from "../../../../main/domain/sale.ts";

export type Scan =
  /** A customer's payment code: worth money for a minute, so it is neither kept nor shown. */
  | { kind: "payment"; method: TenderMethod }
  | { kind: "slip"; saleId: number }
  | { kind: "product"; code: string };

/**
 * What was scanned. Payment codes (research: product §2.2): 18 digits from 10–15 WeChat; 16–24
 * digits from 25–30 Alipay; 19 digits from 62 UnionPay.
 */
export function scanOf(code: string): Scan {
  const saleId = receiptNoOfBarcode(code.toUpperCase());
  if (saleId !== null) return { kind: "slip", saleId };
  const method = paymentMethodOf(code);
  return method === null ? { kind: "product", code } : { kind: "payment", method };
}

function paymentMethodOf(code: string): TenderMethod | null {
  if (/^1[0-5]\d{16}$/.test(code)) return "wechat";
  if (/^(?:2[5-9]|30)\d{14,22}$/.test(code)) return "alipay";
  if (/^62\d{17}$/.test(code)) return "card";
  return null;
}
