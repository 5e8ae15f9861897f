import { referenceEnd } from "../queries/reference-end.ts";
import type { SearchWord } from "../queries/search-text.ts";
import type { Database } from "../sqlite.ts";
import { ColumnScan, hasName, LINES_COST, NO_LIMITS } from "./column-scan.ts";
import { single, union, type Descending } from "./descending.ts";
import { REFERENCE_TAIL } from "./finding-file.ts";
import type { FindingIndex } from "./finding-index.ts";

/**
 * For the newest few, names sold in more than this share of all sales are looked for in memory, sale by
 * sale; rarer ones in the lists of their sales.
 */
const DENSE_SHARE = 1 / 300;
/** To begin with the list of one more name, beside reading one more sale from it. */
const LIST_COST = 10;

/** One word of a search over the sales that can be found now. */
export class SearchTerm {
  /** The word is a part of names and can't mean anything else: memory alone decides. */
  readonly onlyNames: Uint8Array | null;
  private readonly log: Database;
  private readonly index: FindingIndex;
  private readonly word: SearchWord;
  private readonly names: Uint8Array | null;
  private readonly amount: ColumnScan | null;
  private readonly codeNames: Uint8Array | null;

  constructor(log: Database, index: FindingIndex, word: SearchWord) {
    this.log = log;
    this.index = index;
    this.word = word;
    this.names = word.name === null ? null : index.names.matching(word.name);
    this.codeNames = this.namesOfCode(word.productCode);
    this.amount = word.amount ? new ColumnScan(log, index, { ...NO_LIMITS, ...word.amount }) : null;
    const { receiptNo, slipCode } = word;
    const others = [receiptNo, slipCode, word.referenceEnd, this.amount, this.codeNames];
    this.onlyNames = others.every((meaning) => meaning === null) ? this.names : null;
  }

  /** What it costs to go through all that may match, in sales read from a list. */
  cost(): number {
    const { names, codeNames, amount, word, index } = this;
    return (
      listCost(index, names) +
      listCost(index, codeNames) +
      (amount ? amount.cost() : 0) +
      (word.referenceEnd === null ? 0 : index.newest / 10 ** word.referenceEnd.length) +
      1
    );
  }

  /** What `from` gives need not be asked whether it matches: the lists of its meanings are exact. */
  get isExact(): boolean {
    const { referenceEnd: end, slipCode } = this.word;
    return slipCode === null && this.codeNames === null && (end?.length ?? 0) <= REFERENCE_TAIL;
  }

  /**
   * Every sale below a number that may match.
   * @param isWhole many will be asked for, because something else is asked of each.
   */
  from(below: number, isWhole: boolean): Descending {
    const { names, codeNames, amount, word, index } = this;
    const streams: Descending[] = [];
    if (word.receiptNo !== null) streams.push(single(word.receiptNo, below));
    if (names) streams.push(this.sold(names, below, isWhole));
    if (codeNames) streams.push(this.sold(codeNames, below, isWhole));
    if (amount) streams.push(amount.from(below));
    if (word.referenceEnd !== null) streams.push(index.paidUnder(word.referenceEnd, below));
    if (word.slipCode !== null) streams.push(index.withSlipCode(word.slipCode, below));
    return union(streams);
  }

  /** What memory knows is asked first. */
  matches(saleId: number): boolean {
    const { log, index, word, names, codeNames, amount } = this;
    if (word.receiptNo === saleId) return true;
    if (amount?.passes(saleId)) return true;
    if (names && hasName(log, index, saleId, names)) return true;
    if (codeNames && hasName(log, index, saleId, codeNames) && this.hasCode(saleId)) return true;
    if (word.referenceEnd !== null && this.isPaidWith(saleId, word.referenceEnd)) return true;
    return word.slipCode !== null && this.hasSlipCode(saleId, word.slipCode);
  }

  private sold(names: Uint8Array, below: number, isWhole: boolean): Descending {
    const { log, index } = this;
    const isDense = isWhole
      ? listCost(index, names) > index.newest * LINES_COST
      : index.timesSold(names) > index.newest * DENSE_SHARE;
    return isDense
      ? new ColumnScan(log, index, NO_LIMITS, [names]).from(below)
      : index.soldUnder(names, below);
  }

  private hasCode(saleId: number): boolean {
    return this.log
      .rows("SELECT code FROM sale_line WHERE sale_id=?", saleId)
      .some(([code]) => code === this.word.productCode);
  }

  private isPaidWith(saleId: number, end: string): boolean {
    return this.log
      .rows("SELECT reference FROM payment WHERE sale_id=? AND reference IS NOT NULL", saleId)
      .some(([reference]) => referenceEnd(String(reference)).endsWith(end));
  }

  /** Whatever the case of its letters: nobody says which of them are large. */
  private hasSlipCode(saleId: number, code: string): boolean {
    const row = this.log.get(
      "SELECT substr(e.hash,1,?) AS code FROM sale s JOIN event e ON e.seq=s.seq WHERE s.id=?",
      code.length,
      saleId,
    );
    return String(row?.["code"]).toLowerCase() === code.toLowerCase();
  }

  private namesOfCode(code: string | null): Uint8Array | null {
    const known = code === null ? [] : this.index.namesOfCode(code);
    if (known.length === 0) return null;
    const names = new Uint8Array(Math.max(...known) + 1);
    for (const id of known) names[id] = 1;
    return names;
  }
}

function listCost(index: FindingIndex, names: Uint8Array | null): number {
  return names ? index.timesSold(names) + index.lists(names) * LIST_COST : 0;
}
