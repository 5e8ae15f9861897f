import type { Clock } from "../../../main/clock.ts";

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  #ms = 0;
  #timers: { atMs: number; run: () => void }[] = [];

  nowMs(): number {
    return 1_700_000_000_000 + this.#ms;
  }

  monotonicMs(): number {
    return this.#ms;
  }

  setTimer(delayMs: number, run: () => void): () => void {
    const timer = { atMs: this.#ms + delayMs, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Goes on by `ms`, running what falls due on the way at its own time. */
  advance(ms: number): void {
    const endMs = this.#ms + ms;
    for (;;) {
      const next = this.#timers
        .filter((timer) => timer.atMs <= endMs)
        .toSorted((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#ms = Math.max(this.#ms, next.atMs);
      next.run();
    }
    this.#ms = endMs;
  }

  get pendingTimers(): number {
    return this.#timers.length;
  }
}
