import { Worker } from "node:worker_threads";
import type { BackupProblem } from "../contract/backup.ts";
import { threadEntry } from "../thread-entry.ts";
import { BackupError } from "./problem.ts";
import type { Progress, Tell } from "./tell.ts";
import type { JobName, JobResult, JobTask } from "./worker-jobs.ts";

/** One piece of work; null: nothing more will come. */
export type ToWorker = { id: number; name: string; task: unknown } | null;

export type FromWorker =
  | { type: "progress"; id: number; progress: Progress }
  | { type: "done"; id: number; result: unknown }
  | { type: "failed"; id: number; problem: BackupProblem; detail: string };

interface Waiting {
  tell: Tell;
  done: (result: unknown) => void;
  failed: (error: Error) => void;
}

/** An idle thread is gone long before. */
const IDLE_ENDS_MS = 10_000;

/** A thread for one piece of work, ended with it: between copies it costs nothing. */
export class BackupWorker {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private readonly gone: Promise<void>;
  private jobs = 0;
  private isEnded = false;
  private heardAtMs = performance.now();

  constructor(entry = threadEntry(import.meta, "worker-main.ts", "backup-worker.js")) {
    this.worker = new Worker(entry, {
      name: "backup",
      execArgv: [],
      // What passes through is many times larger than what is kept of it.
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 },
    });
    this.worker.on("message", (message: FromWorker) => this.hear(message));
    this.gone = new Promise((resolve) => {
      this.worker.on("error", (error: unknown) => this.failAll(asError(error)));
      this.worker.on("exit", () => {
        this.isEnded = true;
        this.failAll(new BackupError("interrupted"));
        resolve();
      });
    });
  }

  /**
   * @throws BackupError with the problem the worker met; `interrupted` when it was ended.
   */
  run<N extends JobName>(name: N, task: JobTask<N>, tell: Tell = () => {}): Promise<JobResult<N>> {
    // Between two jobs: nobody would answer the second.
    if (this.isEnded) return Promise.reject(new BackupError("interrupted"));
    this.jobs += 1;
    const id = this.jobs;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, {
        tell,
        done: (result) => resolve(result as JobResult<N>),
        failed: reject,
      });
      this.worker.postMessage({ id, name, task } satisfies ToWorker);
    });
  }

  /** Milliseconds since it last said anything. */
  silentForMs(): number {
    return performance.now() - this.heardAtMs;
  }

  /**
   * Ends the thread. One that has nothing to do closes by itself, never in the middle of anything; work under way
   * is broken off. A step that SQLite has begun is finished first; what hangs on a disk is left behind.
   */
  async end(patienceMs: number): Promise<void> {
    const isIdle = !this.isEnded && this.waiting.size === 0;
    this.isEnded = true;
    if (isIdle) {
      this.worker.postMessage(null satisfies ToWorker);
      if (await this.isGoneWithin(IDLE_ENDS_MS)) return;
    }
    void this.worker.terminate();
    this.failAll(new BackupError("interrupted"));
    await this.isGoneWithin(patienceMs);
    // A thread that hangs in the system must not keep the program alive.
    this.worker.unref();
  }

  private async isGoneWithin(patienceMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), patienceMs);
    });
    const isGone = await Promise.race([this.gone.then(() => true), patience]);
    clearTimeout(timer);
    return isGone;
  }

  private hear(message: FromWorker): void {
    this.heardAtMs = performance.now();
    const waiting = this.waiting.get(message.id);
    if (!waiting) return;
    if (message.type === "progress") return waiting.tell(message.progress);
    this.waiting.delete(message.id);
    if (message.type === "done") waiting.done(message.result);
    else waiting.failed(new BackupError(message.problem, message.detail));
  }

  private failAll(error: Error): void {
    for (const { failed } of this.waiting.values()) failed(error);
    this.waiting.clear();
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
