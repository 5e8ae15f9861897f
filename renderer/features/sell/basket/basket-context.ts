import { createContext, useContext, useSyncExternalStore } from "react";
import type { BasketState } from "./basket-reducer.ts";
import type { BasketStore } from "./basket-store.ts";

export const BasketContext = createContext<BasketStore | null>(null);

export function useBasketStore(): BasketStore {
  const store = useContext(BasketContext);
  if (!store) throw new Error("outside of SellProvider");
  return store;
}

export function useBasketState(): BasketState {
  const store = useBasketStore();
  return useSyncExternalStore(store.subscribe, store.get);
}
