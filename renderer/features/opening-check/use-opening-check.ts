import { useEffect, useSyncExternalStore } from "react";
import { useStatus } from "../../bridge/index.ts";
import { useBasketState } from "../sell/basket/basket-context.ts";
import { isDue, type Seen } from "./is-due.ts";

let seen: Seen = { day: "none", start: "none" };
const listeners = new Set<() => void>();

function remember(next: Seen): void {
  if (next.day === seen.day && next.start === seen.start) return;
  seen = next;
  for (const listener of listeners) listener();
}

function onSeen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export interface OpeningCheck {
  isShown: boolean;
  /** Read; only its number stays in the status bar until the next opening. */
  close: () => void;
}

/**
 * Shown when the till starts and before the first sale of a day, while nothing is in the basket. What was
 * read is known for as long as the page is open.
 */
export function useOpeningCheck(): OpeningCheck {
  const { warnings, day, newestSaleId } = useStatus();
  const isBasketEmpty = useBasketState().basket.lines.length === 0;
  const known = useSyncExternalStore(onSeen, () => seen);
  // Until the next sale it is the same opening.
  const opening = day === null ? String(newestSaleId) : null;

  // Selling has begun: the start is over. A day without a sale goes on asking.
  useEffect(() => {
    if (!isBasketEmpty) remember({ ...seen, start: "seen" });
  }, [isBasketEmpty]);

  return {
    isShown: isBasketEmpty && warnings.length > 0 && isDue(known, opening),
    close: () => remember({ day: opening ?? seen.day, start: "seen" }),
  };
}
