import { useState, type ReactNode } from "react";
import { ReminderProvider } from "../reminder/reminder-provider.tsx";
import { BasketContext } from "./basket/basket-context.ts";
import { BasketStore } from "./basket/basket-store.ts";
import { sellMemory } from "./basket/sell-memory.ts";
import { SellContext } from "./sell-context.ts";
import { useRestoredBasket } from "./basket/use-restored-basket.ts";
import { useSellValue } from "./use-sell-value.ts";

/** Basket, reminder and scanner live above the screens, so that going to another one loses nothing. */
export function SellProvider({ children }: { children: ReactNode }) {
  const [store] = useState(() => new BasketStore(sellMemory(sessionStorage)));
  useRestoredBasket(store);
  return (
    <BasketContext value={store}>
      <ReminderProvider>
        <SellValue>{children}</SellValue>
      </ReminderProvider>
    </BasketContext>
  );
}

function SellValue({ children }: { children: ReactNode }) {
  return <SellContext value={useSellValue()}>{children}</SellContext>;
}
