import { Worker } from "node:worker_threads";
import { threadEntry } from "../thread-entry.ts";
import { BooksError, type BooksProblem } from "./problem.ts";
import type { JobName, JobProgress, JobResult, JobTask } from "./thread-jobs.ts";

export interface ThreadWork {
  name: string;
  task: unknown;
}

export type FromThread =
  | { type: "progress"; progress: JobProgress }
  | { type: "done"; result: unknown }
  | { type: "failed"; problem: BooksProblem; detail: string };

/**
 * Does one piece of work in a thread of its own, which ends with it.
 * @throws BooksError with the problem it met; `stopped` when `signal` ended it.
 */
export function inThread<N extends JobName>(
  name: N,
  task: JobTask<N>,
  signal: AbortSignal,
  tell: (progress: JobProgress) => void,
): Promise<JobResult<N>> {
  if (signal.aborted) return Promise.reject(new BooksError("stopped"));
  const worker = new Worker(threadEntry(import.meta, "thread-main.ts", "books-thread.js"), {
    workerData: { name, task } satisfies ThreadWork,
    name: `books ${name}`,
    execArgv: [],
    // A small heap is tidied up sooner: what passes through is many times larger.
    resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 },
  });
  const stop = () => void worker.terminate();
  signal.addEventListener("abort", stop, { once: true });
  return new Promise<JobResult<N>>((resolve, reject) => {
    worker.on("message", (message: FromThread) => {
      if (message.type === "progress") tell(message.progress);
      else if (message.type === "done") resolve(message.result as JobResult<N>);
      else reject(new BooksError(message.problem, message.detail));
    });
    worker.on("error", (error: unknown) => {
      reject(new BooksError("unexpected", error instanceof Error ? error.stack : String(error)));
    });
    // Says nothing new when the work was done: a promise is settled once.
    worker.on("exit", (code) =>
      reject(new BooksError(signal.aborted ? "stopped" : "unexpected", `ended with ${code}`)),
    );
  }).finally(() => signal.removeEventListener("abort", stop));
}
