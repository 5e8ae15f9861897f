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

type ProblemListener = (problem: BasketProblem, action: BasketAction) => void;

/**
 * The basket outside of React, so that changing screens, scans and timers all see the same one, and the one owner
 * of its end: `selling → committing → sold`, or back to selling when the till refuses. Every change reaches
 * the till within 120 ms and is there again after a reload or a crash.
 */
export class BasketStore {
  private readonly memory: SellMemory;
  private readonly keeping = createKeeping(() => this.state.basket);
  private readonly listeners = new Set<() => void>();
  private readonly problemListeners = new Set<ProblemListener>();
  private readonly lookups = new Set<Promise<unknown>>();
  private state = EMPTY_BASKET;
  private isCommitting = false;
  private waiting: readonly BasketAction[];
  private shown: Counter = { isCommitting: false, waiting: 0 };
  private completing: Promise<Completion> | null = null;
  private resumed: Promise<Resumed> | null = null;

  constructor(memory: SellMemory) {
    this.memory = memory;
    this.waiting = memory.waiting();
  }

  readonly get = (): BasketState => this.state;

  readonly counter = (): Counter => this.shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Called with what could not be done, also when that comes out later. Returns how to stop it. */
  readonly onProblem = (listener: ProblemListener): (() => void) => {
    this.problemListeners.add(listener);
    return () => this.problemListeners.delete(listener);
  };

  /** Does it, or keeps it for the next customer. False when it can't be done; `onProblem` is told why. */
  readonly dispatch = (action: BasketAction): boolean => {
    const isEdit = !/^(choose|move|unchoose)$/.test(action.type);
    if (this.isCommitting && isEdit) {
      this.wait([...this.waiting, action]);
      this.changed();
      return true;
    }
    const before = this.state;
    const isDone = this.apply(action);
    if (this.state.basket.lines.length === 0) this.letIn();
    if (this.state !== before) this.changed();
    return isDone;
  };

  /** A scan whose product is still being looked up: no sale is completed around it. */
  expect(lookup: Promise<unknown>): void {
    this.lookups.add(lookup);
    const over = () => this.lookups.delete(lookup);
    lookup.then(over, over);
  }

  /**
   * Sells the basket. While the till has not answered, a second press gets the same promise. "Sold" takes out
   * what was sold, and nothing else.
   */
  complete(payment: Payment): Promise<Completion> {
    this.completing ??= this.sell(payment).finally(() => {
      this.completing = null;
    });
    return this.completing;
  }

  /** Brings back what was here before the page was loaded; what comes in meanwhile goes in after it. Once. */
  resume(): Promise<Resumed> {
    this.resumed ??= this.whileClosed(() => this.bringBack());
    return this.resumed;
  }

  /** Resolves when no scan is looked up, a sale under way is decided and the till has the whole basket. */
  async rest(): Promise<void> {
    await Promise.allSettled(this.lookups);
    await this.completing?.catch(() => undefined);
    await this.keeping.flush();
  }

  private async sell(payment: Payment): Promise<Completion> {
    if (this.lookups.size > 0) {
      await Promise.allSettled(this.lookups);
      return { kind: "refused", refusal: { code: "SCANNED_MEANWHILE", details: {} } };
    }
    return this.whileClosed(async () => {
      // A keep that arrived after the sale would put the sold goods back.
      await this.keeping.flush();
      const completion = await completeSale(this.state.basket, payment, this.memory);
      if (completion.kind !== "sold") return completion;
      this.state = withoutSold(this.state, completion.basket);
      // The till has emptied its copy with the sale.
      if (this.state.basket.lines.length > 0) this.keeping.soon();
      return completion;
    });
  }

  private async bringBack(): Promise<Resumed> {
    const old = this.waiting.length;
    const attempt = await attemptBefore(this.memory);
    const { basket } = await callPatiently("basket.get", {});
    if (basket.lines.length === 0) return { lines: 0, attempt };
    this.apply({ type: "restore", basket });
    // What waited for the next customer goes on waiting; what came since belongs to this one.
    const since = this.waiting.slice(old);
    this.wait(this.waiting.slice(0, old));
    for (const action of since) this.apply(action);
    return { lines: basket.lines.length, attempt };
  }

  /** Nothing changes the basket while `work` is under way; what comes in waits. */
  private whileClosed<T>(work: () => Promise<T>): Promise<T> {
    this.isCommitting = true;
    this.changed();
    return work().finally(() => {
      this.isCommitting = false;
      // Changes meant for a basket that was sold don't change the one that was not.
      const first = this.waiting.findIndex(isAddition);
      this.wait(first === -1 ? [] : this.waiting.slice(first));
      if (this.state.basket.lines.length === 0) this.letIn();
      this.changed();
    });
  }

  private apply(action: BasketAction): boolean {
    const { state, problem } = applyToBasket(this.state, action);
    if (problem !== null) for (const listener of this.problemListeners) listener(problem, action);
    if (state.basket !== this.state.basket && action.type !== "restore") this.keeping.soon();
    this.state = state;
    return problem === null;
  }

  private wait(actions: readonly BasketAction[]): void {
    if (actions.length === 0 && this.waiting.length === 0) return;
    this.waiting = actions;
    this.memory.keepWaiting(actions);
  }

  /** The next customer's turn: what has waited goes in, in the order it came. */
  private letIn(): void {
    const actions = this.waiting;
    this.wait([]);
    for (const action of actions) this.apply(action);
  }

  private changed(): void {
    const { isCommitting } = this;
    const waiting = this.waiting.filter(isAddition).length;
    const { shown } = this;
    if (isCommitting !== shown.isCommitting || waiting !== shown.waiting)
      this.shown = { isCommitting, waiting };
    for (const listener of this.listeners) listener();
  }
}

/** Brings something into the basket; all else changes what is in it. */
function isAddition({ type }: BasketAction): boolean {
  return type === "add" || type === "addPriced";
}
