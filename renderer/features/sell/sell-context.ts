import { createContext, useContext } from "react";
import type { RefusalBody } from "../../../main/contract/refusals.ts";
import type { PricedBasket, Tender, TenderMethod } from "../../../main/domain/sale.ts";
import type { BasketAction, BasketState } from "./basket/basket-reducer.ts";
import type { Command } from "./keys/keymap.ts";
import type { Question } from "./pay/use-doubts.ts";
import type { Strip } from "./strip/receipt-look.ts";
import type { Adding } from "./use-adding.ts";
import type { Scans } from "./use-scan-routing.ts";

/** The sale just completed: its change stays in sight until the next scan. */
export interface CompletedSale {
  saleId: number;
  totalMinor: number;
  changeMinor: number;
  /** Its receipt, on the way into the slot. */
  strip: Strip;
}

export type SellDialog = "pay" | "cashier" | "help" | "clear";

export interface Sell extends Omit<Adding, "addPriced" | "takeOffer" | "tellUnknown"> {
  state: BasketState;
  priced: PricedBasket;
  /** False when it can't be done; why is said by itself. */
  dispatch: (action: BasketAction) => boolean;
  entry: string;
  setEntry: (entry: string) => void;
  completed: CompletedSale | null;
  /** Scans that wait for a dialog or the reminder to go, or for the sale before them. */
  waitingScans: number;
  scans: Scans;
  dialog: SellDialog | null;
  setDialog: (dialog: SellDialog | null) => void;
  payMethod: TenderMethod;
  /** Opens the pay dialog, or the reminder when a receipt is owed, or says what is missing. */
  startPay: (method: TenderMethod) => void;
  /** Completes the sale; the refusal when the till says no. */
  complete: (tenders: Tender[]) => Promise<RefusalBody | null>;
  isCompleting: boolean;
  /** True when a payment can be meant, or a person says that it is. To be asked before `complete`. */
  isMeant: (tenders: readonly Tender[]) => Promise<boolean>;
  /** What a person is being asked about the payment. */
  question: Question | null;
  run: (command: Command) => void;
}

export const SellContext = createContext<Sell | null>(null);

export function useSell(): Sell {
  const sell = useContext(SellContext);
  if (!sell) throw new Error("outside of SellProvider");
  return sell;
}
