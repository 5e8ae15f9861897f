import type { HistoryState } from "../../../main/contract/history.ts";
import { readSearch } from "../../../main/sale-log/queries/search-text.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { createLogReader } from "../../../main/till/start-log-reader.ts";
import { Random } from "./random.ts";

const QUESTIONS = 3_000;
const WORDS = [
  "水",
  "牛奶",
  "niunai",
  "酸奶",
  "Tea",
  "500ml",
  "23.50",
  "20-30",
  "7788",
  "#1042",
  "辣条 牛奶",
];

/** Asks a log of all kinds of things, page by page, and prints the megabytes it has taken by then. */
const [, , dir = ""] = process.argv;
const log = new SaleLog(dir);
const reader = createLogReader(dir, (where, error) => {
  throw new Error(where, { cause: error });
});
const random = new Random(1);
const newest = log.sales.newestId();
const limits = { fromMs: null, toMs: null, minMinor: null, maxMinor: null, cashier: null };
const state: HistoryState = "any";
for (let asked = 0; asked < QUESTIONS; asked += 1) {
  const before = 1 + random.below(newest);
  if (asked % 3 === 0) log.history.latest(before, 50);
  else if (asked % 3 === 1) log.history.trail(before, 200);
  else {
    const words = readSearch(random.pick(WORDS), { currency: "CNY", decimalSign: "." });
    const { building } = await reader.ask("search", { words, ...limits, state, before, limit: 50 });
    if (building !== null) throw new Error("the search file is not made yet");
  }
}
process.stdout.write(String(process.memoryUsage().rss / 1e6));
await reader.close();
log.close();
