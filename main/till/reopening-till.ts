import { FEEDS, type FeedName } from "../contract/calls.ts";
import type { Till } from "../till.ts";
import { FeedHub } from "./feed-hub.ts";

/** Something done to the till's folder while nobody has it open. */
export interface FolderChange {
  /** Leaves the folder as it was when it throws. */
  make(): void;
  /** Takes it back: the till could not be opened afterwards. */
  undo(): void;
}

/** Closes the till, changes its folder and opens it again. Rejects when the books of before are open again. */
export type Reopen = (change: FolderChange) => Promise<void>;

/**
 * A till whose books can be exchanged while its pages stay open: they notice nothing but new values.
 * @param open opens it on the folder as it is now
 */
export async function reopeningTill(open: (reopen: Reopen) => Promise<Till>): Promise<Till> {
  const hub = new FeedHub();
  const names = Object.keys(FEEDS) as FeedName[];
  let reopening: Promise<void> = Promise.resolve();

  const enter = async (): Promise<Till> => {
    const till = await open(reopen);
    for (const name of names) {
      till.listen(name, (value) => hub.send(name, value));
      const latest = till.latest(name);
      if (latest !== null && latest !== undefined) hub.send(name, latest as never);
    }
    return till;
  };

  const exchange = async (change: FolderChange): Promise<void> => {
    await current.close();
    try {
      change.make();
    } catch (error) {
      current = await enter();
      throw error;
    }
    try {
      current = await enter();
    } catch (error) {
      change.undo();
      current = await enter();
      throw error;
    }
  };

  const reopen: Reopen = (change) => {
    const done = reopening.then(() => exchange(change));
    // Who only waits for it does not care how it ended.
    reopening = done.catch(() => {});
    return done;
  };

  let current = await enter();
  return {
    dispatch: async (name, input) => {
      await reopening;
      return current.dispatch(name, input);
    },
    listen: (name, listener) => hub.listen(name, listener),
    latest: (name) => hub.latest(name),
    close: async () => {
      await reopening;
      await current.close();
    },
  };
}
