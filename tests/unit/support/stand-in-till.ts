import type { FeedName } from "../../../main/contract/calls.ts";
import type { Till } from "../../../main/till.ts";

/** Answers every call with what it was asked, and lets a test publish feed values. */
export function standInTill() {
  const listeners = new Map<string, Set<(value: unknown) => void>>();
  const till: Till = {
    dispatch: async (name, input) => ({ ok: true, value: { name, input } }),
    listen: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener as (value: unknown) => void));
      return () => set.delete(listener as (value: unknown) => void);
    },
    latest: (name) => (name === "paper" ? { slips: 1, totalMm: 80 } : null),
    close: async () => undefined,
  };
  const publish = (name: FeedName, value: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(value);
  };
  const listening = () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0);
  return { till, publish, listening };
}
