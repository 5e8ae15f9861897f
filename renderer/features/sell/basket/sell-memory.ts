import type { Basket, Tender } from "../../../../main/domain/sale.ts";
import type { BasketAction } from "./basket-reducer.ts";

/** A sale that was asked for and not answered yet. */
export interface Attempt {
  requestId: string;
  /** What was asked: basket and tenders as text. */
  of: string;
  basket: Basket;
  tenders: Tender[];
}

/** What the counter must not forget when its page is loaded anew in the middle of a sale. */
export interface SellMemory {
  attempt: () => Attempt | null;
  keepAttempt: (attempt: Attempt | null) => void;
  /** What waits for the next customer, in order. */
  waiting: () => readonly BasketAction[];
  keepWaiting: (actions: readonly BasketAction[]) => void;
}

const ATTEMPT = "sell.attempt";
const WAITING = "sell.waiting";

/** Keeps it in this window's storage, which a reload leaves as it is. */
export function sellMemory(storage: Storage): SellMemory {
  const read = <T>(key: string, nothing: T): T => {
    try {
      return (JSON.parse(storage.getItem(key) ?? "null") as T | null) ?? nothing;
    } catch {
      return nothing;
    }
  };
  const write = (key: string, value: object | null) => {
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(value));
  };
  return {
    attempt: () => read<Attempt | null>(ATTEMPT, null),
    keepAttempt: (attempt) => write(ATTEMPT, attempt),
    waiting: () => read<readonly BasketAction[]>(WAITING, []),
    keepWaiting: (actions) => write(WAITING, actions.length === 0 ? null : actions),
  };
}
