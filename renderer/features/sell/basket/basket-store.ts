import { call } from "../../../bridge/call.ts";
import {
  EMPTY_BASKET,
  reduceBasket,
  type BasketAction,
  type BasketState,
} from "./basket-reducer.ts";

const KEEP_AFTER_MS = 120;

export interface BasketStore {
  get: () => BasketState;
  dispatch: (action: BasketAction) => void;
  subscribe: (listener: () => void) => () => void;
  /** Writes what has changed now; to be awaited before the basket is completed. */
  flush: () => Promise<void>;
}

/**
 * The basket outside of React, so that changing screens, scans and timers all see the same one. Every
 * change reaches the till within 120 ms and is there again after a reload or a crash.
 */
export function createBasketStore(): BasketStore {
  let state = EMPTY_BASKET;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const listeners = new Set<() => void>();

  const keep = async () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    // A lost answer is no harm: the next change, or the sale itself, carries the whole basket.
    await call("basket.keep", { basket: state.basket }).catch(() => undefined);
  };

  return {
    get: () => state,
    dispatch: (action) => {
      const before = state;
      state = reduceBasket(state, action);
      if (state === before) return;
      const isOwnChange = state.basket !== before.basket && action.type !== "restore";
      if (isOwnChange) timer ??= setTimeout(() => void keep(), KEEP_AFTER_MS);
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    flush: async () => {
      if (timer !== null) await keep();
    },
  };
}
