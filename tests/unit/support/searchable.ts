import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { HistoryQuery } from "../../../main/contract/history.ts";
import { readSearch } from "../../../main/sale-log/queries/search-text.ts";
import { FINDING_FILE } from "../../../main/sale-log/reader/finding-file.ts";
import { FindingIndex } from "../../../main/sale-log/reader/finding-index.ts";
import { searchSales } from "../../../main/sale-log/reader/sale-search.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { pinyinFinder } from "../../../main/till/pinyin-finder.ts";

export const EVERYTHING: HistoryQuery = {
  text: "",
  fromMs: null,
  toMs: null,
  minMinor: null,
  maxMinor: null,
  cashier: null,
  state: "any",
  before: null,
  limit: 50,
};

/** The search of the reader over the log of a folder, in this thread. */
export class Searchable {
  readonly index: FindingIndex;
  private readonly log: Database;

  private constructor(log: Database, index: FindingIndex) {
    this.log = log;
    this.index = index;
  }

  static async open(dataDir: string): Promise<Searchable> {
    const log = new Database(join(dataDir, "slipsure.db"), "read");
    const index = new FindingIndex({
      log,
      path: join(dataDir, FINDING_FILE),
      pinyin: pinyinFinder,
      breathe: nextTurn,
      end: () => {
        throw new Error("the index was thrown away");
      },
    });
    await index.open();
    return new Searchable(log, index);
  }

  /** Sale numbers of one page. */
  find(
    text: string,
    change: Partial<HistoryQuery> = {},
    budgetMs = 1000,
  ): { ids: number[]; nextBefore: number | null } {
    this.index.follow();
    const query = { ...EVERYTHING, ...change };
    return searchSales(
      this.log,
      this.index,
      { ...query, words: readSearch(text, { currency: "CNY", decimalSign: "." }) },
      budgetMs,
    );
  }

  /** All pages of a search, following the cursor. */
  walk(text: string, change: Partial<HistoryQuery> = {}, budgetMs = 1000): number[] {
    const ids: number[] = [];
    let before: number | null = null;
    for (;;) {
      const page = this.find(text, { ...change, before }, budgetMs);
      ids.push(...page.ids);
      before = page.nextBefore;
      if (before === null) return ids;
    }
  }

  close(): void {
    this.index.close();
    this.log.close();
  }
}
