import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import type { ToReader } from "../../../../main/sale-log/reader/requests.ts";
import { serveReader, type Answers } from "../../../../main/sale-log/reader/serve.ts";

/** A reader that does what it is asked in `cashier`: answers, waits to be stopped, throws, dies, hangs. */
if (!parentPort) throw new Error("to be started as a thread");
const { dataDir } = workerData as { dataDir: string };
const port = parentPort;

const answers: Answers = {
  search: async ({ cashier, limit }, { breathe, progress }) => {
    if (cashier === "throw") throw new RangeError("no such page");
    if (cashier === "die") process.exit(3);
    if (cashier === "dieOnce" && !existsSync(join(dataDir, "died"))) {
      writeFileSync(join(dataDir, "died"), "");
      process.exit(4);
    }
    if (cashier === "hang") {
      progress("hanging");
      for (;;);
    }
    if (cashier === "wait") {
      progress("waiting");
      try {
        for (;;) await breathe();
      } finally {
        writeFileSync(join(dataDir, `stopped-${limit}`), "");
      }
    }
    return { sales: [], nextBefore: limit, building: null };
  },
  dayReport: () => {
    throw new Error("not here");
  },
};
serveReader(
  {
    postMessage: (message) => port.postMessage(message),
    on: (event, listener: (message: ToReader) => void) => port.on(event, listener),
    close: () => port.close(),
  },
  answers,
  async () => {
    writeFileSync(join(dataDir, "closed"), "");
  },
);
