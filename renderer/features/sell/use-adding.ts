import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScanMeaning, ScannedGoods } from "../../../main/contract/scan.ts";
import type { Product } from "../../../main/contract/values.ts";
import { call, CallRefused } from "../../bridge/index.ts";
import { toast } from "../../ui/index.ts";
import { useBasketStore } from "./basket/basket-context.ts";
import type { BasketProblem } from "./basket/basket-reducer.ts";
import { useTone } from "./sounds/use-tone.ts";

const ONE_MILLI = 1000;

/** A code that was read and can't be sold as it is. */
export type UnknownScan = Extract<ScanMeaning, { kind: "unknown" }>;

/** Something that lies on the counter and is not in the basket; said until it is priced or let go. */
export interface Unrung {
  id: number;
  code: string;
  /** As it stands on the screen. */
  name: string;
  why: UnknownScan["why"] | BasketProblem;
  /** True for a code without article, which can be sold at a typed price. */
  isUnknown: boolean;
  /** What a label that was not read cleanly says, for the cashier to compare. */
  offer: ScannedGoods | null;
}

export interface Adding {
  /** Oldest first. */
  unrung: readonly Unrung[];
  /** Lets go of the oldest. */
  dismissUnrung: () => void;
  /** Lets go of these: their customer has gone. */
  forgetUnrung: (gone: readonly Unrung[]) => void;
  addProduct: (product: Product) => void;
  /** False when the basket can't take it, which is said by itself. */
  addGoods: (goods: ScannedGoods) => boolean;
  tellUnknown: (scan: UnknownScan) => void;
  /** With no price typed: adds what the label of the oldest unknown says. False when it says nothing. */
  takeOffer: (typed: string) => boolean;
  /** Adds a line at a typed price, for the oldest unknown code if there is one; false when it can't be. */
  addPriced: (priceMinor: number) => boolean;
}

let lastId = 0;

/** Ways a line gets into the basket. Every one of them ends the view of the sale before. */
export function useAdding({ forgetCompleted }: { forgetCompleted: () => void }): Adding {
  const { t } = useTranslation("sell");
  const store = useBasketStore();
  const tone = useTone();
  const [unrung, setUnrung] = useState<readonly Unrung[]>([]);

  const leaveOut = useCallback(
    (left: Omit<Unrung, "id">) => {
      lastId += 1;
      const id = lastId;
      tone("unknown");
      setUnrung((now) => [...now, { id, ...left }]);
    },
    [tone],
  );

  // Whatever can't be done is said, also when it comes out only with the next customer's turn.
  useEffect(
    () =>
      store.onProblem((problem, action) => {
        if (action.type === "add") {
          const { code, nameZh, nameEn } = action.product;
          const name = nameZh || nameEn || code;
          return leaveOut({ code, name, why: problem, isUnknown: false, offer: null });
        }
        tone("unknown");
        toast("wait", t(`problem.${problem}`));
      }),
    [store, leaveOut, tone, t],
  );

  const addGoods = useCallback(
    ({ product, quantityMilli, labelMinor }: ScannedGoods) => {
      forgetCompleted();
      return store.dispatch({ type: "add", product, quantityMilli, labelMinor });
    },
    [forgetCompleted, store],
  );

  const addProduct = useCallback(
    (product: Product) => addGoods({ product, quantityMilli: ONE_MILLI, labelMinor: null }),
    [addGoods],
  );

  const tellUnknown = useCallback(
    ({ why, code, shown, offer }: UnknownScan) => {
      forgetCompleted();
      leaveOut({ code, name: shown, why, isUnknown: true, offer });
    },
    [forgetCompleted, leaveOut],
  );

  const addPriced = useCallback(
    (priceMinor: number) => {
      forgetCompleted();
      const unknown = unrung.find(({ isUnknown }) => isUnknown);
      const isDone = store.dispatch({ type: "addPriced", priceMinor, code: unknown?.code ?? "" });
      if (isDone && unknown) setUnrung((now) => now.filter((each) => each !== unknown));
      return isDone;
    },
    [forgetCompleted, store, unrung],
  );

  const dismissUnrung = useCallback(() => setUnrung((now) => now.slice(1)), []);
  const forgetUnrung = useCallback(
    (gone: readonly Unrung[]) => setUnrung((now) => now.filter((each) => !gone.includes(each))),
    [],
  );

  const takeOffer = useCallback(
    (typed: string) => {
      const unknown = unrung.find(({ isUnknown }) => isUnknown);
      const offer = unknown?.offer ?? null;
      if (typed.trim() !== "" || unknown === undefined || offer === null) return false;
      if (addGoods(offer)) forgetUnrung([unknown]);
      return true;
    },
    [unrung, forgetUnrung, addGoods],
  );

  const told = { unrung, dismissUnrung, forgetUnrung, tellUnknown };
  return { ...told, addProduct, addGoods, addPriced, takeOffer };
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
