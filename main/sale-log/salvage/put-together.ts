import type { Anchor } from "../anchors.ts";
import { LOST_ROW, readLost } from "../beginning.ts";
import { canonicalJson } from "../canonical-json.ts";
import { afterLost, LINK_PAGE, linkHash, linkPage } from "../chain.ts";
import { keepIdentity, readIdentity } from "../log-identity.ts";
import { migrate } from "../migrate.ts";
import { Products } from "../products.ts";
import { readSchema } from "../schema-check.ts";
import { Database } from "../sqlite.ts";
import { toEvent, type EventRow } from "../verify/reading.ts";
import { WorkingMemory } from "../working-memory.ts";
import type { EventIndex } from "./event-index.ts";
import type { KnownHash } from "./proof.ts";
import { Replay } from "./replay.ts";

/*
 * How books are put together from the events of others: after damage, and when a backup is gone back to.
 * Every event that is carried over follows from the one before it by its hash.
 */

/** Events written at once. */
const BATCH = 2000;

/**
 * Opens a file that is not the till's own yet, and makes it when it is missing, without the guards that demand
 * numbers without a gap. Whoever is done puts them back with `mendGuards`.
 */
export function openUnguarded(path: string): Database {
  const db = new Database(path);
  db.exec("PRAGMA journal_mode=MEMORY");
  // Worth nothing until it is whole: then it is synced as one.
  db.exec("PRAGMA synchronous=OFF");
  db.exec("PRAGMA cache_size=-65536");
  migrate(db);
  for (const { name, type } of readSchema(db).values())
    if (type === "trigger") db.exec(`DROP TRIGGER ${JSON.stringify(name)}`);
  return db;
}

/** Events of a log that can be read, after this number, as they stand there. */
export function* eventsAfter(db: Database, after: number): Generator<EventRow> {
  for (let last = after; ;) {
    const page = linkPage(db, last);
    for (const link of page) yield toEvent(link);
    if (page.length < LINK_PAGE) return;
    last = page.at(-1)?.[0] ?? last;
  }
}

/**
 * Events of a log that follow from an entry, as far as the chain proves them. Across entries the log itself
 * knows to be lost it goes on: their hashes can't be known.
 */
export function* provedAfter(db: Database, from: KnownHash): Generator<EventRow> {
  const lost = readLost(db);
  let { seq: last, hash: previous } = from;
  for (;;) {
    const page = linkPage(db, last);
    for (const link of page) {
      const [seq, text, hash] = link;
      const due = afterLost(last + 1, lost);
      if (seq !== due || (due === last + 1 && linkHash(previous, text) !== hash)) return;
      yield toEvent(link);
      last = seq;
      previous = hash;
    }
    if (page.length < LINK_PAGE) return;
  }
}

/** As `provedAfter`, for a file whose pages have to be looked through one by one. */
export function* foundAfter(index: EventIndex, from: KnownHash): Generator<EventRow> {
  for (let last = from; ;) {
    const next = index
      .candidates(last.seq + 1)
      .find(({ link, hash }) => linkHash(last.hash, link) === hash);
    if (!next) return;
    yield next;
    last = next;
  }
}

/** Writes events, and every row that follows from them, behind what is there. */
export function addEvents(db: Database, events: Iterable<EventRow>): void {
  const replay = new Replay(db);
  let batch: EventRow[] = [];
  const write = () => {
    db.transaction(() => {
      for (const event of batch) replay.add(event);
    });
    batch = [];
  };
  for (const event of events) if (batch.push(event) === BATCH) write();
  write();
}

/** Signatures on events that are there, in order. */
export function addAnchors(db: Database, anchors: readonly Anchor[]): void {
  for (const { seq, prev, atMs, reason, hash, keyId, sig } of anchors) {
    const event = db.get("SELECT hash FROM event WHERE seq=?", seq);
    const isThere = db.get("SELECT 1 FROM anchor WHERE seq=?", seq) !== undefined;
    if (event?.["hash"] !== hash || isThere) continue;
    db.run(
      "INSERT INTO anchor(seq,prev,at_ms,reason,hash,key_id,sig) VALUES(?,?,?,?,?,?,?)",
      seq,
      prev,
      atMs,
      reason,
      hash,
      keyId,
      sig,
    );
  }
}

/** Everything no event describes: what is kept, answers that were given, the catalogue. */
export function takeMemory(live: Database, db: Database): void {
  takeKept(live, db, () => true);
  takeAnswers(live, db);
  db.run("DELETE FROM product");
  new Products(db).put(new Products(live).all());
}

/** Values that are kept under these keys. One that lost a bit is left out. */
export function takeKept(live: Database, db: Database, isWanted: (key: string) => boolean): void {
  const from = new WorkingMemory(live);
  const to = new WorkingMemory(db);
  for (const [name] of live.rows("SELECT k FROM kept")) {
    const key = String(name);
    const value = isWanted(key) ? from.kept(key) : null;
    if (value !== null) to.keep(key, value);
  }
}

/** Answers that were given: who asks again must not have it done twice. */
export function takeAnswers(live: Database, db: Database): void {
  const memory = new WorkingMemory(db);
  for (const [id, atMs, result] of live.rows("SELECT id,at_ms,result FROM request"))
    if (memory.answer(String(id)) === undefined)
      memory.remember(String(id), Number(atMs), String(result));
}

/** Whose the books are. */
export function takeIdentity(live: Database, db: Database): void {
  const identity = readIdentity(live);
  if (identity) keepIdentity(db, identity);
}

/** Entries that are known to be lost for good. */
export function takeLost(live: Database, db: Database): void {
  const lost = readLost(live);
  if (lost.length === 0) return;
  db.run(
    "INSERT INTO meta(k,v) VALUES(?,?) ON CONFLICT(k) DO UPDATE SET v=excluded.v",
    LOST_ROW,
    canonicalJson(lost),
  );
}
