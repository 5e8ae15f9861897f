import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { HistoryState } from "../../../main/contract/history.ts";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { HistoryQueries } from "../../../main/sale-log/queries/history.ts";
import { readSearch } from "../../../main/sale-log/queries/search-text.ts";
import { FINDING_FILE } from "../../../main/sale-log/reader/finding-file.ts";
import { FindingIndex } from "../../../main/sale-log/reader/finding-index.ts";
import { searchSales, type SaleQuery } from "../../../main/sale-log/reader/sale-search.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { pinyinFinder } from "../../../main/till/pinyin-finder.ts";
import { CASHIERS } from "./shop.ts";
import { Random } from "./random.ts";

const PAGE = 50;
const DAY_MS = 86_400_000;
/** The reader's own step: a search that takes longer goes on in another request. */
const STEP_MS = 10;

/** One way of looking for a sale: what is asked, anew each time. */
export interface Way {
  name: string;
  /** Finds by number or page: answered by the till itself, not by the reader. */
  direct?: boolean;
  ask: (random: Random) => Partial<SaleQuery> & { text?: string };
}

interface Known {
  newest: number;
  firstMs: number;
  lastMs: number;
  names: readonly string[];
  references: readonly string[];
  codes: readonly string[];
}

/** The log of a folder as the till and its reader look into it, in this thread. */
export class SearchedLog {
  readonly log: Database;
  readonly history: HistoryQueries;
  readonly index: FindingIndex;
  readonly known: Known;

  private constructor(log: Database, index: FindingIndex) {
    this.log = log;
    this.index = index;
    this.history = new HistoryQueries(log);
    this.known = lookAround(log);
  }

  /** Makes the search file when there is none. */
  static async open(dir: string): Promise<SearchedLog> {
    const log = new Database(logPath(dir), "read");
    const index = new FindingIndex({
      log,
      path: join(dir, FINDING_FILE),
      pinyin: pinyinFinder,
      breathe: nextTurn,
      end: () => {
        throw new Error("the search file is damaged");
      },
    });
    await index.open();
    return new SearchedLog(log, index);
  }

  /** Milliseconds until a page is full or everything was looked at, its rows read. */
  time(way: Way, random: Random, rows = PAGE): number {
    const { text = "", ...change } = way.ask(random);
    const limits = { fromMs: null, toMs: null, minMinor: null, maxMinor: null, cashier: null };
    const query = {
      words: readSearch(text, { currency: "CNY", decimalSign: "." }),
      ...limits,
      state: "any" as HistoryState,
    };
    const startedMs = performance.now();
    if (way.direct) {
      this.history.latest(change.before ?? null, change.limit ?? rows);
      return performance.now() - startedMs;
    }
    let ids: number[] = [];
    let before: number | null = change.before ?? null;
    do {
      const limit = rows - ids.length;
      const found = searchSales(
        this.log,
        this.index,
        { before, ...query, ...change, limit, ...(before === null ? {} : { before }) },
        STEP_MS,
      );
      ids = [...ids, ...found.ids];
      before = found.nextBefore;
    } while (ids.length < rows && before !== null);
    this.history.heads(ids);
    return performance.now() - startedMs;
  }

  close(): void {
    this.index.close();
    this.log.close();
  }
}

/** Every way a returning customer, or the owner, may ask. */
export function waysOf({ newest, firstMs, lastMs, names, references, codes }: Known): Way[] {
  const deep = (random: Random) =>
    random.chance(1 / 3) ? { before: 1 + random.below(newest) } : {};
  const part = (random: Random, characters: number) => {
    const name = random.pick(names);
    const from = random.below(Math.max(1, name.length - characters));
    return name.slice(from, from + characters).trim();
  };
  const moment = (random: Random) => firstMs + Math.floor(random.next() * (lastMs - firstMs));
  const window = (random: Random, ms: number) => {
    const fromMs = moment(random);
    return { fromMs, toMs: fromMs + ms };
  };
  const amount = (random: Random) => 200 + random.below(20_000);
  return [
    {
      name: "receipt by number",
      direct: true,
      ask: (r) => ({ before: 2 + r.below(newest), limit: 1 }),
    },
    { name: "newest 50", direct: true, ask: () => ({}) },
    { name: "50 at any depth", direct: true, ask: (r) => ({ before: 1 + r.below(newest) }) },
    ...[1, 2, 3, 5].map((count) => ({
      name: `name, ${count} characters`,
      ask: (r: Random) => ({ text: part(r, count), ...deep(r) }),
    })),
    { name: "whole name", ask: (r) => ({ text: r.pick(names), ...deep(r) }) },
    {
      name: "name in pinyin",
      ask: (r) => ({
        text: r.pick(["nfsq", "rsn", "qlwlc", "niunai", "bln", "hyx", "yysdp", "xm", "z"]),
        ...deep(r),
      }),
    },
    { name: "name never sold", ask: () => ({ text: "没有卖过的东西" }) },
    { name: "two products", ask: (r) => ({ text: `${part(r, 3)} ${part(r, 2)}`, ...deep(r) }) },
    {
      name: "exact amount",
      ask: (r) => exactly(amount(r)),
    },
    {
      name: "amount ±1 and 2 h",
      ask: (r) => ({ ...about(amount(r), 100), ...window(r, DAY_MS / 12) }),
    },
    {
      name: "amount ±5 and 7 days",
      ask: (r) => ({ ...about(amount(r), 500), ...window(r, 7 * DAY_MS) }),
    },
    {
      name: "amount ±10 % and a year",
      ask: (r) => {
        const at = amount(r);
        return { ...about(at, at / 10), ...window(r, 365 * DAY_MS) };
      },
    },
    ...[2, 3, 4, 8].map((count) => ({
      name: `last ${count} of the reference`,
      ask: (r: Random) => ({ text: r.pick(references).slice(-count), ...deep(r) }),
    })),
    { name: "slip code", ask: (r) => ({ text: r.pick(codes) }) },
    { name: "a day", ask: (r) => window(r, DAY_MS) },
    { name: "cashier", ask: (r) => ({ cashier: r.pick(CASHIERS), ...deep(r) }) },
    {
      name: "cashier and a day",
      ask: (r) => ({ cashier: r.pick(CASHIERS), ...window(r, DAY_MS) }),
    },
    { name: "without the printer's proof", ask: (r) => ({ state: "unproven", ...deep(r) }) },
    {
      name: "declined, one cashier, a year",
      ask: (r) => ({ state: "declined", cashier: r.pick(CASHIERS), ...window(r, 365 * DAY_MS) }),
    },
    {
      name: "name, cashier, ±10 % and a month",
      ask: (r) => {
        const at = amount(r);
        return {
          text: part(r, 2),
          cashier: r.pick(CASHIERS),
          ...about(at, at / 10),
          ...window(r, 30 * DAY_MS),
        };
      },
    },
    {
      name: "name, cashier and exact amount",
      ask: (r) => ({ text: part(r, 2), cashier: r.pick(CASHIERS), ...exactly(amount(r)) }),
    },
  ];
}

function exactly(minor: number) {
  return { minMinor: minor, maxMinor: minor };
}

function about(minor: number, by: number) {
  return { minMinor: Math.max(0, Math.floor(minor - by)), maxMinor: Math.ceil(minor + by) };
}

/** What there is to be asked about. */
function lookAround(log: Database): Known {
  const newest = Number(log.get("SELECT max(id) AS n FROM sale")?.["n"]);
  const at = (id: number) => Number(log.get("SELECT at_ms FROM sale WHERE id=?", id)?.["at_ms"]);
  const step = Math.max(1, Math.floor(newest / 500));
  const some = Array.from({ length: Math.min(500, newest) }, (_, index) => 1 + index * step);
  const texts = (sql: string) =>
    log.rows(sql, JSON.stringify(some)).flatMap(([text]) => (text === null ? [] : [String(text)]));
  return {
    newest,
    firstMs: at(1),
    lastMs: at(newest),
    names: log.rows("SELECT name_zh FROM item_name").map(([name]) => String(name)),
    references: texts(
      "SELECT reference FROM payment WHERE n=1 AND sale_id IN (SELECT value FROM json_each(?))",
    ),
    codes: texts(
      `SELECT substr(e.hash,1,10) FROM sale s JOIN event e ON e.seq=s.seq
       WHERE s.id IN (SELECT value FROM json_each(?))`,
    ),
  };
}
