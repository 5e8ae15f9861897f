import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { Starting } from "../frame/starting.tsx";
import { ReminderProvider } from "../reminder/reminder-provider.tsx";
import { BasketContext } from "./basket/basket-context.ts";
import { BasketStore } from "./basket/basket-store.ts";
import { sellMemory } from "./basket/sell-memory.ts";
import { useRestoredBasket } from "./basket/use-restored-basket.ts";
import { SellingElsewhere } from "./seat/selling-elsewhere.tsx";
import { useSeat } from "./seat/use-seat.ts";
import { SellContext } from "./sell-context.ts";
import { useSellValue } from "./use-sell-value.ts";

/**
 * Basket, reminder and scanner live above the screens, so that going to another one loses nothing. Only one window
 * of the till has them.
 */
export function SellProvider({ children }: { children: ReactNode }) {
  const storeRef = useRef<BasketStore>(null);
  const { seat, takeSeat } = useSeat(async () => storeRef.current?.rest());
  const open = useCallback((store: BasketStore) => {
    storeRef.current = store;
  }, []);
  if (seat === "asking") return <Starting />;
  if (seat === "elsewhere") return <SellingElsewhere onTake={takeSeat} />;
  return <Counter onOpen={open}>{children}</Counter>;
}

/** With a basket of its own each time this window takes its seat: another one may have sold in between. */
function Counter({
  onOpen,
  children,
}: {
  onOpen: (store: BasketStore) => void;
  children: ReactNode;
}) {
  const [store] = useState(() => new BasketStore(sellMemory(sessionStorage)));
  useEffect(() => onOpen(store), [onOpen, store]);
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
