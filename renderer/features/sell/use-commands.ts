import type { RefusalBody } from "../../../main/contract/refusals.ts";
import type { PricedBasket, Tender, TenderMethod } from "../../../main/domain/sale.ts";
import { useBasketStore } from "./basket/basket-context.ts";
import type { Command } from "./keys/keymap.ts";
import type { SellDialog } from "./sell-context.ts";
import type { Adding } from "./use-adding.ts";
import { useCash } from "./use-cash.ts";
import { usePrintLast } from "./use-print-last.ts";
import { useTyped } from "./use-typed.ts";

/** What each key of the sell screen does with what stands in the entry field. */
export function useCommands({
  entry,
  setEntry,
  setDialog,
  startPay,
  complete,
  isMeant,
  priced,
  adding,
}: {
  entry: string;
  setEntry: (entry: string) => void;
  setDialog: (dialog: SellDialog | null) => void;
  startPay: (method: TenderMethod) => void;
  complete: (tenders: Tender[]) => Promise<RefusalBody | null>;
  isMeant: (tenders: readonly Tender[]) => Promise<boolean>;
  priced: PricedBasket;
  adding: Adding;
}): (command: Command) => void {
  const store = useBasketStore();
  const typed = useTyped();
  const printLast = usePrintLast();
  const payCash = useCash({ priced, startPay, complete, isMeant });

  /** What was typed stays when it can't be done. */
  const withAmount = (act: (amountMinor: number) => boolean) => {
    const amountMinor = typed.amount(entry);
    if (amountMinor !== null && act(amountMinor)) setEntry("");
  };

  const setQuantity = () => {
    const quantityMilli = typed.quantity(entry);
    if (quantityMilli === null) return;
    if (store.dispatch({ type: "setQuantity", quantityMilli })) setEntry("");
  };

  const escape = () => {
    if (entry !== "") setEntry("");
    else if (adding.unrung.length > 0) adding.dismissUnrung();
    else store.dispatch({ type: "unchoose" });
  };

  const run = (command: Command): void => {
    switch (command) {
      case "pay":
        return startPay("cash");
      case "cash":
        return void payCash(entry.trim() === "" ? undefined : typed.amount(entry));
      case "wechat":
      case "alipay":
      case "card":
        return startPay(command);
      case "quantity":
        return setQuantity();
      case "discount":
        return withAmount((discountMinor) =>
          store.dispatch({ type: "setLineDiscount", discountMinor }),
        );
      case "priced":
        return adding.takeOffer(entry) ? undefined : withAmount(adding.addPriced);
      case "remove":
        return void store.dispatch({ type: "remove" });
      case "clear":
        return store.get().basket.lines.length === 0 ? undefined : setDialog("clear");
      case "up":
        return void store.dispatch({ type: "move", by: -1 });
      case "down":
        return void store.dispatch({ type: "move", by: 1 });
      case "search":
        return setEntry("");
      case "printLast":
        return printLast();
      case "cashier":
      case "help":
        return setDialog(command);
      case "escape":
        return escape();
    }
  };
  return run;
}
