import { linkPage, LINK_PAGE, type Link } from "../chain.ts";
import type { Database, SqlValue } from "../sqlite.ts";
import type { Findings } from "./finding.ts";

/** One event as it stands in the file. */
export interface EventRow {
  seq: number;
  atMs: number;
  kind: number;
  actor: number;
  ref: number | null;
  body: string;
  hash: string;
}

/** Rows of a file that may be damaged; null when SQLite can't read them. */
export function readRows(db: Database, sql: string, ...values: SqlValue[]): SqlValue[][] | null {
  return (
    readable(() => db.rows(sql, ...values)) ?? readable(() => db.rowsOfAnySize(sql, ...values))
  );
}

/** All events in pages, around pages that can't be read. */
export function* readLinks(db: Database, findings: Findings): Generator<Link[]> {
  let last = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const page = readable(() => linkPage(db, last));
    const links = page ?? readOneByOne(db, Math.max(0, last), findings);
    if (links.length > 0) yield links;
    const isLast = page ? page.length < LINK_PAGE : links.length === 0;
    if (isLast) return;
    last = links.at(-1)?.[0] ?? last;
  }
}

/** A page that can't be read whole: what can be read of it, and where the hole is. */
function readOneByOne(db: Database, last: number, findings: Findings): Link[] {
  const links: Link[] = [];
  const lost: number[] = [];
  for (let seq = last + 1; seq <= last + LINK_PAGE; seq += 1) {
    const found = readable(() => linkPage(db, seq - 1, seq));
    if (found === null) lost.push(seq);
    else links.push(...found);
  }
  const [first] = lost;
  if (first !== undefined)
    findings.add("unreadable", { table: "event", seq: first, row: `${first}-${lost.at(-1)}` });
  return links;
}

/** The columns of an event, taken apart again: the body is everything behind the fifth stroke. */
export function toEvent([seq, link, hash]: Link): EventRow {
  const ends: number[] = [];
  for (let at = link.indexOf("|"); ends.length < 5; at = link.indexOf("|", at + 1)) ends.push(at);
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = ends;
  const ref = link.slice(d + 1, e);
  return {
    seq,
    atMs: Number(link.slice(a + 1, b)),
    kind: Number(link.slice(b + 1, c)),
    actor: Number(link.slice(c + 1, d)),
    ref: ref === "" ? null : Number(ref),
    body: link.slice(e + 1),
    hash,
  };
}

/** The time of an event alone. */
export function timeOf(link: string): number {
  const a = link.indexOf("|");
  return Number(link.slice(a + 1, link.indexOf("|", a + 1)));
}

/** A body as a value; null when it is no JSON object. */
export function readBody(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
