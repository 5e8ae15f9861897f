import type { Clock } from "../../clock.ts";
import type { ReportIncident } from "../../contract/dispatch.ts";
import type { ReaderThread } from "./reader-thread.ts";
import type { Answer, Ask, FromReader, ReaderRequestName } from "./requests.ts";

/** Longest wait for an answer when nothing else is said. */
const TIMEOUT_MS = 10_000;
/** A reader that was told to stop a request and says nothing this long hangs, and is replaced. */
const GRACE_MS = 2_000;
/** A request is asked again after its reader has gone: reading twice does no harm. */
const MAX_TRIES = 2;
/** First pause after a reader ended by itself; it doubles with every end that follows. */
const RESTART_AFTER_MS = 200;
const LONGEST_PAUSE_MS = 30_000;
/** One that lived this long did not end because of how it was started. */
const STEADY_AFTER_MS = 60_000;
/** Nobody looks anything up any more: its memory is better used by others. */
const IDLE_MS = 300_000;
const WHERE = "log reader";

/** The reader ended before it answered, more than once. */
export class ReaderGone extends Error {
  constructor(why: string) {
    super(`The log could not be read: ${why}`);
    this.name = "ReaderGone";
  }
}

/** The answer took longer than the caller wanted to wait. */
export class ReaderTimeout extends Error {
  constructor(name: string, timeoutMs: number) {
    super(`The log reader did not answer "${name}" within ${timeoutMs} ms.`);
    this.name = "ReaderTimeout";
  }
}

export interface AskOptions {
  /** Aborting rejects with the signal's reason and lets the reader stop. */
  signal?: AbortSignal;
  timeoutMs?: number;
  onProgress?: (progress: unknown) => void;
}

export interface LogReaderOptions {
  start: () => ReaderThread;
  /** The computer's own: the reader lives in real time. */
  clock: Clock;
  report: ReportIncident;
}

interface Pending {
  id: number;
  name: ReaderRequestName;
  ask: unknown;
  tries: number;
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
  onProgress: (progress: unknown) => void;
  /** Ends the clock and stops listening to the signal. */
  release: () => void;
}

/**
 * The till's side of the reader: a thread with a connection of its own that can only read, for
 * whatever takes longer than a sale should wait. It is started when first needed, and again with
 * growing pauses when it ended by itself; what was asked of the old one is asked again.
 */
export class LogReader {
  private readonly options: LogReaderOptions;
  private thread: ReaderThread | null = null;
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  /** Requests given up by their callers that the reader has not let go of. */
  private readonly stopping = new Map<number, () => void>();
  private startedMs = 0;
  private ends = 0;
  private restart: (() => void) | null = null;
  private isClosed = false;
  private stopIdling: () => void = () => {};
  /** Ended when the last thread that went to rest has shut its connection. */
  private resting: Promise<void> = Promise.resolve();

  constructor(options: LogReaderOptions) {
    this.options = options;
  }

  /** Starts it now, so that the first answer need not wait for that. */
  warmUp(): void {
    this.stopIdling();
    if (this.isClosed) return;
    this.stopIdling = this.options.clock.setTimer(IDLE_MS, () => this.rest());
    if (this.thread || this.restart) return;
    this.startedMs = this.options.clock.monotonicMs();
    const thread = this.options.start();
    this.thread = thread;
    thread.onMessage((message) => {
      if (this.thread === thread) this.hear(message);
    });
    thread.onExit((why) => {
      if (this.thread === thread) this.ended(why);
    });
  }

  /**
   * @throws ReaderGone, ReaderTimeout, the signal's reason, or an error with the name and message
   * of what went wrong in there.
   */
  ask<N extends ReaderRequestName>(
    name: N,
    ask: Ask<N>,
    { signal, timeoutMs = TIMEOUT_MS, onProgress = () => {} }: AskOptions = {},
  ): Promise<Answer<N>> {
    if (this.isClosed) return Promise.reject(new ReaderGone("the till is closing"));
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    return new Promise<unknown>((resolve, reject) => {
      this.lastId += 1;
      const id = this.lastId;
      const onAbort = () => this.giveUp(id, signal?.reason);
      const stopClock = this.options.clock.setTimer(timeoutMs, () =>
        this.giveUp(id, new ReaderTimeout(name, timeoutMs)),
      );
      signal?.addEventListener("abort", onAbort, { once: true });
      const release = () => {
        stopClock();
        signal?.removeEventListener("abort", onAbort);
      };
      const pending = { id, name, ask, tries: 0, resolve, reject, onProgress, release };
      this.pending.set(id, pending);
      this.warmUp();
      this.send(pending);
    }) as Promise<Answer<N>>;
  }

  /** Ends the thread; whoever still waits is refused. Resolves when its connection is shut. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.stopIdling();
    this.restart?.();
    this.refuseAll("the till is closing");
    for (const stop of this.stopping.values()) stop();
    this.stopping.clear();
    const { thread } = this;
    this.thread = null;
    // Both: whoever moves the log next must find nobody reading it.
    await Promise.all([this.resting, thread?.close(GRACE_MS)]);
  }

  /** Ends the thread until it is needed again. */
  private rest(): void {
    if (this.pending.size > 0) return this.warmUp();
    const { thread } = this;
    this.thread = null;
    if (thread) this.resting = thread.close(GRACE_MS);
  }

  private send(pending: Pending): void {
    if (!this.thread) return;
    pending.tries += 1;
    const { id, name, ask } = pending;
    this.thread.send({ type: "ask", id, name, ask });
  }

  private hear(message: FromReader): void {
    switch (message.type) {
      case "ready":
        return;
      case "problem":
        this.options.report(WHERE, errorOf(message.error));
        return;
      case "progress":
        this.pending.get(message.id)?.onProgress(message.progress);
        return;
      case "answer":
        this.settle(message.id, (pending) => pending.resolve(message.answer));
        return;
      case "failed":
        this.settle(message.id, (pending) => pending.reject(errorOf(message.error)));
        return;
      case "cancelled":
        this.settle(message.id, (pending) => pending.reject(new ReaderGone("stopped")));
    }
  }

  private settle(id: number, how: (pending: Pending) => void): void {
    this.stopping.get(id)?.();
    this.stopping.delete(id);
    const pending = this.pending.get(id);
    if (!pending) return;
    this.pending.delete(id);
    pending.release();
    how(pending);
  }

  /** The caller does not wait any more; a reader that does not let go of it is ended. */
  private giveUp(id: number, why: unknown): void {
    const pending = this.pending.get(id);
    if (!pending) return;
    this.settle(id, () => pending.reject(why));
    const { thread } = this;
    if (!thread || pending.tries === 0) return;
    thread.send({ type: "cancel", id });
    const stop = this.options.clock.setTimer(GRACE_MS, () => {
      this.stopping.delete(id);
      if (this.thread === thread) thread.kill();
    });
    this.stopping.set(id, stop);
  }

  private ended(why: string): void {
    this.thread = null;
    for (const stop of this.stopping.values()) stop();
    this.stopping.clear();
    const { clock, report } = this.options;
    report(WHERE, new ReaderGone(why));
    if (clock.monotonicMs() - this.startedMs >= STEADY_AFTER_MS) this.ends = 0;
    const pauseMs = Math.min(LONGEST_PAUSE_MS, RESTART_AFTER_MS * 2 ** this.ends);
    this.ends += 1;
    for (const pending of this.pending.values())
      if (pending.tries >= MAX_TRIES)
        this.settle(pending.id, () => pending.reject(new ReaderGone(why)));
    const stopClock = clock.setTimer(pauseMs, () => {
      this.restart = null;
      if (this.pending.size === 0) return;
      this.warmUp();
      for (const pending of this.pending.values()) this.send(pending);
    });
    this.restart = stopClock;
  }

  private refuseAll(why: string): void {
    for (const pending of this.pending.values())
      this.settle(pending.id, () => pending.reject(new ReaderGone(why)));
  }
}

function errorOf(plain: { name: string; message: string; stack?: string }): Error {
  const error = new Error(plain.message);
  error.name = plain.name;
  if (plain.stack !== undefined) error.stack = plain.stack;
  return error;
}
