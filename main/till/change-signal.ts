import type { Clock } from "../clock.ts";
import type { ReportIncident } from "../contract/dispatch.ts";

/** A quiet moment after the last change, long enough that no sale waits for a checkpoint. */
const CHECKPOINT_AFTER_MS = 300;

/** Gathers the changes of one turn into one status, and checkpoints when it has gone quiet. */
export class ChangeSignal {
  private readonly clock: Clock;
  private readonly send: () => void;
  private readonly quiet: () => void;
  private readonly report: ReportIncident;
  private readonly later = new Set<() => void>();
  private pending = false;
  private stopped = false;
  private stopQuiet: () => void = () => {};

  constructor(clock: Clock, send: () => void, quiet: () => void, report: ReportIncident) {
    this.clock = clock;
    this.send = send;
    this.quiet = quiet;
    this.report = report;
  }

  mark(): void {
    if (this.pending || this.stopped) return;
    this.pending = true;
    setImmediate(() => {
      this.pending = false;
      if (this.stopped) return;
      this.attempt("status", this.send);
      this.stopQuiet();
      this.stopQuiet = this.clock.setTimer(CHECKPOINT_AFTER_MS, () =>
        this.attempt("checkpoint", this.quiet),
      );
    });
  }

  /** Marks a change that time brings; nothing when the till is closed by then. */
  markIn(delayMs: number): void {
    const cancel = this.clock.setTimer(delayMs + 1, () => {
      this.later.delete(cancel);
      this.mark();
    });
    this.later.add(cancel);
  }

  stop(): void {
    this.stopped = true;
    this.stopQuiet();
    for (const cancel of this.later) cancel();
  }

  /** A full disk must not end the till from inside a timer. */
  private attempt(where: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.report(where, error);
    }
  }
}
