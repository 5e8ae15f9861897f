import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { threadEntry } from "../thread-entry.ts";
import type { PinyinKeys } from "./pinyin-keys.ts";

/**
 * How names are typed in pinyin, in their order and slice by slice, worked out in a thread that ends with it:
 * the dictionary takes 50 ms and 25 MB, which neither a scan nor the rest of the day should pay for.
 * @throws Error when the thread can't be started or fails; one that is ended gives fewer than all.
 */
export async function* pinyinInThread(
  names: readonly string[],
): AsyncGenerator<readonly PinyinKeys[]> {
  const worker = new Worker(threadEntry(import.meta, "pinyin-main.ts", "pinyin.js"), {
    workerData: names,
    name: "pinyin",
    execArgv: [],
  });
  for await (const [keys] of on(worker, "message", { close: ["exit"] }))
    yield keys as readonly PinyinKeys[];
}
