import { parentPort, workerData } from "node:worker_threads";
import { runReader } from "../sale-log/reader/run-reader.ts";
import { pinyinFinder } from "./pinyin-finder.ts";

if (!parentPort) throw new Error("This is a part of Slipsure and is started by it.");
runReader(parentPort, (workerData as { dataDir: string }).dataDir, pinyinFinder);
