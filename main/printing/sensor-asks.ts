import type { Clock } from "../clock.ts";

/** A printer that could print for this long and owed an answer has lost it. */
const LOST_AFTER_MS = 15_000;

/**
 * Whose an answer to GS r 1 is. The answer carries no name, so only the order of asking tells: one
 * that an earlier paper still waits for would otherwise be taken as proof of the next. Kept across
 * links, because a printer answers what stands in its buffer to whoever is connected by then.
 */
export class SensorAsks {
  private readonly clock: Clock;
  private readonly waiting: number[] = [];
  private count = 0;
  private busyAtMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Takes note of one more question; returns the number its answer will have. */
  asked(): number {
    const nowMs = this.clock.monotonicMs();
    if (nowMs - this.busyAtMs > LOST_AFTER_MS) this.waiting.length = 0;
    this.busyAtMs = nowMs;
    this.count += 1;
    this.waiting.push(this.count);
    return this.count;
  }

  /** The number of the question an answer just in belongs to; null when nobody asked. */
  answered(): number | null {
    return this.waiting.shift() ?? null;
  }

  /** The printer can print again, so what it held back is answered from now on. */
  ready(): void {
    this.busyAtMs = this.clock.monotonicMs();
  }

  /** The printer has thrown its buffer away, questions and all. */
  forget(): void {
    this.waiting.length = 0;
  }
}
