/** Everything that can be wrong with a log. The sentences for people are in `sentences.ts`. */
export const FINDING_CODES = [
  /** SQLite's own check says that the file is damaged. */
  "fileDamaged",
  /** Rows that can't be read at all. */
  "unreadable",
  /** A table, index or guard is missing, changed, or not ours. */
  "schemaChanged",
  "eventMissing",
  /** The event's hash does not follow from the one before and what stands in its row. */
  "eventChanged",
  /** The chain fits, but this can't be what the till has written. */
  "eventUnreadable",
  "anchorMissing",
  /** A signature that the till's key did not make. */
  "anchorWrong",
  /** The chain fits in itself and does not fit a signature: events were written anew. */
  "rewritten",
  "keyChanged",
  /** The log ends before an event that was signed. */
  "tailCut",
  "witnessMissing",
  "witnessChanged",
  /** A code on a paper slip or report that no event of this log has. */
  "codeUnknown",
  "numberMissing",
  "rowMissing",
  "rowExtra",
  "rowChanged",
  /** Amounts of one sale that don't add up. */
  "sumWrong",
  "dayTotalWrong",
  "catalogueChanged",
  /** A row of the working memory that does not fit its check sum. */
  "memoryChanged",
  /** The till itself found damage and said so in the log. */
  "damageRecorded",
  /** The log goes on from a damaged one, whose events do not stand in it. */
  "continued",
  /** The log goes on from a damaged one, whose events were put before it again. */
  "continuedMerged",
  /** Events that could not be saved from a damaged file; the log says so itself. */
  "eventLost",
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** One thing that is wrong, and since when. */
export interface Finding {
  code: FindingCode;
  /** Number of the event it is about, or that the row follows from; null when there is none. */
  seq: number | null;
  /** When that event happened, ms since 1970 UTC; null when unknown. */
  atMs: number | null;
  saleId: number | null;
  table: string | null;
  /** Key of the row in that table, or name of the object. */
  row: string | null;
  column: string | null;
  expected: string | null;
  found: string | null;
}

/** What a finding may leave out. */
export type FindingFacts = Partial<Omit<Finding, "code">>;

/** More of one code than this are only counted: one damaged page must not hide everything else. */
const KEPT_PER_CODE = 50;

/** Gathers findings in the order they are made. */
export class Findings {
  readonly list: Finding[] = [];
  private readonly counts = new Map<FindingCode, number>();
  private readonly kept = new Map<FindingCode, number>();

  add(code: FindingCode, facts: FindingFacts = {}): void {
    this.counts.set(code, this.count(code) + 1);
    if (this.count(code) > KEPT_PER_CODE) return;
    this.list.push({
      code,
      seq: null,
      atMs: null,
      saleId: null,
      table: null,
      row: null,
      column: null,
      expected: null,
      found: null,
      ...facts,
    });
  }

  count(code: FindingCode): number {
    return this.counts.get(code) ?? 0;
  }

  /** By code, with those that are only counted. */
  totals(): Partial<Record<FindingCode, number>> {
    return Object.fromEntries(this.counts);
  }
}
