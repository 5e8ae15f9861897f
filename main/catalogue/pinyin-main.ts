import { parentPort, workerData } from "node:worker_threads";
import { loadPinyinKeyMaker } from "./pinyin-keys.ts";

if (!parentPort) throw new Error("This is a part of Slipsure and is started by it.");
const keysOf = await loadPinyinKeyMaker();
parentPort.postMessage((workerData as readonly string[]).map(keysOf));
