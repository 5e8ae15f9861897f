import { useMemo } from "react";
import { useSettings, useStatus } from "../../../bridge/index.ts";
import { receiptLook, type ReceiptLook } from "./receipt-look.ts";

/** How this shop's receipts come out of its receipt printer; the same until something of it changes. */
export function useReceiptLook(): ReceiptLook {
  const { shop, receiptLocale, currency, taxMode, template, widthMm } = useSettings();
  const { cashier, printer } = useStatus();
  const columns = printer.qualification?.columns ?? null;
  return useMemo(
    () =>
      receiptLook(
        { shop, receiptLocale, currency, taxMode, template, widthMm },
        cashier ?? "",
        columns === null ? null : { columns },
      ),
    [shop, receiptLocale, currency, taxMode, template, widthMm, cashier, columns],
  );
}
