import { scaledClock, type Clock } from "../../../main/clock.ts";

interface Timer {
  atMs: number;
  run: () => void;
  cancel: () => void;
}

/** Runs `factor` times as fast as the computer's, and can be moved on at once over minutes nobody wants to wait. */
export class JumpClock implements Clock {
  private readonly base: Clock;
  private readonly timers = new Set<Timer>();
  private jumpedMs = 0;

  constructor(factor: number) {
    this.base = scaledClock(factor);
  }

  nowMs(): number {
    return this.base.nowMs() + this.jumpedMs;
  }

  monotonicMs(): number {
    return this.base.monotonicMs() + this.jumpedMs;
  }

  setTimer(delayMs: number, run: () => void): () => void {
    const timer: Timer = { atMs: this.monotonicMs() + delayMs, run, cancel: () => {} };
    this.timers.add(timer);
    this.arm(timer);
    return () => {
      timer.cancel();
      this.timers.delete(timer);
    };
  }

  jump(ms: number): void {
    this.jumpedMs += ms;
    for (const timer of this.timers) {
      timer.cancel();
      this.arm(timer);
    }
  }

  private arm(timer: Timer): void {
    const delayMs = Math.max(0, timer.atMs - this.monotonicMs());
    timer.cancel = this.base.setTimer(delayMs, () => {
      this.timers.delete(timer);
      timer.run();
    });
  }
}
