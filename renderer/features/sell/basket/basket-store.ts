import { callPatiently } from "../../../bridge/call.ts";
import { createKeeping } from "./basket-keeping.ts";
import {
  applyToBasket,
  EMPTY_BASKET,
  withoutSold,
  type BasketAction,
  type BasketProblem,
  type BasketState,
} from "./basket-reducer.ts";
import { attemptBefore, completeSale, type Completion, type Payment } from "./completing.ts";
import type { SellMemory } from "./sell-memory.ts";

/** What the counter is doing with the basket. */
export interface Counter {
  /** The till is deciding about the basket: whatever comes in belongs to the next customer and waits. */
  isCommitting: boolean;
  /** Products that wait for the next customer. */
  waiting: number;
}

/** What a page found that was loaded anew. */
export interface Resumed {
  /** Lines that were still in the basket. */
  lines: number;
  /** What became of a sale whose answer the page before did not get; null: there was none. */
  attempt: Completion | null;
}

export interface BasketStore {
  get: () => BasketState;
  counter: () => Counter;
  /** Does it, or keeps it for the next customer. False when it can't be done; `onProblem` is told why. */
  dispatch: (action: BasketAction) => boolean;
  /** Called with what could not be done, also when that comes out later. Returns how to stop it. */
  onProblem: (listener: (problem: BasketProblem, action: BasketAction) => void) => () => void;
  subscribe: (listener: () => void) => () => void;
  /** A scan whose product is still being looked up: no sale is completed around it. */
  expect: (lookup: Promise<unknown>) => void;
  /**
   * Sells the basket. While the till has not answered, a second press gets the same promise. "Sold" takes out
   * what was sold, and nothing else.
   */
  complete: (payment: Payment) => Promise<Completion>;
  /** Brings back what was here before the page was loaded; what comes in meanwhile goes in after it. Once. */
  resume: () => Promise<Resumed>;
}

/**
 * The basket outside of React, so that changing screens, scans and timers all see the same one, and the one owner
 * of its end: `selling → committing → sold`, or back to selling when the till refuses. Every change reaches
 * the till within 120 ms and is there again after a reload or a crash.
 */
export function createBasketStore(memory: SellMemory): BasketStore {
  const listeners = new Set<() => void>();
  const problemListeners = new Set<(problem: BasketProblem, action: BasketAction) => void>();
  const lookups = new Set<Promise<unknown>>();
  let state = EMPTY_BASKET;
  let waiting = memory.waiting();
  let isCommitting = false;
  let underWay: Promise<Completion> | null = null;
  let resumed: Promise<Resumed> | null = null;
  let counter: Counter = { isCommitting, waiting: 0 };

  const changed = () => {
    const next = { isCommitting, waiting: waiting.filter(isAddition).length };
    if (next.isCommitting !== counter.isCommitting || next.waiting !== counter.waiting)
      counter = next;
    for (const listener of listeners) listener();
  };
  const keeping = createKeeping(() => state.basket);

  const apply = (action: BasketAction): boolean => {
    const { state: next, problem } = applyToBasket(state, action);
    if (problem !== null) for (const listener of problemListeners) listener(problem, action);
    if (next.basket !== state.basket && action.type !== "restore") keeping.soon();
    state = next;
    return problem === null;
  };
  const wait = (actions: readonly BasketAction[]) => {
    waiting = actions;
    memory.keepWaiting(waiting);
  };
  /** The next customer's turn: what has waited goes in, in the order it came. */
  const letIn = () => {
    const actions = waiting;
    wait([]);
    for (const action of actions) apply(action);
  };
  const close = <T>(work: () => Promise<T>): Promise<T> => {
    isCommitting = true;
    changed();
    return work().finally(() => {
      isCommitting = false;
      // Changes meant for a basket that was sold don't change the one that was not.
      const first = waiting.findIndex(isAddition);
      wait(first === -1 ? [] : waiting.slice(first));
      if (state.basket.lines.length === 0) letIn();
      changed();
    });
  };
  const sell = async (payment: Payment): Promise<Completion> => {
    if (lookups.size > 0) {
      await Promise.allSettled(lookups);
      return { kind: "refused", refusal: { code: "SCANNED_MEANWHILE", details: {} } };
    }
    return close(async () => {
      // A keep that arrived after the sale would put the sold goods back.
      await keeping.flush();
      const completion = await completeSale(state.basket, payment, memory);
      if (completion.kind !== "sold") return completion;
      state = withoutSold(state, completion.basket);
      // The till has emptied its copy with the sale.
      if (state.basket.lines.length > 0) keeping.soon();
      return completion;
    });
  };
  const resume = (): Promise<Resumed> =>
    close(async () => {
      const old = waiting.length;
      const attempt = await attemptBefore(memory);
      const { basket } = await callPatiently("basket.get", {});
      if (basket.lines.length === 0) return { lines: 0, attempt };
      apply({ type: "restore", basket });
      // What waited for the next customer goes on waiting; what came since belongs to this one.
      const since = waiting.slice(old);
      wait(waiting.slice(0, old));
      for (const action of since) apply(action);
      return { lines: basket.lines.length, attempt };
    });

  return {
    get: () => state,
    counter: () => counter,
    dispatch: (action) => {
      const isEdit = !/^(choose|move|unchoose)$/.test(action.type);
      if (isCommitting && isEdit) {
        wait([...waiting, action]);
        changed();
        return true;
      }
      const before = state;
      const isDone = apply(action);
      if (state.basket.lines.length === 0 && waiting.length > 0) letIn();
      if (state !== before) changed();
      return isDone;
    },
    onProblem: (listener) => {
      problemListeners.add(listener);
      return () => problemListeners.delete(listener);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    expect: (lookup) => {
      lookups.add(lookup);
      const over = () => lookups.delete(lookup);
      lookup.then(over, over);
    },
    complete: (payment) => {
      underWay ??= sell(payment).finally(() => {
        underWay = null;
      });
      return underWay;
    },
    resume: () => (resumed ??= resume()),
  };
}

/** Brings something into the basket; all else changes what is in it. */
function isAddition({ type }: BasketAction): boolean {
  return type === "add" || type === "addPriced";
}
