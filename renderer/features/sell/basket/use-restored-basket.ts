import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "../../../ui/index.ts";
import type { BasketStore } from "./basket-store.ts";

/** Brings back what was in the basket before a reload or a crash, and says so; also what became of a sale under way. */
export function useRestoredBasket(store: BasketStore): void {
  const { t } = useTranslation("sell");
  useEffect(() => {
    void store.resume().then(
      ({ lines, attempt }) => {
        if (attempt?.kind === "sold") toast("go", t("soldMeanwhile", attempt.sale));
        if (lines > 0) toast("plain", t("restored", { count: lines }));
      },
      () => undefined,
    );
    // oxlint-disable-next-line exhaustive-deps -- once, in whatever language the page starts
  }, [store]);
}
