import { parentPort, workerData } from "node:worker_threads";
import { loadPinyinKeyMaker } from "./pinyin-keys.ts";
import { ROWS_PER_SLICE } from "./slices.ts";

if (!parentPort) throw new Error("This is a part of Slipsure and is started by it.");
const names = workerData as readonly string[];
const keysOf = await loadPinyinKeyMaker();
for (let start = 0; start < names.length; start += ROWS_PER_SLICE)
  parentPort.postMessage(names.slice(start, start + ROWS_PER_SLICE).map(keysOf));
