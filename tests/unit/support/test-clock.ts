import { onTestFinished } from "vitest";
import type { Clock } from "../../../main/clock.ts";

const TICK_MS = 2;
/** A tick that comes later than this was held up by the machine, not by anything the test is about. */
const LONGEST_TICK_MS = 4;

interface Timer {
  atMs: number;
  run: () => void;
}

/**
 * Runs `factor` times as fast as the computer. While the computer is busy elsewhere it stands still,
 * for till and printer alike, so a loaded machine makes no answer late. `jump` moves it on at once,
 * over minutes that only a rule asks for (a deferral, a locked PIN).
 */
export class TestClock implements Clock {
  private readonly factor: number;
  private readonly startWallMs = Date.now();
  private elapsedMs = 0;
  private setByMs = 0;
  private lastTickMs = performance.now();
  private timers: Timer[] = [];
  private readonly ticker: NodeJS.Timeout;

  constructor(factor: number) {
    this.factor = factor;
    this.ticker = setInterval(() => this.tick(), TICK_MS);
    onTestFinished(() => clearInterval(this.ticker));
  }

  nowMs(): number {
    return Math.round(this.startWallMs + this.setByMs + this.elapsedMs);
  }

  monotonicMs(): number {
    return this.elapsedMs;
  }

  setTimer(delayMs: number, run: () => void): () => void {
    const timer: Timer = { atMs: this.elapsedMs + Math.max(0, delayMs), run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Somebody sets the computer's clock by `ms`, forward or back; no time passes. */
  set(ms: number): void {
    this.setByMs += ms;
  }

  /** Moves on by `ms`; what falls due on the way runs in its order, at the next tick. */
  jump(ms: number): void {
    this.elapsedMs += ms;
  }

  private tick(): void {
    const nowMs = performance.now();
    this.elapsedMs += Math.min(nowMs - this.lastTickMs, LONGEST_TICK_MS) * this.factor;
    this.lastTickMs = nowMs;
    const due = this.timers
      .filter((timer) => timer.atMs <= this.elapsedMs)
      .sort((a, b) => a.atMs - b.atMs);
    for (const timer of due) {
      if (!this.timers.includes(timer)) continue; // another one cancelled it
      this.timers = this.timers.filter((other) => other !== timer);
      timer.run();
    }
  }
}
