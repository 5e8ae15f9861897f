/**
 * Time as a part that can be handed in. Everything in `main/` that waits or stamps takes a
 * `Clock`, so a soak run can let hours of paper pass in minutes without changing the code under test.
 */
export interface Clock {
  /** Wall clock, milliseconds since 1970-01-01T00:00:00Z. May jump when somebody sets the PC's clock. */
  nowMs(): number;
  /** Milliseconds that only ever go forward; for measuring durations. Origin is arbitrary. */
  monotonicMs(): number;
  /** Calls `run` once after `delayMs`; the returned function cancels it. */
  setTimer(delayMs: number, run: () => void): () => void;
}

/** The computer's own clock. */
export const systemClock: Clock = scaledClock(1);

/**
 * A clock that runs `factor` times as fast as the computer's.
 * Two processes given the same factor agree on durations, which is all the till and a printer share.
 */
export function scaledClock(factor: number): Clock {
  const startWallMs = Date.now();
  const startMs = performance.now();
  const elapsedMs = () => (performance.now() - startMs) * factor;
  return {
    nowMs: () => (factor === 1 ? Date.now() : Math.round(startWallMs + elapsedMs())),
    monotonicMs: elapsedMs,
    setTimer: (delayMs, run) => {
      const timer = setTimeout(run, delayMs / factor);
      return () => clearTimeout(timer);
    },
  };
}

/** Resolves after `delayMs` on the given clock. */
export function wait(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.setTimer(delayMs, resolve));
}
