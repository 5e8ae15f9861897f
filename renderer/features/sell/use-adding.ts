import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Product } from "../../../main/contract/values.ts";
import { call } from "../../bridge/index.ts";
import { toast } from "../../ui/index.ts";
import { useBasketStore } from "./basket/basket-context.ts";
import type { BasketProblem } from "./basket/basket-reducer.ts";
import { useTone } from "./sounds/use-tone.ts";

const ONE_MILLI = 1000;

/** Something that lies on the counter and is not in the basket; said until it is priced or let go. */
export interface Unrung {
  id: number;
  code: string;
  /** As it stands on the screen. */
  name: string;
  why: "unknown" | BasketProblem;
}

export interface Adding {
  /** Oldest first. */
  unrung: readonly Unrung[];
  /** Lets go of the oldest. */
  dismissUnrung: () => void;
  /** Lets go of these: their customer has gone. */
  forgetUnrung: (gone: readonly Unrung[]) => void;
  addProduct: (product: Product) => void;
  addCode: (code: string) => Promise<boolean>;
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
          return leaveOut({ code, name: nameZh || nameEn || code, why: problem });
        }
        tone("unknown");
        toast("wait", t(`problem.${problem}`));
      }),
    [store, leaveOut, tone, t],
  );

  const addProduct = useCallback(
    (product: Product) => {
      forgetCompleted();
      return store.dispatch({ type: "add", product, quantityMilli: ONE_MILLI });
    },
    [forgetCompleted, store],
  );

  const addCode = useCallback(
    async (code: string) => {
      const found = await call("catalogue.find", { code }).catch(() => ({ product: null }));
      if (found.product) {
        if (addProduct(found.product)) tone("scanned");
        return true;
      }
      forgetCompleted();
      leaveOut({ code, name: code, why: "unknown" });
      return false;
    },
    [addProduct, forgetCompleted, leaveOut, tone],
  );

  const addPriced = useCallback(
    (priceMinor: number) => {
      forgetCompleted();
      const unknown = unrung.find(({ why }) => why === "unknown");
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

  return { unrung, dismissUnrung, forgetUnrung, addProduct, addCode, addPriced };
}
