import { Worker } from "node:worker_threads";
import type { FromReader, ToReader } from "./requests.ts";

/** A running reader as the till sees it. */
export interface ReaderThread {
  /** Never throws; what is sent to one that has gone is lost, and `onExit` says so. */
  send(message: ToReader): void;
  onMessage(listener: (message: FromReader) => void): void;
  /** Called once, also when it could not be started, with the reason in a few words. */
  onExit(listener: (why: string) => void): void;
  /** Ends it at once, even if it hangs. */
  kill(): void;
  /** Lets it shut its connection and end; ends it anyway after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/**
 * @param entry the program of the thread: its source, or what it was bundled to.
 * @param dataDir the folder of the till whose log is read.
 */
export function startReaderThread(entry: string | URL, dataDir: string): ReaderThread {
  const worker = new Worker(entry, {
    workerData: { dataDir },
    name: "log reader",
    // None of ours: a debugger's port, say, can be held only once.
    execArgv: [],
    // What it keeps for long is outside of the heap; a small one is tidied up sooner.
    resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 192 },
  });
  let problem: string | null = null;
  worker.on("error", (error: unknown) => {
    problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
  });
  const exited = new Promise<string>((resolve) => {
    worker.once("exit", (code) => resolve(problem ?? `it ended by itself (${code})`));
  });
  return {
    send: (message) => worker.postMessage(message),
    onMessage: (listener) => {
      worker.on("message", listener);
    },
    onExit: (listener) => {
      void exited.then(listener);
    },
    kill: () => {
      void worker.terminate();
    },
    close: async (graceMs) => {
      worker.postMessage({ type: "close" } satisfies ToReader);
      const timer = setTimeout(() => void worker.terminate(), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}
