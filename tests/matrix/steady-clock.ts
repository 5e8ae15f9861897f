import type { Clock } from "../../main/clock.ts";

const TICK_MS = 1;
/** Many tills share this process: whoever is held up by another one must not look late for it. */
const LONGEST_TICK_MS = 1.5;

interface Timer {
  atMs: number;
  run: () => void;
}

/**
 * Runs `factor` times as fast as the computer, in small steps with a turn of the event loop between any two
 * of them. However busy the computer is, an answer that takes a few turns takes little of this clock's time.
 */
export class SteadyClock implements Clock {
  private readonly factor: number;
  private readonly startWallMs = Date.now();
  private elapsedMs = 0;
  private lastTickMs = performance.now();
  private readonly timers = new Set<Timer>();
  private readonly ticker: NodeJS.Timeout;

  constructor(factor: number) {
    this.factor = factor;
    this.ticker = setInterval(() => this.tick(), TICK_MS);
  }

  nowMs(): number {
    return Math.round(this.startWallMs + this.elapsedMs);
  }

  monotonicMs(): number {
    return this.elapsedMs;
  }

  setTimer(delayMs: number, run: () => void): () => void {
    const timer: Timer = { atMs: this.elapsedMs + Math.max(0, delayMs), run };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  stop(): void {
    clearInterval(this.ticker);
  }

  private tick(): void {
    const nowMs = performance.now();
    this.elapsedMs += Math.min(nowMs - this.lastTickMs, LONGEST_TICK_MS) * this.factor;
    this.lastTickMs = nowMs;
    const due = [...this.timers]
      .filter((timer) => timer.atMs <= this.elapsedMs)
      .toSorted((a, b) => a.atMs - b.atMs);
    // One that is cancelled by another before it is not there any more.
    for (const timer of due) if (this.timers.delete(timer)) timer.run();
  }
}
