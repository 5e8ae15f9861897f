import type { TillCalls } from "../contract/calls.ts";
import { Refusal } from "../contract/refusals.ts";
import { parseAmount, symbolOf, type Currency } from "../domain/money.ts";
import { COLUMNS_OF_WIDTH, layoutReceipt, receiptNoOfBarcode } from "../domain/receipt/layout.ts";
import type { SearchText } from "../sale-log/queries/history.ts";
import type { TillRoom } from "./room.ts";
import type { ReceiptDesk } from "./receipt-desk.ts";

type HistoryCalls = Pick<TillCalls, "history.page" | "history.sale">;

/** Every sale, found by what a returning customer can say. */
export function historyCalls(room: TillRoom, desk: ReceiptDesk): HistoryCalls {
  return {
    "history.page": (query) => {
      const { currency } = room.settings.get();
      const sales = room.log.history.page(query, readSearch(query.text, currency));
      const last = sales.at(-1);
      const nextBefore = sales.length === query.limit && last ? last.saleId : null;
      return { sales, nextBefore };
    },
    "history.sale": ({ saleId }) => {
      const { log, settings } = room;
      const head = log.history.head(saleId);
      const record = log.sales.record(saleId);
      const status = log.receipts.status(saleId);
      if (!head || !record || !status) throw new Refusal("NO_SUCH_SALE", { saleId });
      const columns = COLUMNS_OF_WIDTH[settings.get().widthMm];
      const next = desk.nextMark(saleId, record.cashier);
      const { state, cause, deferrals, deferredUntilMs, settledAtMs, settledBy, reason, handover } =
        status;
      return {
        head,
        columns,
        receipt: layoutReceipt(record, columns, { kind: "original" }),
        trail: log.history.trail(saleId),
        tenders: record.tenders,
        changeMinor: record.changeMinor,
        nextMark: next.kind,
        nextCopy: status.papers,
        status: {
          state,
          cause,
          deferrals,
          deferredUntilMs,
          settledAtMs,
          settledBy,
          reason,
          handover,
        },
      };
    },
  };
}

/** One box for everything: a slip's barcode, a number, an amount, a reference, a product. */
export function readSearch(text: string, currency: Currency): SearchText | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const bare = trimmed.replace(/^[#№]\s*/, "");
  const digits = /^\d{1,15}$/.test(bare) ? Number(bare) : null;
  const amount = trimmed.replace(/^[¥￥]\s*/, "").replace(symbolOf(currency), "");
  return {
    text: trimmed,
    receiptNo: receiptNoOfBarcode(trimmed.toUpperCase()) ?? digits,
    amountMinor: parseAmount(amount, currency),
  };
}
