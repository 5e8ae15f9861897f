import { join } from "node:path";
import { carryOver as carryDamaged } from "../damage/carried.ts";
import { knownOf } from "../damage/damaged-books.ts";
import { anchorsAfter } from "../sale-log/anchors.ts";
import { headOf } from "../sale-log/chain.ts";
import { EVENT_KIND } from "../sale-log/event.ts";
import { readIdentity } from "../sale-log/log-identity.ts";
import { NEWEST_SCHEMA } from "../sale-log/migrate.ts";
import {
  higherNumbers,
  highestNumbers,
  keepNumbers,
  type GivenNumbers,
} from "../sale-log/numbers.ts";
import { catalogueHash, Products } from "../sale-log/products.ts";
import {
  addAnchors,
  addEvents,
  foundAfter,
  openUnguarded,
  provedAfter,
  takeAnswers,
  takeIdentity,
  takeKept,
  takeLost,
  takeMemory,
} from "../sale-log/salvage/put-together.ts";
import { surveyBooks } from "../sale-log/salvage/survey.ts";
import { mendGuards } from "../sale-log/schema-check.ts";
import { Database } from "../sale-log/sqlite.ts";
import { readBody } from "../sale-log/verify/reading.ts";
import { WorkingMemory } from "../sale-log/working-memory.ts";
import { BOOKS, withDatabase } from "./books.ts";
import { withFound, type Here } from "./compare.ts";
import { syncFile } from "./files.ts";

/*
 * What a restore takes along from the books that are given up: every entry that follows from the backup's last
 * one by the chain, and everything no entry describes. So going back to a copy of the same till loses nothing.
 */

/**
 * Carries over what is there now; the till may go on meanwhile. Called again, it goes on where it was.
 * @param coming the backup's books, that nobody has open
 */
export function carryEvents(coming: string, books: string, here: Here | null): void {
  if (!here?.carried || here.carried.events === 0) return;
  const db = openUnguarded(coming);
  try {
    const head = headOf(db);
    if (here.relation === "unreadable")
      withFound(books, (index) => {
        addEvents(db, foundAfter(index, head));
        addAnchorsInOrder(db, index.anchors);
      });
    else
      withDatabase(books, "read", (live) => {
        addEvents(db, provedAfter(live, head));
        addAnchorsInOrder(db, anchorsAfter(live, null, Number.MAX_SAFE_INTEGER));
        takeLost(live, db);
      });
  } finally {
    db.close();
  }
}

/** Found page by page they come in any order, and some twice. */
function addAnchorsInOrder(db: Database, anchors: Parameters<typeof addAnchors>[1]): void {
  const inOrder = anchors.toSorted((a, b) => a.seq - b.seq);
  db.transaction(() => addAnchors(db, inOrder));
}

/** What the finished books say of it. */
export interface CarriedOver {
  events: number;
  sales: number;
  numbers: GivenNumbers;
}

/**
 * The last of it, when nobody has the books open any more: what no entry describes, and the numbers that are
 * never given out again. Then the file is as good as a till's own.
 * @param backupSeq the backup's last entry
 * @param publicKey the till's, base64url, for signatures of books that can't be read; null: unknown
 * @param lastOnPaper the newest receipt number somebody has seen on paper; null: unknown
 */
export function finishCarrying(
  coming: string,
  dataDir: string,
  here: Here | null,
  about: {
    backupSeq: number;
    publicKey: string | null;
    nowMs: number;
    lastOnPaper: number | null;
  },
): CarriedOver {
  const books = join(dataDir, BOOKS);
  carryEvents(coming, books, here);
  const db = openUnguarded(coming);
  try {
    let numbers = higherNumbers(highestNumbers(db), { saleId: about.lastOnPaper ?? 0, dayId: 0 });
    if (here?.relation === "unreadable") {
      numbers = higherNumbers(numbers, numbersFound(books, dataDir, about.publicKey));
      db.transaction(() => takeFromDamaged(db, dataDir, here, about.nowMs));
    } else if (here)
      withDatabase(books, "read", (live) => {
        numbers = higherNumbers(numbers, highestNumbers(live));
        db.transaction(() => takeFrom(live, db, here));
      });
    db.transaction(() => {
      if (!here?.carried) forgetOldBasket(db, here);
      keepNumbers(db, numbers);
      mendGuards(db, NEWEST_SCHEMA);
    });
    return { ...countAfter(db, about.backupSeq), numbers };
  } finally {
    db.close();
    syncFile(coming);
  }
}

function takeFrom(live: Database, db: Database, here: Here): void {
  if (here.carried) {
    takeMemory(live, db);
    takeIdentity(live, db);
    return;
  }
  if (readIdentity(live)?.tillId !== readIdentity(db)?.tillId) return;
  // Both went on alone: who is at the till and what lies in the basket is still true.
  takeKept(live, db, (key) => key === "basket" || key === "cashier");
  takeAnswers(live, db);
}

/** The basket of the moment the copy was made has long been sold or put back. */
function forgetOldBasket(db: Database, here: Here | null): void {
  const isOfNow = here !== null && here.givenUp.basketCount === 0 && here.relation !== "other";
  if (!isOfNow) new WorkingMemory(db).keep("basket", '{"lines":[],"discountMinor":0}');
}

/** The highest numbers that may be on paper, from books whose end can't be read for certain. */
function numbersFound(books: string, dataDir: string, publicKey: string | null): GivenNumbers {
  return withFound(books, (index) => {
    const { saleId, dayId } = surveyBooks(index, knownOf(dataDir, publicKey, null));
    return { saleId, dayId };
  });
}

function takeFromDamaged(db: Database, dataDir: string, here: Here, nowMs: number): void {
  if (!here.carried) return;
  const wanted = catalogueSaid(db);
  const { products, catalogue, kept, requests } = carryDamaged(dataDir, [], wanted, nowMs);
  const memory = new WorkingMemory(db);
  for (const [key, value] of kept) memory.keep(key, value);
  for (const { id, atMs, result } of requests)
    if (memory.answer(id) === undefined) memory.remember(id, atMs, result);
  if (catalogueHash(db) === wanted || catalogue !== "proved") return;
  db.run("DELETE FROM product");
  new Products(db).put(products);
}

/** What the newest entry about it says the catalogue is. */
function catalogueSaid(db: Database): string | null {
  const { logMade, logContinued, catalogueImported } = EVENT_KIND;
  const row = db.get(
    "SELECT body FROM event WHERE kind IN (?,?,?) ORDER BY seq DESC LIMIT 1",
    logMade,
    logContinued,
    catalogueImported,
  );
  const said = row && readBody(String(row["body"]))?.["catalogueHash"];
  return typeof said === "string" ? said : null;
}

function countAfter(db: Database, seq: number): { events: number; sales: number } {
  const row = db.get(
    "SELECT count(*) AS n, count(CASE WHEN kind=? THEN 1 END) AS sold FROM event WHERE seq>?",
    EVENT_KIND.saleCompleted,
    seq,
  );
  return { events: Number(row?.["n"]), sales: Number(row?.["sold"]) };
}
