import { useCallback, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { RefusalBody } from "../../../main/contract/refusals.ts";
import { priceBasket, type Tender } from "../../../main/domain/sale.ts";
import { useSetStatus, useSettings } from "../../bridge/index.ts";
import { toast, useFormat } from "../../ui/index.ts";
import { useBasketStore } from "./basket/basket-context.ts";
import type { Sold } from "./basket/completing.ts";
import type { CompletedSale } from "./sell-context.ts";
import { useReceiptLook } from "./strip/use-receipt-look.ts";

/** Completing as the screen sees it; the basket store owns it and makes sure that it happens once. */
export function useCompletion({ expectedTotalMinor }: { expectedTotalMinor: number }) {
  const { t } = useTranslation("sell");
  const store = useBasketStore();
  const { taxMode } = useSettings();
  const look = useReceiptLook();
  const setStatus = useSetStatus();
  const format = useFormat();
  const [completed, setCompleted] = useState<CompletedSale | null>(null);
  const counter = useSyncExternalStore(store.subscribe, store.counter);

  const show = useCallback(
    ({ sale, status, basket, tenders, isEarlier }: Sold) => {
      setCompleted({ ...sale, strip: look.sold(priceBasket(basket, taxMode), tenders, sale) });
      if (status !== null) setStatus(status);
      const { saleId } = sale;
      if (isEarlier)
        toast("wait", t("soldBefore", { saleId }), {
          detail: t("soldBeforeDetail", { amount: format.money(sale.totalMinor) }),
        });
      // The next customer's goods have taken the place of the change.
      else if (sale.changeMinor > 0 && store.get().basket.lines.length > 0)
        toast("plain", t("changeOf", { saleId, amount: format.money(sale.changeMinor) }));
    },
    [look, taxMode, setStatus, store, t, format],
  );

  const complete = useCallback(
    async (tenders: Tender[]): Promise<RefusalBody | null> => {
      const completion = await store.complete({ tenders, expectedTotalMinor });
      if (completion.kind === "refused") return completion.refusal;
      show(completion);
      return null;
    },
    [store, expectedTotalMinor, show],
  );

  const forget = useCallback(() => setCompleted(null), []);
  return { complete, completed, ...counter, forget };
}
