import { Worker } from "node:worker_threads";
import { threadEntry } from "../thread-entry.ts";
import type { PinyinKeys } from "./pinyin-keys.ts";

/**
 * How names are typed in pinyin, in their order, worked out in a thread that ends with it: the dictionary takes
 * 50 ms and 25 MB, which neither a scan nor the rest of the day should pay for.
 * @throws Error when the thread can't be started or ends without an answer.
 */
export function pinyinInThread(names: readonly string[]): Promise<readonly PinyinKeys[]> {
  const worker = new Worker(threadEntry(import.meta, "pinyin-main.ts", "pinyin.js"), {
    workerData: names,
    name: "pinyin",
    execArgv: [],
  });
  return new Promise((resolve, reject) => {
    worker.on("message", resolve);
    worker.on("error", reject);
    // Says nothing new after an answer: a promise is settled once.
    worker.on("exit", (code) => reject(new Error(`The pinyin of names was not made (${code}).`)));
  });
}
