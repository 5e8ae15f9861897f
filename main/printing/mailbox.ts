import type { Clock } from "../clock.ts";
import type { PrinterSession, SessionEvent } from "./session.ts";

/** Keeps what a session says until somebody asks for it, so nothing is missed between two waits. */
export class Mailbox {
  private readonly clock: Clock;
  private readonly waiting: SessionEvent[] = [];
  private wake: (() => void) | null = null;
  private readonly stop: () => void;

  constructor(session: PrinterSession, clock: Clock) {
    this.clock = clock;
    this.stop = session.listen((event) => {
      this.waiting.push(event);
      this.wake?.();
    });
    if (session.closed) this.waiting.push({ type: "closed" });
  }

  /** The next event, or null when none comes within `timeoutMs`. */
  async next(timeoutMs: number): Promise<SessionEvent | null> {
    if (this.waiting.length === 0 && timeoutMs > 0)
      await new Promise<void>((resolve) => {
        const cancel = this.clock.setTimer(timeoutMs, resolve);
        this.wake = () => {
          cancel();
          resolve();
        };
      });
    this.wake = null;
    return this.waiting.shift() ?? null;
  }

  close(): void {
    this.stop();
  }
}
