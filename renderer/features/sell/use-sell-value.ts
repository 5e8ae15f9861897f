import { useCallback, useMemo, useState } from "react";
import type { TenderMethod } from "../../../main/domain/sale.ts";
import { COLUMNS_OF_WIDTH } from "../../../main/domain/receipt/layout.ts";
import { priceBasket } from "../../../main/domain/sale.ts";
import { useSettings, useStatus } from "../../bridge/index.ts";
import { useReminder } from "../reminder/reminder-context.ts";
import { useBasketState, useBasketStore } from "./basket/basket-context.ts";
import type { Sell, SellDialog } from "./sell-context.ts";
import { useAdding } from "./use-adding.ts";
import { useCommands } from "./use-commands.ts";
import { useCompletion } from "./use-completion.ts";
import { useScanRouting } from "./use-scan-routing.ts";

/** Everything the sell screen's parts share. */
export function useSellValue(): Sell {
  const store = useBasketStore();
  const state = useBasketState();
  const { taxMode, widthMm } = useSettings();
  const status = useStatus();
  const reminder = useReminder();
  const [entry, setEntry] = useState("");
  const [dialog, setDialog] = useState<SellDialog | null>(null);
  const [payMethod, setPayMethod] = useState<TenderMethod>("cash");
  const priced = useMemo(() => priceBasket(state.basket, taxMode), [state.basket, taxMode]);
  const completion = useCompletion({ priced, columns: COLUMNS_OF_WIDTH[widthMm] });
  const adding = useAdding({ forgetCompleted: completion.forget });

  const startPay = useCallback(
    (method: TenderMethod) => {
      if (store.get().basket.lines.length === 0) return;
      if (status.reminder !== null) return reminder.open(status.reminder, "complete");
      setPayMethod(method);
      setDialog(status.cashier === null ? "cashier" : "pay");
    },
    [store, status.reminder, status.cashier, reminder],
  );

  const complete = useCallback<Sell["complete"]>(
    async (tenders) => {
      const refusal = await completion.complete(tenders);
      if (refusal === null) {
        setDialog(null);
        setEntry("");
        adding.forgetUnknown();
      } else if (refusal.code === "RECEIPT_OWED") {
        setDialog(null);
        const owed = refusal.details["saleId"];
        if (typeof owed === "number") reminder.open(owed, "complete");
      }
      return refusal;
    },
    [completion, reminder, adding],
  );

  const run = useCommands({ entry, setEntry, setDialog, startPay, complete, priced, adding });
  const scans = useScanRouting({ startPay, adding });

  return {
    state,
    priced,
    columns: COLUMNS_OF_WIDTH[widthMm],
    dispatch: store.dispatch,
    entry,
    setEntry,
    ...adding,
    completed: completion.completed,
    isCompleting: completion.isCompleting,
    scans,
    dialog,
    setDialog,
    payMethod,
    startPay,
    complete,
    run,
  };
}
