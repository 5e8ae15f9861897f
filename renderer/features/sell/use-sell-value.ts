import { useCallback, useMemo, useState } from "react";
import type { TenderMethod } from "../../../main/domain/sale.ts";
import { priceBasket } from "../../../main/domain/sale.ts";
import { useSettings, useStatus } from "../../bridge/index.ts";
import { useReminder } from "../reminder/reminder-context.ts";
import { useBasketState, useBasketStore } from "./basket/basket-context.ts";
import type { Sell, SellDialog } from "./sell-context.ts";
import { useDoubts } from "./pay/use-doubts.ts";
import { useAdding } from "./use-adding.ts";
import { useCommands } from "./use-commands.ts";
import { useCompletion } from "./use-completion.ts";
import { useScanRouting } from "./use-scan-routing.ts";

/** Everything the sell screen's parts share. */
export function useSellValue(): Sell {
  const store = useBasketStore();
  const state = useBasketState();
  const { taxMode } = useSettings();
  const status = useStatus();
  const reminder = useReminder();
  const [entry, setEntry] = useState("");
  const [dialog, setDialog] = useState<SellDialog | null>(null);
  const [payMethod, setPayMethod] = useState<TenderMethod>("cash");
  const priced = useMemo(() => priceBasket(state.basket, taxMode), [state.basket, taxMode]);
  const completion = useCompletion({ expectedTotalMinor: priced.totalMinor });
  const adding = useAdding({ forgetCompleted: completion.forget });

  const startPay = useCallback(
    (method: TenderMethod) => {
      // A basket that is being sold is not paid for again.
      if (store.get().basket.lines.length === 0 || store.counter().isCommitting) return;
      if (status.reminder !== null) return reminder.open(status.reminder, "complete");
      setPayMethod(method);
      setDialog(status.cashier === null ? "cashier" : "pay");
    },
    [store, status.reminder, status.cashier, reminder],
  );

  const complete = useCallback<Sell["complete"]>(
    async (tenders) => {
      const { unrung } = adding;
      const refusal = await completion.complete(tenders);
      if (refusal === null) {
        // Only what was this customer's: the next one may be under way already.
        setDialog((now) => (now === "pay" ? null : now));
        setEntry((now) => (now === entry ? "" : now));
        adding.forgetUnrung(unrung);
      } else if (refusal.code === "RECEIPT_OWED") {
        setDialog((now) => (now === "pay" ? null : now));
        const owed = refusal.details["saleId"];
        if (typeof owed === "number") reminder.open(owed, "complete");
      }
      return refusal;
    },
    [completion, reminder, adding, entry],
  );

  const doubts = useDoubts(priced);
  const { isMeant } = doubts;

  const run = useCommands({
    entry,
    setEntry,
    setDialog,
    startPay,
    complete,
    isMeant,
    priced,
    adding,
  });
  const scans = useScanRouting({ startPay, adding });

  return {
    state,
    priced,
    dispatch: store.dispatch,
    entry,
    setEntry,
    ...adding,
    completed: completion.completed,
    isCompleting: completion.isCommitting,
    ...doubts,
    scans,
    waitingScans: scans.waiting + completion.waiting,
    dialog,
    setDialog,
    payMethod,
    startPay,
    complete,
    run,
  };
}
