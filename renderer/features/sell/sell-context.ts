import { createContext, useContext } from "react";
import type { RefusalBody } from "../../../main/contract/refusals.ts";
import type { Product } from "../../../main/contract/values.ts";
import type { PricedBasket, Tender, TenderMethod } from "../../../main/domain/sale.ts";
import type { BasketAction, BasketState } from "./basket/basket-reducer.ts";
import type { Command } from "./keys/keymap.ts";
import type { Strip } from "./strip/receipt-look.ts";

/** The sale just completed: its change stays in sight until the next scan. */
export interface CompletedSale {
  saleId: number;
  totalMinor: number;
  changeMinor: number;
  /** Its receipt, on the way into the slot. */
  strip: Strip;
}

export type SellDialog = "pay" | "cashier" | "help" | "clear";

export interface Sell {
  state: BasketState;
  priced: PricedBasket;
  dispatch: (action: BasketAction) => void;
  entry: string;
  setEntry: (entry: string) => void;
  /** A scanned code nobody knows, until it is priced or let go. */
  unknownCode: string | null;
  setUnknownCode: (code: string | null) => void;
  addProduct: (product: Product) => void;
  /** Adds what a code stands for; false when it is unknown. */
  addCode: (code: string) => Promise<boolean>;
  completed: CompletedSale | null;
  /** Scans that wait for a dialog or the reminder to go. */
  waitingScans: number;
  dialog: SellDialog | null;
  setDialog: (dialog: SellDialog | null) => void;
  payMethod: TenderMethod;
  /** Opens the pay dialog, or the reminder when a receipt is owed, or says what is missing. */
  startPay: (method: TenderMethod) => void;
  /** Completes the sale; the refusal when the till says no. */
  complete: (tenders: Tender[]) => Promise<RefusalBody | null>;
  isCompleting: boolean;
  run: (command: Command) => void;
}

export const SellContext = createContext<Sell | null>(null);

export function useSell(): Sell {
  const sell = useContext(SellContext);
  if (!sell) throw new Error("outside of SellProvider");
  return sell;
}
