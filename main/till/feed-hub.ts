import type { FeedName, FeedValue } from "../contract/calls.ts";
import type { ReportIncident } from "../contract/dispatch.ts";

/** Sends values to whoever listens and remembers the newest for pages that connect later. */
export class FeedHub {
  private readonly listeners = new Map<FeedName, Set<(value: never) => void>>();
  private readonly newest = new Map<FeedName, unknown>();
  private readonly report: ReportIncident;

  constructor(report: ReportIncident) {
    this.report = report;
  }

  /** Never throws: a listener that does is an incident, and the others hear the value all the same. */
  send<N extends FeedName>(name: N, value: FeedValue<N>): void {
    this.newest.set(name, value);
    for (const listener of this.listeners.get(name) ?? [])
      try {
        (listener as (value: FeedValue<N>) => void)(value);
      } catch (error) {
        this.report(`feed ${name}`, error);
      }
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
