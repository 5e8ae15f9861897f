import { useCallback, useState } from "react";
import type { ScanMeaning, ScannedGoods } from "../../../main/contract/scan.ts";
import type { Product } from "../../../main/contract/values.ts";
import { call, CallRefused } from "../../bridge/index.ts";
import { useBasketStore } from "./basket/basket-context.ts";
import { useTone } from "./sounds/use-tone.ts";

const ONE_MILLI = 1000;

/** Something scanned that could not be sold as it is. */
export type UnknownScan = Extract<ScanMeaning, { kind: "unknown" }>;

export interface Adding {
  /** What was scanned and is neither in the basket nor let go, oldest first. */
  unknown: readonly UnknownScan[];
  /** Lets the newest of them go. */
  dropUnknown: () => void;
  forgetUnknown: () => void;
  tellUnknown: (scan: UnknownScan) => void;
  addProduct: (product: Product) => void;
  addGoods: (goods: ScannedGoods) => void;
  addPriced: (priceMinor: number) => void;
  /** With no price typed: adds what the label of the newest unknown says. False when it says nothing. */
  takeOffer: (typed: string) => boolean;
}

/** Ways a line gets into the basket. Every one of them ends the view of the sale before. */
export function useAdding({ forgetCompleted }: { forgetCompleted: () => void }): Adding {
  const store = useBasketStore();
  const tone = useTone();
  const [unknown, setUnknown] = useState<readonly UnknownScan[]>([]);
  const dropUnknown = useCallback(() => setUnknown((all) => all.slice(0, -1)), []);
  const forgetUnknown = useCallback(() => setUnknown([]), []);

  const addGoods = useCallback(
    ({ product, quantityMilli, labelMinor }: ScannedGoods) => {
      forgetCompleted();
      store.dispatch({ type: "add", product, quantityMilli, labelMinor });
    },
    [forgetCompleted, store],
  );

  const addProduct = useCallback(
    (product: Product) => addGoods({ product, quantityMilli: ONE_MILLI, labelMinor: null }),
    [addGoods],
  );

  const tellUnknown = useCallback(
    (scan: UnknownScan) => {
      tone("unknown");
      forgetCompleted();
      setUnknown((all) => [...all, scan]);
    },
    [forgetCompleted, tone],
  );

  const addPriced = useCallback(
    (priceMinor: number) => {
      forgetCompleted();
      store.dispatch({ type: "addPriced", priceMinor, code: unknown.at(-1)?.code ?? "" });
      dropUnknown();
    },
    [forgetCompleted, store, unknown, dropUnknown],
  );

  const takeOffer = useCallback(
    (typed: string) => {
      const offer = unknown.at(-1)?.offer ?? null;
      if (typed.trim() !== "" || offer === null) return false;
      dropUnknown();
      addGoods(offer);
      return true;
    },
    [unknown, dropUnknown, addGoods],
  );

  return {
    takeOffer,
    unknown,
    dropUnknown,
    forgetUnknown,
    tellUnknown,
    addProduct,
    addGoods,
    addPriced,
  };
}

/** What a code means; null when the till did not answer, which says nothing about the code. */
export async function meaningOf(code: string): Promise<ScanMeaning | null> {
  try {
    return (await call("catalogue.find", { code })).meaning;
  } catch (error) {
    if (error instanceof CallRefused) return null;
    throw error;
  }
}
