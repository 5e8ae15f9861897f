import type { FolderChange } from "../backup/restored-books.ts";
import { FEEDS, type FeedName } from "../contract/calls.ts";
import type { Reply, ReportIncident } from "../contract/dispatch.ts";
import type { Till } from "../till.ts";
import { FeedHub } from "./feed-hub.ts";

export type { FolderChange } from "../backup/restored-books.ts";

/** A till that can be let go of without a last word in its books. */
export interface BooksTill extends Till {
  abandon?(): Promise<void>;
  /** While held, a sale is refused with RESTORING, unless it was made already. */
  holdSales?(isHeld: boolean): void;
}

/**
 * Closes the till, changes its folder and opens it again. Rejects when the books of before are open again, or
 * when they were never closed.
 */
export type Reopen = (change: FolderChange) => Promise<void>;

const NAMES = Object.keys(FEEDS) as FeedName[];
const NOT_WRITABLE: Reply = { ok: false, refusal: { code: "DISK_NOT_WRITABLE", details: {} } };

/** What only the damaged books knew for certain, and everybody at the till still knows. */
async function sayAgain(till: Till, cashier: string | null, basket: unknown): Promise<void> {
  const reply = await till.dispatch("status.get", {});
  const known = reply.ok ? (reply.value as { cashier: string | null }).cashier : null;
  if (known === null && cashier !== null) await till.dispatch("session.signIn", { cashier });
  if (basket !== null) await till.dispatch("basket.keep", basket);
}

/** Whoever listens to the hub hears this till from now on. */
function passOn(till: Till, hub: FeedHub): void {
  for (const name of NAMES) {
    till.listen(name, (value) => hub.send(name, value));
    const latest = till.latest(name);
    if (latest !== null && latest !== undefined) hub.send(name, latest as never);
  }
}

/** Damaged books are let go of without another byte. */
function shut(till: BooksTill, isDamaged: boolean): Promise<void> {
  return isDamaged && till.abandon ? till.abandon() : till.close();
}

/** Sales are held from before a change is prepared until it is made, when it asks for that. */
function stoppingSales(exchange: Reopen, hold: (isHeld: boolean) => void): Reopen {
  return async (change) => {
    if (change.stopsSales !== true) return exchange(change);
    hold(true);
    try {
      await change.prepare?.();
      await exchange(change);
    } finally {
      // Sales that waited for the books have their turn first: they were meant for those of before.
      await new Promise((resolve) => setImmediate(resolve));
      hold(false);
    }
  };
}

/**
 * A till whose books can be exchanged while its pages stay open: they notice nothing but new values.
 * @param open opens it on the folder as it is now
 */
export async function reopeningTill(
  open: (reopen: Reopen) => Promise<BooksTill>,
  report: ReportIncident,
): Promise<Till> {
  const hub = new FeedHub(report);
  let reopening: Promise<void> = Promise.resolve();
  const abandoned = new WeakSet<Till>();
  /** As the page sent it last: the damaged books may not give it back. */
  let basket: unknown = null;
  let cashier: string | null = null;
  /** Neither the books of before nor others could be opened: the disk itself has gone. */
  let isGone = false;
  let areSalesHeld = false;

  const enter = async (): Promise<BooksTill> => {
    const till = await open(reopen);
    till.holdSales?.(areSalesHeld);
    passOn(till, hub);
    return till;
  };

  const swap = async (change: FolderChange): Promise<void> => {
    cashier = (hub.latest("status") as { cashier?: string | null } | null)?.cashier ?? null;
    if (change.isDamaged === true) abandoned.add(current);
    await shut(current, change.isDamaged === true);
    isGone = true;
    try {
      await change.make();
    } catch (error) {
      await enterAgain(change.isDamaged === true);
      throw error;
    }
    try {
      await enterAgain(change.isDamaged === true);
    } catch (error) {
      change.undo();
      await enterAgain(false);
      throw error;
    }
  };

  const enterAgain = async (isDamaged: boolean): Promise<void> => {
    current = await enter();
    isGone = false;
    if (isDamaged) await sayAgain(current, cashier, basket);
  };
  /** Every call asks whether the disk is back. */
  const comeBack = async (): Promise<boolean> => {
    await reopening;
    if (isGone) {
      reopening = enterAgain(true).catch(() => {});
      await reopening;
    }
    return !isGone;
  };

  const exchange = (change: FolderChange): Promise<void> => {
    const done = reopening.then(() => swap(change));
    // Who only waits for it does not care how it ended.
    reopening = done.catch(() => {});
    return done;
  };

  const reopen = stoppingSales(exchange, (isHeld) => {
    areSalesHeld = isHeld;
    current.holdSales?.(isHeld);
  });

  let current = await enter();
  const dispatch = async (name: string, input: unknown): Promise<Reply> => {
    if (name === "basket.keep") basket = input;
    if (!(await comeBack())) return NOT_WRITABLE;
    const till = current;
    const reply = await till.dispatch(name, input);
    if (name === "sale.complete" && reply.ok) basket = null;
    if (reply.ok || reply.refusal.code !== "INTERNAL") return reply;
    if (!(await comeBack())) return NOT_WRITABLE;
    // What failed on damaged books is asked of those that go on: what was done already says so.
    return abandoned.has(till) ? current.dispatch(name, input) : reply;
  };
  return {
    dispatch,
    listen: (name, listener) => hub.listen(name, listener),
    latest: (name) => hub.latest(name),
    close: async () => {
      await reopening;
      if (!isGone) await current.close();
    },
  };
}
