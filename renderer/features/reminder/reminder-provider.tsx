import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import type { TillStatus } from "../../../main/contract/status.ts";
import { useStatus } from "../../bridge/index.ts";
import { useRoute } from "../../routing.ts";
import { useBasketState } from "../sell/basket/basket-context.ts";
import { ReminderContext } from "./reminder-context.ts";
import { isAnyMoving, sheetOf, type Raised, type ReminderReason } from "./sheet-of.ts";

/** How long "it is out" is shown before the screen goes on. */
const SETTLED_SHOWN_MS = 1_400;
const NONE: readonly number[] = [];

/**
 * Decides when the reminder is shown; what is owed comes from the status only, so a reload changes
 * nothing. It comes by itself at natural seams: never while lines are in the basket, then only
 * on completing. Once shown it stays until its receipt is accounted for or put off.
 */
export function ReminderProvider({ children }: { children: ReactNode }) {
  const status = useStatus();
  const isSelling = useRoute().page === "sell";
  const isBasketEmpty = useBasketState().basket.lines.length === 0;
  const [raised, setRaised] = useState<Raised | null>(null);
  const [printing, setPrinting] = useState(NONE);

  const open = useCallback(
    (saleId: number, reason: ReminderReason) => setRaised({ saleId, reason }),
    [],
  );
  const openBacklog = useCallback(() => setRaised({ saleId: null, reason: "asked" }), []);
  const close = useCallback(() => {
    setRaised(null);
    setPrinting(NONE);
  }, []);

  const atSeam = isSelling && isBasketEmpty ? status.reminder : null;
  if (raised === null && atSeam !== null) setRaised({ saleId: atSeam, reason: "seam" });

  const sheet = useMemo(
    () => sheetOf({ raised, printing, status, isSelling }),
    [raised, printing, status, isSelling],
  );
  // From here on it is about all of them: none of its receipts is reminded of by itself when it goes.
  if (sheet?.kind === "backlog" && raised !== null && raised.saleId !== null)
    setRaised({ ...raised, saleId: null });
  const isBacklogPrinting = isAnyMoving(printing, status.rail);
  const owed = status.rail.find((item) => item.saleId === raised?.saleId) ?? null;

  // What was raised is over: a receipt that is accounted for is shown for a moment longer.
  const isSettled = sheet?.kind === "receipt" && owed === null;
  const isOver = raised !== null && raised.saleId === null && sheet === null;
  // Put off, from here or by another window: what was scanned meanwhile would wait for an answer already given.
  const isPutOff = raised !== null && raised.reason !== "asked" && isDeferred(owed);
  useEffect(() => {
    if (!isSettled && !isOver && !isPutOff) return;
    const timer = setTimeout(close, isSettled ? SETTLED_SHOWN_MS : 0);
    return () => clearTimeout(timer);
  }, [isSettled, isOver, isPutOff, close]);

  const holds = sheet?.kind === "backlog" ? status.reminder !== null : owed?.holdsNextSale;
  const mustStay = isSelling && isBasketEmpty && holds === true;
  const canClose = raised?.reason === "asked" && !mustStay;
  const value = useMemo(
    () => ({
      sheet,
      canClose,
      open,
      openBacklog,
      stayWhilePrinting: setPrinting,
      isBacklogPrinting,
      close,
    }),
    [sheet, canClose, open, openBacklog, isBacklogPrinting, close],
  );
  return <ReminderContext value={value}>{children}</ReminderContext>;
}

/** Stuck, and yet it holds nothing back for now. */
function isDeferred(owed: TillStatus["rail"][number] | null): boolean {
  if (owed === null || owed.deferredUntilMs === null || owed.holdsNextSale) return false;
  return owed.state !== "due" && owed.state !== "printing";
}
