import type { HistoryState } from "../../contract/history.ts";
import type { SearchWord } from "../queries/search-text.ts";
import type { Database } from "../sqlite.ts";
import { ColumnScan, type ColumnFilter } from "./column-scan.ts";
import type { Descending } from "./descending.ts";
import type { FindingIndex } from "./finding-index.ts";
import { isReceiptIn, receiptsIn } from "./receipt-state.ts";
import { SearchTerm } from "./search-term.ts";

export interface SaleQuery extends ColumnFilter {
  /** Every one of them must match. */
  words: readonly SearchWord[];
  state: HistoryState;
  /** Only sales below this number. */
  before: number | null;
  limit: number;
}

export interface FoundSales {
  /** Newest first; may be fewer than asked for although there are more. */
  ids: number[];
  /** Where to go on; null: that was all. */
  nextBefore: number | null;
}

/** To look up the state of a receipt takes so many times as long as to read it from a list of them. */
const STATE_COST = 8;
/** Candidates between two looks at the clock. */
const LOOK_EVERY = 64;

/**
 * One page of a search. It begins with whatever rules out most, a word, a state or the columns, and
 * asks the rest about each sale that is left. After `budgetMs` it says how far it has come instead
 * of letting somebody wait: an odd search of a very long log takes several short steps.
 */
export function searchSales(
  log: Database,
  index: FindingIndex,
  query: SaleQuery,
  budgetMs: number,
): FoundSales {
  const deadlineMs = performance.now() + budgetMs;
  const terms = query.words.map((word) => new SearchTerm(log, index, word));
  const names = terms.flatMap(({ onlyNames }) => (onlyNames ? [onlyNames] : []));
  const columns = new ColumnScan(log, index, query, names);
  const { oldest, newest } = columns.reach;
  const below = Math.min(query.before ?? Number.MAX_SAFE_INTEGER, newest + 1, index.newest + 1);
  const others = terms.filter(({ onlyNames }) => onlyNames === null);
  const { state } = query;
  const { driver, candidates } = pickCandidates(log, index, {
    terms,
    columns,
    state,
    below,
    deadlineMs,
  });
  const passes = (saleId: number) =>
    columns.passes(saleId) &&
    others.every((term) => (term === driver && term.isExact) || term.matches(saleId)) &&
    (state === "any" || state === driver || isReceiptIn(log, saleId, state));
  const ids: number[] = [];
  for (let seen = 1; ; seen += 1) {
    const saleId = candidates.next();
    if (saleId < 0) return { ids, nextBefore: -saleId };
    if (saleId < oldest) return { ids, nextBefore: null };
    if (passes(saleId)) ids.push(saleId);
    if (ids.length >= query.limit) return { ids, nextBefore: saleId };
    if (seen % LOOK_EVERY === 0 && performance.now() > deadlineMs)
      return { ids, nextBefore: saleId };
  }
}

/** Of the words, the state and the columns, that whose sales are gone through soonest. */
function pickCandidates(
  log: Database,
  index: FindingIndex,
  query: {
    terms: SearchTerm[];
    columns: ColumnScan;
    state: HistoryState;
    below: number;
    deadlineMs: number;
  },
): { driver: unknown; candidates: Descending } {
  const { terms, columns, state, below, deadlineMs } = query;
  const isWhole = terms.length > 1 || state !== "any" || columns.hasLimits;
  const choices: { driver: unknown; cost: number; open: () => Descending }[] = [
    {
      driver: columns,
      cost: columns.cost(),
      open: () => columns.from(below, deadlineMs),
    },
    ...terms.map((term) => ({
      driver: term,
      cost: term.cost(),
      open: () => term.from(below, isWhole),
    })),
  ];
  if (state !== "any") {
    for (const choice of choices) choice.cost *= STATE_COST;
    choices.push({ driver: state, ...receiptsIn(log, state, below) });
  }
  const best = choices.reduce((least, choice) => (choice.cost < least.cost ? choice : least));
  return { driver: best.driver, candidates: best.open() };
}
