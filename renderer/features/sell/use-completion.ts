import { useCallback, useRef, useState } from "react";
import type { RefusalBody } from "../../../main/contract/refusals.ts";
import type { PricedBasket, Tender } from "../../../main/domain/sale.ts";
import { callSafely, CallRefused, newRequestId, useSetStatus } from "../../bridge/index.ts";
import { useBasketStore } from "./basket/basket-context.ts";
import type { CompletedSale } from "./sell-context.ts";
import { useReceiptLook } from "./strip/use-receipt-look.ts";

/**
 * Completes a sale once. While no answer has come, the same basket and tenders keep the same request
 * id, however often the cashier presses: the till then answers with the sale it already has.
 */
export function useCompletion({ priced }: { priced: PricedBasket }) {
  const store = useBasketStore();
  const look = useReceiptLook();
  const setStatus = useSetStatus();
  const [completed, setCompleted] = useState<CompletedSale | null>(null);
  const [isCompleting, setCompleting] = useState(false);
  const isBusy = useRef(false);
  const unanswered = useRef<{ requestId: string; of: string } | null>(null);

  const complete = useCallback(
    async (tenders: Tender[]): Promise<RefusalBody | null> => {
      if (isBusy.current) return null;
      isBusy.current = true;
      setCompleting(true);
      const { basket } = store.get();
      const of = JSON.stringify([basket, tenders]);
      const same = unanswered.current?.of === of ? unanswered.current.requestId : null;
      const requestId = same ?? newRequestId();
      unanswered.current = { requestId, of };
      try {
        await store.flush();
        const input = { requestId, basket, tenders, expectedTotalMinor: priced.totalMinor };
        const sale = await callSafely("sale.complete", input);
        unanswered.current = null;
        const strip = look.sold(priced, tenders, sale);
        store.dispatch({ type: "clear" });
        setCompleted({ ...sale, strip });
        setStatus(sale.status);
        return null;
      } catch (error) {
        if (!(error instanceof CallRefused)) throw error;
        if (!error.isOffline) unanswered.current = null;
        return error.refusal;
      } finally {
        isBusy.current = false;
        setCompleting(false);
      }
    },
    [store, priced, look, setStatus],
  );

  const forget = useCallback(() => setCompleted(null), []);
  return { complete, completed, isCompleting, forget };
}
