import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { DamageReport } from "../contract/damage.ts";
import { BOOKS, readFacts, withDatabase } from "../backup/books.ts";
import { syncFile } from "../backup/files.ts";
import { demandRoom } from "../backup/copy.ts";
import { endOf } from "../backup/planning.ts";
import { BackupError } from "../backup/problem.ts";
import { COMING, sendBooksAway, writeWitness } from "../backup/restore.ts";
import { stepOf, type Tell } from "../backup/tell.ts";
import { anchorsAfter } from "../sale-log/anchors.ts";
import { BEGINNING_ROW, LOST_ROW, type Beginning, type LostRange } from "../sale-log/beginning.ts";
import { canonicalJson } from "../sale-log/canonical-json.ts";
import { headOf } from "../sale-log/chain.ts";
import { EVENT_KIND, type LogEnd } from "../sale-log/event.ts";
import { readIdentity } from "../sale-log/log-identity.ts";
import { NEWEST_SCHEMA } from "../sale-log/migrate.ts";
import {
  higherNumbers,
  highestNumbers,
  keepNumbers,
  type GivenNumbers,
} from "../sale-log/numbers.ts";
import { logPath } from "../sale-log/open-log.ts";
import {
  addAnchors,
  addEvents,
  eventsAfter,
  openUnguarded,
  takeIdentity,
  takeMemory,
} from "../sale-log/salvage/put-together.ts";
import { Replay } from "../sale-log/salvage/replay.ts";
import { mendGuards } from "../sale-log/schema-check.ts";
import { Database } from "../sale-log/sqlite.ts";
import { readBody } from "../sale-log/verify/reading.ts";
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
    const db = openUnguarded(logPath(dir));
    try {
      writeFound(db, found, stepOf(tell, "write", found.report.events));
      addEvents(db, eventsAfter(live, found.begins.seq));
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

/** Finished books, and the ones they take the place of. */
export interface FinishedRebuild {
  merged: LogEnd;
  brought: LogEnd;
  tillId: string;
  /** No number up to these is given out again. */
  numbers: GivenNumbers;
}

/**
 * Last step, while nobody sells: what was sold since, and what no event describes. Then the file is as good as
 * the till's own, and lies beside the present books as a restore lays it there.
 */
export function finishRebuild({ dataDir }: { dataDir: string }): FinishedRebuild {
  const numbers = complete(dataDir);
  const merged = endOf(withDatabase(join(dataDir, BOOKS), "read", readFacts));
  const coming = join(dataDir, BOOKS + COMING);
  sendBooksAway(dataDir);
  renameSync(logPath(workDir(dataDir)), coming);
  rmSync(workDir(dataDir), { recursive: true, force: true });
  writeWitness(dataDir);
  return withDatabase(coming, "frozen", (db) => ({
    merged,
    brought: endOf(readFacts(db)),
    tillId: readIdentity(db)?.tillId ?? "",
    numbers,
  }));
}

function complete(dataDir: string): GivenNumbers {
  const path = logPath(workDir(dataDir));
  const live = new Database(logPath(dataDir), "read");
  const db = openUnguarded(path);
  try {
    addEvents(db, eventsAfter(live, headOf(db).seq));
    const numbers = higherNumbers(highestNumbers(live), highestNumbers(db));
    db.transaction(() => {
      addAnchors(db, anchorsAfter(live, null, Number.MAX_SAFE_INTEGER));
      takeMemory(live, db);
      takeMeta(live, db);
      keepNumbers(db, numbers);
      mendGuards(db, NEWEST_SCHEMA);
    });
    return numbers;
  } finally {
    db.close();
    live.close();
    syncFile(path);
  }
}

function takeMeta(live: Database, db: Database): void {
  takeIdentity(live, db);
  // What came before the first damaged file is not found: the books still begin where that one did.
  const first = db.get("SELECT kind,body FROM event ORDER BY seq LIMIT 1");
  if (first?.["kind"] !== EVENT_KIND.logContinued) return;
  const begins = readBody(String(first["body"]))?.["begins"] as Beginning;
  db.run("INSERT INTO meta(k,v) VALUES(?,?)", BEGINNING_ROW, canonicalJson(begins));
}
