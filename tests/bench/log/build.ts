import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { NEWEST_SCHEMA } from "../../../main/sale-log/migrate.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { expectedSchema } from "../../../main/sale-log/schema-check.ts";
import { Shop } from "./shop.ts";

const DAYS = 3 * 365;
const DAY_MS = 86_400_000;
/** Midnight in China. */
const FIRST_DAY_MS = Date.UTC(2023, 9, 31, 16);
/** Raise it when the sales of the shop change: logs made before don't fit then. */
const BUILD = 1;
/** At least, and a whole number of days. */
const TRANSACTION_SALES = 4000;
const TELL_EVERY_MS = 15_000;

/** Where logs are kept between runs: outside the checkout, because they are large. */
export function benchDir(env: NodeJS.ProcessEnv = process.env): string {
  const chosen = env["SLIPSURE_BENCH_DIR"];
  if (chosen) return chosen;
  if (process.platform === "win32")
    return join(env["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), "slipsure-bench");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "slipsure-bench");
  return join(env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "slipsure-bench");
}

/** The data folder of a log with so many sales; made by `buildLog`. */
export function logDir(sales: number): string {
  const schema = createHash("sha256").update(
    JSON.stringify([...expectedSchema(NEWEST_SCHEMA).values(), BUILD]),
  );
  return join(benchDir(), `log-${sales}-${schema.digest("hex").slice(0, 8)}`);
}

/** How far a log is that is still being made; kept in it. */
interface Made {
  day: number;
  sold: number;
  chance: number;
}
const MADE = "bench";

/**
 * Makes a log of three years, once, through the very code that sells: chain, anchors, closings and
 * all. Only the transactions are larger, some days each. One that was ended half-way goes on where it
 * stopped. @returns its data folder.
 */
export function buildLog(sales: number, tell: (line: string) => void): string {
  const dir = logDir(sales);
  if (existsSync(dir)) return dir;
  const part = `${dir}.part`;
  mkdirSync(part, { recursive: true });
  const startedMs = performance.now();
  let toldMs = startedMs;
  let nowMs = FIRST_DAY_MS;
  const log = new SaleLog(part, { nowMs: () => nowMs });
  const shop = new Shop(FIRST_DAY_MS);
  let { day, sold } = goOn(log, shop);
  const before = sold;
  while (day < DAYS) {
    log.transaction(() => {
      for (const until = sold + TRANSACTION_SALES; day < DAYS && sold < until; day += 1) {
        const wanted = Math.round((sales * (day + 1)) / DAYS) - sold;
        nowMs = FIRST_DAY_MS + day * DAY_MS;
        if (wanted > 0) shop.sellDay(log, nowMs, wanted);
        sold += wanted;
      }
      log.keep(MADE, JSON.stringify({ day, sold, chance: shop.chance } satisfies Made));
    });
    log.checkpoint();
    if (performance.now() - toldMs > TELL_EVERY_MS) {
      toldMs = performance.now();
      tell(`building ${dir}: ${sold} of ${sales} sales`);
    }
  }
  log.checkpoint();
  log.close();
  renameSync(part, dir);
  const seconds = (performance.now() - startedMs) / 1000;
  const megabytes = statSync(join(dir, "slipsure.db")).size / 1e6;
  const perSecond = ((sales - before) / seconds).toFixed(0);
  tell(
    `built ${sales} sales in ${seconds.toFixed(0)} s (${perSecond}/s), ${megabytes.toFixed(0)} MB`,
  );
  return dir;
}

function goOn(log: SaleLog, shop: Shop): Pick<Made, "day" | "sold"> {
  const text = log.kept(MADE);
  if (text === null) return { day: 0, sold: 0 };
  const { chance, ...made } = JSON.parse(text) as Made;
  shop.chance = chance;
  return made;
}
