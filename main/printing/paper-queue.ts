import type { CauseCode } from "../domain/receipt/cause.ts";
import type { PaperProgress, PaperRequest } from "./receipt-printer.ts";

interface QueueOwner {
  /** Prints one paper to its end. May throw: then nothing more is sent for it. */
  print: (request: PaperRequest) => Promise<void>;
  /** A paper is about to be printed, after a time without any. */
  busy: () => void;
  /** Nothing is left to print. */
  idle: () => void;
  changed: () => void;
  incident: (error: unknown) => void;
}

/** Papers that wait for one printer, in order, with at most one under way. */
export class PaperQueue {
  current: PaperRequest | null = null;
  progress: PaperProgress | null = null;
  closed = false;
  private readonly owner: QueueOwner;
  private readonly waiting: PaperRequest[] = [];
  private working: Promise<void> = Promise.resolve();

  constructor(owner: QueueOwner) {
    this.owner = owner;
  }

  /** Papers waiting and under way. */
  get length(): number {
    return this.waiting.length + (this.current === null ? 0 : 1);
  }

  /** @param stop why the printer stands still; a paper behind a stopped one is refused with it. */
  add(request: PaperRequest, stop: CauseCode): void {
    if (this.progress?.state === "blocked") {
      this.refuse(request, stop);
      return;
    }
    this.waiting.push(request);
    this.changed();
    if (this.current === null) this.working = this.work();
  }

  /** Resolves when no paper is under way and none waits. */
  async settled(): Promise<void> {
    await this.working;
  }

  /** The paper under way has stopped: nothing behind it moves by itself. */
  stopped(cause: CauseCode): void {
    if (this.progress) this.progress.state = "blocked";
    for (const request of this.waiting.splice(0)) this.refuse(request, cause);
  }

  close(): void {
    this.closed = true;
    this.waiting.length = 0;
  }

  changed(): void {
    if (!this.closed) this.owner.changed();
  }

  private async work(): Promise<void> {
    for (let next = this.waiting.shift(); next && !this.closed; next = this.waiting.shift()) {
      this.current = next;
      this.owner.busy();
      try {
        await this.owner.print(next);
      } catch (error) {
        // The log could not be written or a rule was broken: nothing more is sent for this paper.
        this.drop(next, error);
      }
      this.current = null;
      this.progress = null;
      this.changed();
    }
    if (!this.closed) this.owner.idle();
  }

  /** Nothing of it has left. */
  private refuse(request: PaperRequest, cause: CauseCode): void {
    try {
      request.emit({ type: "failed", cause });
    } catch (error) {
      this.drop(request, error);
    }
    this.changed();
  }

  private drop(request: PaperRequest, error: unknown): void {
    if (this.closed) return;
    this.owner.incident(error);
    request.dropped();
  }
}
