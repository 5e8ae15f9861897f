import { parentPort, workerData } from "node:worker_threads";
import { booksProblemOf } from "./problem.ts";
import { JOBS, type JobName, type JobProgress } from "./thread-jobs.ts";
import type { FromThread, ThreadWork } from "./thread.ts";

/** The program of a thread for one piece of work with the books. */
const port = parentPort;
if (!port) throw new Error("this is the program of a thread");

/** A bar on a screen needs no more. */
const TELL_EVERY_MS = 150;

const say = (message: FromThread) => port.postMessage(message);
const { name, task } = workerData as ThreadWork;
let toldMs = 0;

function tell(progress: JobProgress): void {
  if (performance.now() - toldMs < TELL_EVERY_MS) return;
  toldMs = performance.now();
  say({ type: "progress", progress });
}

try {
  const run = JOBS[name as JobName] as (
    task: unknown,
    tell: (step: JobProgress) => void,
  ) => unknown;
  say({ type: "done", result: await run(task, tell) });
} catch (error) {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  say({ type: "failed", problem: booksProblemOf(error), detail });
}
