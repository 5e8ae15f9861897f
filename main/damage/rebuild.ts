import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { DamageReport } from "../contract/damage.ts";
import { syncFile } from "../backup/files.ts";
import { demandRoom } from "../backup/copy.ts";
import { BackupError } from "../backup/problem.ts";
import { stepOf, type Tell } from "../backup/tell.ts";
import { anchorsAfter, type Anchor } from "../sale-log/anchors.ts";
import { BEGINNING_ROW, LOST_ROW, type Beginning, type LostRange } from "../sale-log/beginning.ts";
import { canonicalJson } from "../sale-log/canonical-json.ts";
import { headOf, LINK_PAGE, linkPage } from "../sale-log/chain.ts";
import { EVENT_KIND } from "../sale-log/event.ts";
import { identityRows, readIdentity } from "../sale-log/log-identity.ts";
import { migrate, NEWEST_SCHEMA } from "../sale-log/migrate.ts";
import { logPath } from "../sale-log/open-log.ts";
import { Products } from "../sale-log/products.ts";
import { Replay } from "../sale-log/salvage/replay.ts";
import { mendGuards, readSchema } from "../sale-log/schema-check.ts";
import { Database } from "../sale-log/sqlite.ts";
import { readBody, toEvent } from "../sale-log/verify/reading.ts";
import { WorkingMemory } from "../sale-log/working-memory.ts";
import { bytesOf } from "./damaged-books.ts";
import { damagedFolders, findEvents, type DamageTask, type Found } from "./found-events.ts";

/** Events written at once. */
const BATCH = 2000;
const SPARE_BYTES = 64 * 1024 * 1024;

/** Books put together anew; the till has gone on since. */
export interface Rebuilt {
  report: DamageReport;
  lost: LostRange[];
}

/** Where books that are put together anew lie until they get their place. */
export function workDir(dataDir: string): string {
  return join(dataDir, "recovery-work");
}

/** What could be put back. Changes nothing. @throws BackupError notFound */
export function inspectDamage(task: DamageTask, tell: Tell): DamageReport {
  const found = findEvents(task, tell);
  found.index.close();
  return found.report;
}

/** Everything that is not proved, as it was found: one line of JSON each. @throws BackupError notFound */
export function exportDoubtful(task: DamageTask, tell: Tell): string {
  const found = findEvents(task, tell);
  try {
    const lines = found.doubtful.flatMap(({ reason, found: candidates }) =>
      candidates.map((candidate) => JSON.stringify({ reason, ...candidate })),
    );
    const lost = found.lost.map((range) => JSON.stringify({ reason: "lost", range }));
    return [...lines, ...lost, ""].join("\n");
  } finally {
    found.index.close();
  }
}

/**
 * Writes all proved events of damaged books, and after them those of the books that went on, into a new file
 * with every row that follows from them. The till goes on selling meanwhile.
 * @param fingerprint of what somebody agreed to
 * @throws BackupError notFound, diskFull, damaged when it is not what was shown
 */
export function rebuildBooks(
  { fingerprint, ...task }: DamageTask & { fingerprint: string },
  tell: Tell,
): Rebuilt {
  const { dataDir } = task;
  const found = findEvents(task, tell);
  const dir = workDir(dataDir);
  try {
    if (found.report.fingerprint !== fingerprint)
      throw new BackupError("damaged", "not what was shown");
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir, { recursive: true });
    demandRoom(dir, roomFor(dataDir));
    const live = new Database(logPath(dataDir), "read");
    const db = newBooks(dir);
    try {
      writeFound(db, found, stepOf(tell, "write", found.report.events));
      addFrom(live, db, found.begins.seq);
      db.transaction(() => addAnchors(db, found.anchors));
    } finally {
      db.close();
      live.close();
    }
    return { report: found.report, lost: found.lost };
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  } finally {
    found.index.close();
  }
}

function roomFor(dataDir: string): number {
  const folders = damagedFolders(dataDir).map((name) => bytesOf(join(dataDir, name)));
  return folders.reduce((sum, bytes) => sum + bytes, bytesOf(dataDir)) + SPARE_BYTES;
}

/** An empty file without guards: numbers of what is lost are left out in it. */
function newBooks(dir: string): Database {
  const db = new Database(logPath(dir));
  db.exec("PRAGMA journal_mode=MEMORY");
  // Worth nothing until it is whole: then it is synced as one.
  db.exec("PRAGMA synchronous=OFF");
  db.exec("PRAGMA cache_size=-65536");
  migrate(db);
  for (const { name, type } of readSchema(db).values())
    if (type === "trigger") db.exec(`DROP TRIGGER ${JSON.stringify(name)}`);
  return db;
}

function writeFound(db: Database, { proof, begins, lost }: Found, count: (n: number) => void) {
  const replay = new Replay(db);
  for (let from = 1; from <= begins.seq; from += BATCH) {
    const to = Math.min(from + BATCH - 1, begins.seq);
    db.transaction(() => {
      for (let seq = from; seq <= to; seq += 1) {
        const found = proof.at(seq);
        if (found && "event" in found) replay.add(found.event);
      }
    });
    count(to - from + 1);
  }
  if (lost.length > 0) db.run("INSERT INTO meta(k,v) VALUES(?,?)", LOST_ROW, canonicalJson(lost));
}

/** Events of the books that went on, after this number. Returns the last one. */
function addFrom(live: Database, db: Database, after: number): number {
  const replay = new Replay(db);
  let last = after;
  for (;;) {
    const page = linkPage(live, last);
    db.transaction(() => {
      for (const link of page) replay.add(toEvent(link));
    });
    last = page.at(-1)?.[0] ?? last;
    if (page.length < LINK_PAGE) return last;
  }
}

/** Signatures on events that are there, in order. */
function addAnchors(db: Database, anchors: readonly Anchor[]): void {
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

/**
 * Last step, while nobody sells: what was sold since, and what no event describes. Then the file is as good
 * as the till's own.
 * @returns where it ends
 */
export function finishRebuild(dataDir: string): { seq: number; hash: string } {
  const path = logPath(workDir(dataDir));
  const live = new Database(logPath(dataDir), "read");
  const db = new Database(path);
  try {
    db.exec("PRAGMA journal_mode=MEMORY");
    addFrom(live, db, headOf(db).seq);
    db.transaction(() => {
      addAnchors(db, anchorsAfter(live, null, Number.MAX_SAFE_INTEGER));
      takeMemory(live, db);
      takeMeta(live, db);
      mendGuards(db, NEWEST_SCHEMA);
    });
    return headOf(db);
  } finally {
    db.close();
    live.close();
    syncFile(path);
  }
}

function takeMemory(live: Database, db: Database): void {
  const memory = new WorkingMemory(db);
  for (const [key] of live.rows("SELECT k FROM kept")) {
    const value = new WorkingMemory(live).kept(String(key));
    if (value !== null) memory.keep(String(key), value);
  }
  for (const [id, atMs, result] of live.rows("SELECT id,at_ms,result FROM request"))
    memory.remember(String(id), Number(atMs), String(result));
  new Products(db).put(new Products(live).all());
}

function takeMeta(live: Database, db: Database): void {
  const identity = readIdentity(live);
  if (identity)
    for (const [key, value] of identityRows(identity))
      db.run("INSERT INTO meta(k,v) VALUES(?,?)", key, value);
  // What came before the first damaged file is not found: the books still begin where that one did.
  const first = db.get("SELECT kind,body FROM event ORDER BY seq LIMIT 1");
  if (first?.["kind"] !== EVENT_KIND.logContinued) return;
  const begins = readBody(String(first["body"]))?.["begins"] as Beginning;
  db.run("INSERT INTO meta(k,v) VALUES(?,?)", BEGINNING_ROW, canonicalJson(begins));
}
