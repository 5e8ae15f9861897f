import type { Database, SqlValue } from "../sqlite.ts";
import type { FindingFacts, Findings } from "./finding.ts";
import { readRows } from "./reading.ts";

const PAGE = 1000;
/** Longest value that is shown whole. */
const SHOWN = 80;

/** The table that is compared: numbers in `key`, which also orders it, then the other columns. */
export interface ComparedTable {
  name: string;
  key: readonly string[];
  columns: readonly string[];
  /** Rows nobody expects are reported; not when another pass does that. */
  reportExtra: boolean;
}

/**
 * Walks through one table beside the rows that follow from the events, both in the order of the key,
 * and reports every difference. Memory: one page.
 */
export class ExpectedRows {
  private readonly db: Database;
  private readonly findings: Findings;
  private readonly table: ComparedTable;
  private readonly sql: string;
  private page: SqlValue[][] = [];
  private at = 0;
  private lastKey: SqlValue[];
  private isAtEnd = false;

  constructor(db: Database, findings: Findings, table: ComparedTable) {
    this.db = db;
    this.findings = findings;
    this.table = table;
    const { name, key, columns } = table;
    const marks = key.map(() => "?").join(",");
    this.sql =
      `SELECT ${[...key, ...columns].join(",")} FROM ${name} ` +
      `WHERE (${key.join(",")})>(${marks}) ORDER BY ${key.join(",")} LIMIT ${PAGE}`;
    this.lastKey = key.map(() => Number.MIN_SAFE_INTEGER);
  }

  /** The next row that must be there: its key, then its other columns. */
  next(expected: readonly SqlValue[], about: FindingFacts): void {
    const keyLength = this.table.key.length;
    this.passOver(expected);
    const found = this.peek();
    if (!found || compareKeys(found, expected, keyLength) !== 0) {
      this.report("rowMissing", expected, about);
      return;
    }
    this.at += 1;
    for (const [index, column] of this.table.columns.entries()) {
      const want = expected[keyLength + index];
      const have = found[keyLength + index];
      if (want === have) continue;
      this.report("rowChanged", expected, {
        ...about,
        column,
        expected: shown(want),
        found: shown(have),
      });
    }
  }

  /** Leaves the rows of this key prefix out: what they should be can't be told. */
  skip(prefix: readonly SqlValue[]): void {
    this.passOver(prefix);
    for (let row = this.peek(); row; row = this.peek()) {
      if (compareKeys(row, prefix, prefix.length) !== 0) return;
      this.at += 1;
    }
  }

  /** Whatever is still there should not be. */
  finish(): void {
    for (let row = this.peek(); row; row = this.peek()) {
      this.extra(row);
      this.at += 1;
    }
  }

  private passOver(expected: readonly SqlValue[]): void {
    const length = Math.min(expected.length, this.table.key.length);
    for (let row = this.peek(); row; row = this.peek()) {
      if (compareKeys(row, expected, length) >= 0) return;
      this.extra(row);
      this.at += 1;
    }
  }

  private extra(row: readonly SqlValue[]): void {
    if (this.table.reportExtra) this.report("rowExtra", row, {});
  }

  private report(
    code: "rowMissing" | "rowExtra" | "rowChanged",
    row: readonly SqlValue[],
    about: FindingFacts,
  ): void {
    const key = row.slice(0, this.table.key.length).map(shown).join("/");
    this.findings.add(code, { ...about, table: this.table.name, row: key });
  }

  private peek(): SqlValue[] | undefined {
    if (this.at < this.page.length) return this.page[this.at];
    if (this.isAtEnd) return undefined;
    const page = readRows(this.db, this.sql, ...this.lastKey);
    if (!page) {
      this.findings.add("unreadable", { table: this.table.name, row: this.lastKey.join("/") });
      this.isAtEnd = true;
      return undefined;
    }
    this.page = page;
    this.at = 0;
    this.isAtEnd = page.length < PAGE;
    this.lastKey = page.at(-1)?.slice(0, this.table.key.length) ?? this.lastKey;
    return page[0];
  }
}

/** Below 0 when the key of `row` comes first; only numbers order rows, anything else comes first. */
function compareKeys(row: readonly SqlValue[], other: readonly SqlValue[], length: number): number {
  for (let index = 0; index < length; index += 1) {
    const difference = Number(row[index]) - Number(other[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A value as a finding shows it. */
export function shown(value: SqlValue | undefined): string {
  if (value === null || value === undefined) return "NULL";
  const text = value instanceof Uint8Array ? Buffer.from(value).toString("hex") : String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
