import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { useStatus } from "../../bridge/index.ts";
import { useRoute } from "../../routing.ts";
import { useBasketState } from "../sell/basket/basket-context.ts";
import { ReminderContext, type ReminderReason } from "./reminder-context.ts";

/** How long "it is out" is shown before the screen goes on. */
const SETTLED_SHOWN_MS = 1_400;

/**
 * Decides when the reminder is shown; what is owed comes from the status only, so a reload changes
 * nothing. It comes by itself at natural seams: never while lines are in the basket, then only
 * on completing (research: product §4.4). Once shown it stays until its receipt is accounted for.
 */
export function ReminderProvider({ children }: { children: ReactNode }) {
  const status = useStatus();
  const isSelling = useRoute().page === "sell";
  const isBasketEmpty = useBasketState().basket.lines.length === 0;
  const [shown, setShown] = useState<{ saleId: number; reason: ReminderReason } | null>(null);

  const open = useCallback(
    (saleId: number, reason: ReminderReason) => setShown({ saleId, reason }),
    [],
  );
  const close = useCallback(() => setShown(null), []);

  const atSeam = isSelling && isBasketEmpty ? status.reminder : null;
  if (shown === null && atSeam !== null) setShown({ saleId: atSeam, reason: "seam" });

  const owed = status.rail.find((item) => item.saleId === shown?.saleId) ?? null;
  const isSettled = shown !== null && owed === null;
  useEffect(() => {
    if (!isSettled) return;
    const timer = setTimeout(close, SETTLED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isSettled, close]);

  const isHidden = shown !== null && !isSelling && shown.reason !== "asked";
  const saleId = shown === null || isHidden ? null : shown.saleId;
  const mustStay = isSelling && isBasketEmpty && (owed?.holdsNextSale ?? false);
  const canClose = shown?.reason === "asked" && !mustStay;
  const value = useMemo(() => ({ saleId, canClose, open, close }), [saleId, canClose, open, close]);
  return <ReminderContext value={value}>{children}</ReminderContext>;
}
