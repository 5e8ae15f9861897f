import type { Clock } from "../../../main/clock.ts";

const TICK_MS = 2;
/** A tick that comes later was held up by the machine: the till must not take that for a silent printer. */
const LONGEST_TICK_MS = 4;

interface Timer {
  atMs: number;
  run: () => void;
}

/** Runs fast, stands still while the machine is busy, can jump, and its wall clock can be set wrong. */
export class DrillClock implements Clock {
  private readonly factor: number;
  private readonly ticker: NodeJS.Timeout;
  private readonly timers = new Set<Timer>();
  private wallMs = Date.now();
  private elapsedMs = 0;
  private lastTickMs = performance.now();

  constructor(factor: number) {
    this.factor = factor;
    this.ticker = setInterval(() => this.tick(), TICK_MS);
  }

  nowMs(): number {
    return Math.round(this.wallMs + this.elapsedMs);
  }

  monotonicMs(): number {
    return this.elapsedMs;
  }

  setTimer(delayMs: number, run: () => void): () => void {
    const timer = { atMs: this.elapsedMs + Math.max(0, delayMs), run };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Moves the wall clock only: what waits goes on waiting as long as before. */
  setBy(ms: number): void {
    this.wallMs += ms;
  }

  /** Lets time pass at once. */
  jump(ms: number): void {
    this.elapsedMs += ms;
  }

  stop(): void {
    clearInterval(this.ticker);
  }

  private tick(): void {
    const nowMs = performance.now();
    this.elapsedMs += Math.min(nowMs - this.lastTickMs, LONGEST_TICK_MS) * this.factor;
    this.lastTickMs = nowMs;
    const due = [...this.timers].filter(({ atMs }) => atMs <= this.elapsedMs);
    for (const timer of due.toSorted((a, b) => a.atMs - b.atMs))
      // Another one may have cancelled it.
      if (this.timers.delete(timer)) timer.run();
  }
}
