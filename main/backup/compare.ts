import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import type { BackupPreview, BookFacts, GivenUp } from "../contract/backup.ts";
import { basketSchema } from "../contract/values.ts";
import { indexFolder } from "../damage/damaged-books.ts";
import { beginningOf } from "../sale-log/chain.ts";
import { EVENT_KIND } from "../sale-log/event.ts";
import { readIdentity } from "../sale-log/log-identity.ts";
import { EventIndex } from "../sale-log/salvage/event-index.ts";
import { foundAfter, provedAfter } from "../sale-log/salvage/put-together.ts";
import type { Database } from "../sale-log/sqlite.ts";
import type { EventRow } from "../sale-log/verify/reading.ts";
import { WorkingMemory } from "../sale-log/working-memory.ts";
import { hashAt, readFacts, withDatabase } from "./books.ts";
import { problemOf } from "./problem.ts";

/** How the books that are here stand to others, and what of them those would take over. */
export type Here = Omit<NonNullable<BackupPreview["here"]>, "shop">;

/** Sales, receipts and goods named one by one; of more only the count is told. */
const NAMED = 100;
/** Nothing is given up, however much is sold meanwhile. */
const NOTHING = "nothing";

const NONE: GivenUp = {
  fingerprint: NOTHING,
  totalMinor: 0,
  sales: [],
  owed: [],
  owedCount: 0,
  basket: [],
  basketCount: 0,
};

/**
 * What is here now compared with a backup, or with the books it has become; null when there are no books here.
 * @param openPath the backup; nobody has it open
 */
export function compareWithBooks(books: string, openPath: string, facts: BookFacts): Here | null {
  if (!existsSync(books)) return null;
  try {
    return withDatabase(books, "read", (here) =>
      withDatabase(openPath, "frozen", (backup) => compare(here, backup, facts)),
    );
  } catch (error) {
    // Damaged books are what backups are for.
    if (problemOf(error) !== "damaged") throw error;
    const carried = countOf(withFound(books, (index) => [...foundAfter(index, facts.head)]));
    return {
      facts: null,
      relation: "unreadable",
      carried: carried.events > 0 ? carried : null,
      lostSales: 0,
      lostFromSaleId: null,
      givenUp: NONE,
    };
  }
}

/** Looks through the pages of books that can't be read as a database. */
export function withFound<T>(books: string, work: (index: EventIndex) => T): T {
  const index = new EventIndex();
  try {
    indexFolder(index, "here", dirname(books));
    index.sort();
    return work(index);
  } finally {
    index.close();
  }
}

function compare(here: Database, backup: Database, facts: BookFacts): Here {
  const now = readFacts(here);
  const common = commonEntry(here, backup, Math.min(now.head.seq, facts.head.seq));
  const follows = common === facts.head.seq && facts.head.seq > 0;
  const carried = follows ? countOf(provedAfter(here, facts.head)) : null;
  // What stands in neither: behind the last entry both have, or that is carried over.
  const kept = carried ? Math.max(common, carried.lastSeq) : common;
  const isSameTill = readIdentity(here)?.tillId === readIdentity(backup)?.tillId;
  const lost = here.get(
    "SELECT count(*) AS n, min(id) AS first, coalesce(sum(total),0) AS total FROM sale WHERE seq>?",
    kept,
  );
  const first = lost?.["first"];
  const lostSales = Number(lost?.["n"]);
  return {
    facts: now,
    relation: relationOf(now.head.seq, facts.head.seq, common),
    carried: carried && { events: carried.events, sales: carried.sales },
    lostSales,
    lostFromSaleId: typeof first === "number" ? first : null,
    givenUp: givenUpBy(here, kept, isSameTill, { lostSales, totalMinor: Number(lost?.["total"]) }),
  };
}

function countOf(events: Iterable<EventRow>): { events: number; sales: number; lastSeq: number } {
  const count = { events: 0, sales: 0, lastSeq: 0 };
  for (const { seq, kind } of events) {
    count.events += 1;
    if (kind === EVENT_KIND.saleCompleted) count.sales += 1;
    count.lastSeq = seq;
  }
  return count;
}

const OWED = "r.state NOT IN ('printed','delivered','declined','handwritten')";

function givenUpBy(
  here: Database,
  kept: number,
  isSameTill: boolean,
  { lostSales, totalMinor }: { lostSales: number; totalMinor: number },
): GivenUp {
  // The basket goes along to the books of the same till, whatever else does not.
  const goods = isSameTill ? [] : basketIn(here);
  if (lostSales === 0 && goods.length === 0) return NONE;
  const sales = here
    .all(
      `SELECT s.id, s.at_ms, s.total, p.name FROM sale s JOIN person p ON p.id=s.cashier
       WHERE s.seq>? ORDER BY s.id DESC LIMIT ${NAMED}`,
      kept,
    )
    .map((row) => ({
      saleId: Number(row["id"]),
      atMs: Number(row["at_ms"]),
      totalMinor: Number(row["total"]),
      cashier: String(row["name"]),
    }));
  const owed = here
    .all(
      `SELECT s.id, s.total FROM receipt r JOIN sale s ON s.id=r.sale_id
       WHERE ${OWED} AND s.seq>? ORDER BY s.id`,
      kept,
    )
    .map((row) => ({ saleId: Number(row["id"]), totalMinor: Number(row["total"]) }));
  const all = JSON.stringify([lostSales, totalMinor, sales[0]?.saleId ?? 0, owed, goods]);
  return {
    fingerprint: createHash("sha256").update(all).digest("base64url"),
    totalMinor,
    sales,
    owed: owed.slice(0, NAMED),
    owedCount: owed.length,
    basket: goods.slice(0, NAMED),
    basketCount: goods.length,
  };
}

function basketIn(here: Database): GivenUp["basket"] {
  const text = new WorkingMemory(here).kept("basket");
  if (text === null) return [];
  const basket = basketSchema.safeParse(JSON.parse(text));
  if (!basket.success) return [];
  return basket.data.lines.map(({ nameZh, nameEn, quantityMilli, unit }) => ({
    nameZh,
    nameEn,
    quantityMilli,
    unit,
  }));
}

function relationOf(hereSeq: number, backupSeq: number, common: number): Here["relation"] {
  if (common === hereSeq && common === backupSeq) return "same";
  if (common === backupSeq) return "older";
  if (common === hereSeq) return "newer";
  return common > 0 ? "branched" : "other";
}

/** The last entry both have: a hash covers everything before it, so halving finds it. */
function commonEntry(here: Database, backup: Database, upTo: number): number {
  // Books that go on from damaged ones begin with the hash of an entry they don't have.
  const begins = beginningOf(here);
  const hashHere = (seq: number) => (seq === begins.seq ? begins.hash : hashAt(here, seq));
  let known = 0;
  let first = Math.max(1, begins.seq);
  let last = upTo;
  while (first <= last) {
    const middle = Math.floor((first + last) / 2);
    if (hashHere(middle) === hashAt(backup, middle)) {
      known = middle;
      first = middle + 1;
    } else last = middle - 1;
  }
  return known;
}
