import type { Basket } from "../../../../main/domain/sale.ts";
import { call } from "../../../bridge/call.ts";

const KEEP_AFTER_MS = 120;

/** Hands the basket to the till, so that it is there again after a reload or a crash. */
export interface Keeping {
  /** The basket has changed: within 120 ms the till has it. */
  soon: () => void;
  /** Resolves when nothing is left to hand over and nothing is on its way. */
  flush: () => Promise<void>;
}

/** One at a time: two on the wire could arrive in the wrong order. */
export function createKeeping(basket: () => Basket): Keeping {
  let isChanged = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let underWay: Promise<void> | null = null;

  const keepAll = async () => {
    while (isChanged) {
      isChanged = false;
      // A lost answer is no harm: the next change, or the sale itself, carries the whole basket.
      await call("basket.keep", { basket: basket() }).catch(() => undefined);
    }
  };
  const keep = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    underWay ??= keepAll().finally(() => {
      underWay = null;
    });
    return underWay;
  };

  return {
    soon: () => {
      isChanged = true;
      timer ??= setTimeout(() => void keep(), KEEP_AFTER_MS);
    },
    flush: async () => {
      if (isChanged || underWay !== null) await keep();
    },
  };
}
