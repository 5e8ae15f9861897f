import type { FeedName, FeedValue } from "../contract/calls.ts";

/** Sends values to whoever listens and remembers the newest for pages that connect later. */
export class FeedHub {
  private readonly listeners = new Map<FeedName, Set<(value: never) => void>>();
  private readonly newest = new Map<FeedName, unknown>();

  send<N extends FeedName>(name: N, value: FeedValue<N>): void {
    this.newest.set(name, value);
    for (const listener of this.listeners.get(name) ?? [])
      (listener as (value: FeedValue<N>) => void)(value);
  }

  listen<N extends FeedName>(name: N, listener: (value: FeedValue<N>) => void): () => void {
    const set = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, set);
    set.add(listener as (value: never) => void);
    return () => set.delete(listener as (value: never) => void);
  }

  latest(name: FeedName): unknown {
    return this.newest.get(name) ?? null;
  }
}
