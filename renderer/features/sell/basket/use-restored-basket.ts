import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../../bridge/index.ts";
import { toast } from "../../../ui/index.ts";
import type { BasketStore } from "./basket-store.ts";

/** Brings back what was in the basket before a reload or a crash, and says so. */
export function useRestoredBasket(store: BasketStore): void {
  const { t } = useTranslation("sell");
  useEffect(() => {
    let isStale = false;
    void call("basket.get", {}).then(
      ({ basket }) => {
        if (isStale || basket.lines.length === 0 || store.get().basket.lines.length > 0) return;
        store.dispatch({ type: "restore", basket });
        toast("plain", t("restored", { count: basket.lines.length }));
      },
      () => undefined,
    );
    return () => {
      isStale = true;
    };
    // oxlint-disable-next-line exhaustive-deps -- once, in whatever language the page starts
  }, [store]);
}
