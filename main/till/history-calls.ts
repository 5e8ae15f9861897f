import type { TillCalls } from "../contract/calls.ts";
import type { HistoryQuery } from "../contract/history.ts";
import { MOST } from "../contract/limits.ts";
import { Refusal } from "../contract/refusals.ts";
import { layoutReceipt } from "../domain/receipt/layout.ts";
import { readSearch } from "../sale-log/queries/search-text.ts";
import { receiptAssets } from "./logos.ts";
import { paperProfile } from "./paper-profile.ts";
import type { PrinterRoom } from "./printer-room.ts";
import type { TillRoom } from "./room.ts";
import type { ReceiptDesk } from "./receipt-desk.ts";

type HistoryCalls = Pick<
  TillCalls,
  "history.page" | "history.sale" | "history.seek" | "history.cashiers"
>;

/** Every sale, found by what a returning customer can say. */
export function historyCalls(
  room: TillRoom,
  desk: ReceiptDesk,
  printers: PrinterRoom,
): HistoryCalls {
  return {
    "history.page": (query) => {
      const { text, before, limit, ...limits } = query;
      const words = readSearch(text, room.settings.get());
      // Whoever looks at the history will look for something in it.
      room.reader.warmUp();
      if (words.length > 0 || isLimited(limits))
        return room.reader.ask("search", { words, before, limit, ...limits });
      const sales = room.log.history.latest(before, limit);
      const last = sales.at(-1);
      const nextBefore = sales.length === limit && last ? last.saleId : null;
      return { sales, nextBefore, building: null };
    },
    "history.seek": ({ atMs }) => ({ saleId: room.log.history.newestAt(atMs) }),
    "history.cashiers": () => ({ names: room.log.history.people(MOST.people) }),
    "history.sale": ({ saleId }) => {
      const { log, settings } = room;
      const head = log.history.head(saleId);
      const record = log.sales.record(saleId);
      const status = log.receipts.status(saleId);
      if (!head || !record || !status) throw new Refusal("NO_SUCH_SALE", { saleId });
      const { columns } = paperProfile(printers.receipt, settings.get().widthMm);
      const next = desk.nextMark(saleId, record.cashier);
      const { state, cause, deferrals, deferredUntilMs, settledAtMs, settledBy, reason, handover } =
        status;
      return {
        head,
        columns,
        receipt: layoutReceipt(
          record,
          columns,
          { kind: "original" },
          receiptAssets(room),
          log.sales.proofCode(saleId),
        ),
        ...log.history.trail(saleId, MOST.trail),
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

/** True when not every sale will do. */
function isLimited({ state, ...limits }: Omit<HistoryQuery, "text" | "before" | "limit">): boolean {
  return state !== "any" || Object.values(limits).some((limit) => limit !== null);
}
