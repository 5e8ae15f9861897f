import { setTimeout as wait } from "node:timers/promises";
import { DayQueries } from "../queries/day.ts";
import { HistoryQueries } from "../queries/history.ts";
import { sqliteCode, SQLITE_CORRUPT, SQLITE_NOTADB, type Database } from "../sqlite.ts";
import type { FindingIndex } from "./finding-index.ts";
import { searchSales, type FoundSales, type SaleQuery } from "./sale-search.ts";
import type { Answers } from "./serve.ts";

/** Longest step of a search; with the way there and back it is within one frame of a screen. */
const SEARCH_STEP_MS = 10;

/** A search waits this long for an index that is being opened; one that is being made takes longer. */
const OPENING_MS = 300;

/**
 * Every request, answered from a connection that can only read.
 * @param opened resolves when the index is open, or never will be.
 */
export function readerAnswers(log: Database, index: FindingIndex, opened: Promise<void>): Answers {
  const history = new HistoryQueries(log);
  const days = new DayQueries(log);
  return {
    search: async (query) => {
      if (index.built !== null)
        await Promise.race([opened, wait(OPENING_MS, undefined, { ref: false })]);
      if (index.built !== null) return { sales: [], nextBefore: null, building: index.built };
      index.follow();
      const { ids, nextBefore } = search(log, index, query);
      return { sales: history.heads(ids), nextBefore, building: null };
    },
    dayReport: ({ day, nowMs, currency }) => days.report(day, nowMs, currency),
  };
}

function search(log: Database, index: FindingIndex, query: SaleQuery): FoundSales {
  try {
    return searchSales(log, index, query, SEARCH_STEP_MS);
  } catch (error) {
    const code = sqliteCode(error);
    // Whichever file it is: this one can be made anew, and if it was the log that shows at once.
    if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB) index.discard();
    throw error;
  }
}
