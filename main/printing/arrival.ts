import type { Clock } from "../clock.ts";

/** How often the wire is known to have been looked at. */
const LOOK_EVERY_MS = 10;

/**
 * Knows the earliest moment at which an answer that is read now can have arrived. A busy program
 * reads late, and an answer that lay there meanwhile must not look as if it had taken its time.
 */
export class Arrival {
  private readonly clock: Clock;
  private quietMs: number;
  private stopTimer: () => void = () => {};
  private stopped = false;

  constructor(clock: Clock) {
    this.clock = clock;
    this.quietMs = clock.monotonicMs();
    this.look();
  }

  /** Nothing read from now on can have arrived before this (monotonic milliseconds). */
  earliestMs(): number {
    return this.quietMs;
  }

  stop(): void {
    this.stopped = true;
    this.stopTimer();
  }

  private look(): void {
    this.stopTimer = this.clock.setTimer(LOOK_EVERY_MS, () => {
      // Node runs this right after it has read every socket that had something to say.
      setImmediate(() => {
        this.quietMs = this.clock.monotonicMs();
        if (!this.stopped) this.look();
      });
    });
  }
}
