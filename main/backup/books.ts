import type { BookFacts, BookFinding } from "../contract/backup.ts";
import { readLost } from "../sale-log/beginning.ts";
import { findBrokenLink, headOf } from "../sale-log/chain.ts";
import { NEWEST_SCHEMA, schemaOf } from "../sale-log/migrate.ts";
import { Database } from "../sale-log/sqlite.ts";
import { verifyLog } from "../sale-log/verify/verify.ts";
import { BackupError } from "./problem.ts";

/** The file name of the books in a data folder. */
export const BOOKS = "slipsure.db";

/** What stands in a log now; the same for a log and a true copy of it. */
export function readFacts(db: Database): BookFacts {
  const sales = db.get(
    "SELECT count(*) AS n, coalesce(max(id),0) AS newest, coalesce(sum(total),0) AS total FROM sale",
  );
  const newestSaleId = Number(sales?.["newest"]);
  const newest = db.get("SELECT at_ms FROM sale WHERE id=?", newestSaleId);
  const days = db.get("SELECT count(*) AS n, count(closed_at_ms) AS closed FROM day");
  const newestDay = db.get("SELECT biz_date FROM day ORDER BY id DESC LIMIT 1");
  return {
    head: headOf(db),
    sales: Number(sales?.["n"]),
    newestSaleId,
    newestSaleAtMs: newest ? Number(newest["at_ms"]) : null,
    totalMinor: Number(sales?.["total"]),
    days: Number(days?.["n"]),
    closedDays: Number(days?.["closed"]),
    newestDay: newestDay ? String(newestDay["biz_date"]) : null,
  };
}

/** The hash of one entry; null when there is none of that number. */
export function hashAt(db: Database, seq: number): string | null {
  const row = db.get("SELECT hash FROM event WHERE seq=?", seq);
  return row ? String(row["hash"]) : null;
}

/** Opens a database, uses and closes it. */
export function withDatabase<T>(
  path: string,
  use: "read" | "frozen",
  work: (db: Database) => T,
): T {
  const db = new Database(path, use);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** An entry that was found good before: what comes after it is checked. */
export interface GoodEntry {
  seq: number;
  hash: string;
}

/**
 * How deep a copy is read. An entry: the chain from there on; one that the copy does not have means the
 * whole chain, for it may be of books that were left for a backup. `chain`: all of it with its signatures.
 * `full`: every table too, worked out anew from the entries.
 */
export type Depth = GoodEntry | "chain" | "full";

/** What is said of books and takes nothing from a copy: the till has noted it, or could not avoid it. */
const TOLERATED: ReadonlySet<string> = new Set([
  "keyChanged",
  "damageRecorded",
  "witnessMissing",
  "continued",
  "continuedMerged",
  "eventLost",
]);
const MOST_FINDINGS = 20;

/** Reads a copy nobody has open: its pages, then what they say. @throws BackupError damaged */
export async function checkDatabase(
  path: string,
  depth: Depth,
): Promise<{ facts: BookFacts; findings: BookFinding[] }> {
  const db = new Database(path, "frozen");
  try {
    const rows = db.rows(depth === "full" ? "PRAGMA integrity_check" : "PRAGMA quick_check");
    const [finding] = rows[0] ?? [];
    if (finding !== "ok") throw new BackupError("damaged", String(finding));
    return { findings: await findingsOf(db, depth), facts: readFacts(db) };
  } finally {
    db.close();
  }
}

/** What is wrong with books whose pages are whole. */
export async function findingsOf(db: Database, depth: Depth): Promise<BookFinding[]> {
  const isFrom = typeof depth === "object" && hashAt(db, depth.seq) === depth.hash;
  // Books of an older version are checked as far as they could be then.
  if (isFrom || schemaOf(db) < NEWEST_SCHEMA) {
    const broken = findBrokenLink(db, isFrom ? depth : undefined, readLost(db));
    if (!broken) return [];
    return [
      { code: broken.problem === "missing" ? "eventMissing" : "eventChanged", seq: broken.seq },
    ];
  }
  const report = await verifyLog(db, {
    testimony: "none",
    depth: depth === "full" ? "full" : "chain",
  });
  return report.findings
    .filter(({ code }) => !TOLERATED.has(code))
    .slice(0, MOST_FINDINGS)
    .map(({ code, seq }) => ({ code, seq }));
}

export function sameFacts(a: BookFacts, b: BookFacts): boolean {
  return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}

/** A value that went through a canonical text comes back with its keys in another order. */
function inOrder({ head, ...facts }: BookFacts): unknown {
  return [head.seq, head.hash, ...Object.entries(facts).toSorted(([a], [b]) => (a < b ? -1 : 1))];
}
