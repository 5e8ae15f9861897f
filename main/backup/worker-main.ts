import { parentPort } from "node:worker_threads";
import { problemOf } from "./problem.ts";
import { JOBS, type JobName } from "./worker-jobs.ts";
import type { FromWorker, ToWorker } from "./worker-client.ts";
import type { Tell } from "./tell.ts";

/** The program of the backup worker: one job after the other, until its line is shut. */
const port = parentPort;
if (!port) throw new Error("this is the program of a worker");

const say = (message: FromWorker) => port.postMessage(message);

async function answer({ id, name, task }: NonNullable<ToWorker>): Promise<void> {
  const tell: Tell = (progress) => say({ type: "progress", id, progress });
  const run = JOBS[name as JobName] as (task: unknown, tell: Tell) => unknown;
  try {
    say({ type: "done", id, result: await run(task, tell) });
  } catch (error) {
    const detail =
      error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error);
    say({ type: "failed", id, problem: problemOf(error), detail });
  }
}

port.on("message", (message: ToWorker) => {
  if (message === null) port.close();
  else void answer(message);
});
