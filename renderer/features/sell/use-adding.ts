import { useCallback, useState } from "react";
import type { Product } from "../../../main/contract/values.ts";
import { call } from "../../bridge/index.ts";
import { useBasketStore } from "./basket/basket-context.ts";
import { useTone } from "./sounds/use-tone.ts";

const ONE_MILLI = 1000;

export interface Adding {
  unknownCode: string | null;
  setUnknownCode: (code: string | null) => void;
  addProduct: (product: Product) => void;
  addCode: (code: string) => Promise<boolean>;
  addPriced: (priceMinor: number) => void;
}

/** Ways a line gets into the basket. Every one of them ends the view of the sale before. */
export function useAdding({ forgetCompleted }: { forgetCompleted: () => void }): Adding {
  const store = useBasketStore();
  const tone = useTone();
  const [unknownCode, setUnknownCode] = useState<string | null>(null);

  const addProduct = useCallback(
    (product: Product) => {
      forgetCompleted();
      setUnknownCode(null);
      store.dispatch({ type: "add", product, quantityMilli: ONE_MILLI });
    },
    [forgetCompleted, store],
  );

  const addCode = useCallback(
    async (code: string) => {
      const found = await call("catalogue.find", { code }).catch(() => ({ product: null }));
      if (found.product) {
        tone("scanned");
        addProduct(found.product);
        return true;
      }
      tone("unknown");
      forgetCompleted();
      setUnknownCode(code);
      return false;
    },
    [addProduct, forgetCompleted, tone],
  );

  const addPriced = useCallback(
    (priceMinor: number) => {
      forgetCompleted();
      store.dispatch({ type: "addPriced", priceMinor, code: unknownCode ?? "" });
      setUnknownCode(null);
    },
    [forgetCompleted, store, unknownCode],
  );

  return { unknownCode, setUnknownCode, addProduct, addCode, addPriced };
}
