import { hash } from "node:crypto";
import { readBeginning, type LostRange } from "./beginning.ts";
import type { Database } from "./sqlite.ts";

/** What the first event's hash is chained to. */
export const GENESIS = "slipsure log 1";

/** Events read at once. */
export const LINK_PAGE = 1000;

/** Every stored column of an event but its hash, as the text that is hashed. In SQL: it saves a string per column. */
const LINK = "concat_ws('|',seq,at_ms,kind,actor,ifnull(ref,''),body)";

/** SHA-256 over the previous hash and every stored column, base64url (43 characters). */
export function chainHash(
  previous: string,
  seq: number,
  atMs: number,
  kind: number,
  actor: number,
  ref: number | null,
  body: string,
): string {
  return linkHash(previous, `${seq}|${atMs}|${kind}|${actor}|${ref ?? ""}|${body}`);
}

/** As `chainHash`, for the columns joined already. */
export function linkHash(previous: string, link: string): string {
  return hash("sha256", `${previous}|${link}`, "base64url");
}

/** One event as the chain sees it: its number, its columns joined, its hash. */
export type Link = [seq: number, link: string, hash: string];

/** The first thousand events after number `after`, as they stand in the file; none beyond `upTo`. */
export function linkPage(
  db: Database,
  after: number,
  upTo: number = Number.MAX_SAFE_INTEGER,
): Link[] {
  return db.rows(
    `SELECT seq, ${LINK}, hash FROM event WHERE seq>? AND seq<=? ORDER BY seq LIMIT ${LINK_PAGE}`,
    after,
    upTo,
  ) as unknown as Link[];
}

/** What the first event of these books follows from. */
export function beginningOf(db: Database): { seq: number; hash: string } {
  const { seq, hash } = readBeginning(db) ?? { seq: 0, hash: GENESIS };
  return { seq, hash };
}

/**
 * Where the chain breaks first, or null. `from` is the last event that is known to be good; `lost`: events
 * that are known to be gone.
 */
export function findBrokenLink(
  db: Database,
  from: { seq: number; hash: string } = beginningOf(db),
  lost: readonly LostRange[] = [],
): { seq: number; problem: "missing" | "changed" } | null {
  let { seq: expected, hash: previous } = from;
  let isKnown = true;
  for (;;) {
    const page = linkPage(db, expected);
    for (const [seq, link, stored] of page) {
      const due = afterLost(expected + 1, lost);
      isKnown = due === expected + 1;
      expected = due;
      if (seq !== expected) return { seq: expected, problem: "missing" };
      if (isKnown && linkHash(previous, link) !== stored) return { seq, problem: "changed" };
      previous = stored;
    }
    if (page.length < LINK_PAGE) return null;
  }
}

/** The first number from this one on that is not known to be lost. */
export function afterLost(seq: number, lost: readonly LostRange[]): number {
  const range = lost.find(([from, to]) => from <= seq && seq <= to);
  return range ? afterLost(range[1] + 1, lost) : seq;
}

/** The newest event; before the first, the beginning of the chain. */
export function headOf(db: Database): { seq: number; hash: string } {
  const row = db.get("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1");
  return row ? { seq: Number(row["seq"]), hash: String(row["hash"]) } : beginningOf(db);
}
