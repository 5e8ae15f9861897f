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
  why: UnknownScan["why"] | BasketProblem | "openPrice";
  /** True for what the next typed price is for: a code without article, or goods without a price. */
  takesPrice: boolean;
  /** What a label that was not read cleanly says, for the cashier to compare. */
  offer: ScannedGoods | null;
  /** Goods that are sold at the typed price. */
  goods: ScannedGoods | null;
}

export interface Adding {
  /** Oldest first. */
  unrung: readonly Unrung[];
  /** Lets go of the oldest. */
  dismissUnrung: () => void;
  /** Lets go of these: their customer has gone. */
  forgetUnrung: (gone: readonly Unrung[]) => void;
  addProduct: (product: Product) => void;
  /** False when it is not in the basket (it can't take it, or the price is asked for), which is said by itself. */
  addGoods: (goods: ScannedGoods) => boolean;
  tellUnknown: (scan: UnknownScan) => void;
  /** With no price typed: adds what the label of the oldest that waits for a price says. False when it says nothing. */
  takeOffer: (typed: string) => boolean;
  /** Adds a line at a typed price, for the oldest that waits for one if there is any; false when it can't be. */
  addPriced: (priceMinor: number) => boolean;
}

let lastId = 0;

/** What lies on the counter and is not in the basket. */
function useUnrung() {
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

  const dismissUnrung = useCallback(() => setUnrung((now) => now.slice(1)), []);
  const forgetUnrung = useCallback(
    (gone: readonly Unrung[]) => setUnrung((now) => now.filter((each) => !gone.includes(each))),
    [],
  );

  return { unrung, leaveOut, dismissUnrung, forgetUnrung };
}

/** Ways a line gets into the basket. Every one of them ends the view of the sale before. */
export function useAdding({ forgetCompleted }: { forgetCompleted: () => void }): Adding {
  const { t } = useTranslation("sell");
  const store = useBasketStore();
  const tone = useTone();
  const { unrung, leaveOut, dismissUnrung, forgetUnrung } = useUnrung();

  // Whatever can't be done is said, also when it comes out only with the next customer's turn.
  useEffect(
    () =>
      store.onProblem((problem, action) => {
        if (action.type === "add") {
          const { code, nameZh, nameEn } = action.product;
          const name = nameZh || nameEn || code;
          return leaveOut({
            code,
            name,
            why: problem,
            takesPrice: false,
            offer: null,
            goods: null,
          });
        }
        tone("unknown");
        toast("wait", t(`problem.${problem}`));
      }),
    [store, leaveOut, tone, t],
  );

  const addGoods = useCallback(
    (goods: ScannedGoods) => {
      const { product, quantityMilli, labelMinor } = goods;
      forgetCompleted();
      if (asksPrice(goods)) {
        const name = product.nameZh || product.nameEn;
        const { code } = product;
        leaveOut({ code, name, why: "openPrice", takesPrice: true, offer: null, goods });
        return false;
      }
      return store.dispatch({ type: "add", product, quantityMilli, labelMinor });
    },
    [forgetCompleted, store, leaveOut],
  );

  const addProduct = useCallback(
    (product: Product) => addGoods({ product, quantityMilli: ONE_MILLI, labelMinor: null }),
    [addGoods],
  );

  const tellUnknown = useCallback(
    ({ why, code, shown, offer }: UnknownScan) => {
      forgetCompleted();
      leaveOut({ code, name: shown, why, takesPrice: true, offer, goods: null });
    },
    [forgetCompleted, leaveOut],
  );

  const addPriced = useCallback(
    (priceMinor: number) => {
      forgetCompleted();
      const next = unrung.find(({ takesPrice }) => takesPrice);
      const goods = next?.goods ?? null;
      const isDone = store.dispatch(
        goods === null
          ? { type: "addPriced", priceMinor, code: next?.code ?? "" }
          : { type: "add", ...goods, product: { ...goods.product, priceMinor } },
      );
      if (isDone && next) forgetUnrung([next]);
      return isDone;
    },
    [forgetCompleted, store, unrung, forgetUnrung],
  );

  const takeOffer = useCallback(
    (typed: string) => {
      const next = unrung.find(({ takesPrice }) => takesPrice);
      const offer = next?.offer ?? null;
      if (typed.trim() !== "" || next === undefined || offer === null) return false;
      if (addGoods(offer) || asksPrice(offer)) forgetUnrung([next]);
      return true;
    },
    [unrung, forgetUnrung, addGoods],
  );

  const told = { unrung, dismissUnrung, forgetUnrung, tellUnknown };
  return { ...told, addProduct, addGoods, addPriced, takeOffer };
}

/** True for goods whose price neither the catalogue nor a label knows. */
function asksPrice({ product, labelMinor }: ScannedGoods): boolean {
  return product.hasOpenPrice === true && product.priceMinor === 0 && labelMinor === null;
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
