import type { CallOutput } from "../../../../main/contract/calls.ts";
import type { Settings } from "../../../../main/contract/settings.ts";
import {
  CELL_DOTS,
  columnsOf,
  layoutDraft,
  layoutReceipt,
} from "../../../../main/domain/receipt/layout.ts";
import type { ReceiptLine } from "../../../../main/domain/receipt/line.ts";
import { fitLogo } from "../../../../main/domain/receipt/logo.ts";
import { templateSnapshot } from "../../../../main/domain/receipt/template.ts";
import type { PricedBasket, Tender } from "../../../../main/domain/sale.ts";

/** A receipt laid out for one width of paper. */
export interface Strip {
  columns: number;
  lines: ReceiptLine[];
}

/** Lays out receipts of this shop as its receipt printer gets them. */
export interface ReceiptLook {
  /** While goods are scanned: what the sale decides is blank. */
  draft: (priced: PricedBasket) => Strip;
  /** The sale is made: as it goes to the printer. */
  sold: (
    priced: PricedBasket,
    tenders: Tender[],
    sale: Omit<CallOutput<"sale.complete">, "status">,
  ) => Strip;
}

export type LookSettings = Pick<
  Settings,
  "shop" | "receiptLocale" | "currency" | "taxMode" | "template" | "widthMm"
>;

/**
 * How receipts come out now: by the function, template, logo and columns that paper gets.
 * @param cashier who is at the till; "" for nobody.
 * @param triedOut what was found out about the receipt printer; null: nothing yet.
 */
export function receiptLook(
  settings: LookSettings,
  cashier: string,
  triedOut: { columns: number } | null,
): ReceiptLook {
  const { shop, receiptLocale: locale, currency, taxMode, template, widthMm } = settings;
  const columns = columnsOf(triedOut, widthMm);
  // Made to fit once, not with every scan.
  const logo = template.logo && fitLogo(template.logo, columns * CELL_DOTS);
  const assets = { logo: () => logo };
  const look = {
    cashier,
    currency,
    taxMode,
    locale,
    shop,
    template: templateSnapshot(template, logo && "shop"),
  };
  return {
    draft: (priced) => ({ columns, lines: layoutDraft({ ...priced, ...look }, columns, assets) }),
    sold: (priced, tenders, { saleId, changeMinor, sold }) => {
      const { proofCode, ...facts } = sold;
      const made = { ...facts, receiptNo: saleId, tenders, changeMinor };
      const record = { v: 1, layout: 1, ...look, ...priced, ...made } as const;
      const mark = { kind: "original" } as const;
      return { columns, lines: layoutReceipt(record, columns, mark, assets, proofCode) };
    },
  };
}
