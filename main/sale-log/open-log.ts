import { statSync } from "node:fs";
import { join } from "node:path";
import { Anchors, anchorsAfter } from "./anchors.ts";
import { EventAppender } from "./append.ts";
import { GENESIS, headOf } from "./chain.ts";
import { allowedWhileSelling } from "./guard.ts";
import { FileKeyStore, type KeyStore } from "./key-store.ts";
import { damageIn, DamagedLogError } from "./damaged-log.ts";
import {
  announceContinued,
  announceKey,
  announceLog,
  identityFor,
  readIdentity,
  THE_LOG,
  type Continuation,
} from "./log-identity.ts";
import { migrate, NewerLogError, NEWEST_SCHEMA, schemaOf } from "./migrate.ts";
import { checkTestimony, demandWhole, openingCheck } from "./opening-check.ts";
import { demandFitStorage } from "./runtime-check.ts";
import { droppedCommit, readJournal } from "./salvage/torn-journal.ts";
import { mendGuards } from "./schema-check.ts";
import { closeUntouched, Database } from "./sqlite.ts";
import { loadTillKey, type TillKey } from "./till-key.ts";
import { Findings, type Finding } from "./verify/finding.ts";
import { readWitness, Witness, witnessPath } from "./witness.ts";

/** How a log is opened; everything has a default. */
export interface LogOptions {
  /** Default: a file of its own in the data folder. */
  keyStore?: KeyStore;
  /** Default: the computer's clock. */
  nowMs?: () => number;
  /** Throws DamagedLogError, before anything is written, for damage that is else noted and sold over. */
  refusesDamage?: boolean;
  /** What came before, for a file that is made now in place of a damaged one. */
  continues?: Continuation;
  /** Called when the disk is full; true: there is room now, and the write is tried once more. */
  makeRoom?: () => boolean;
}

/** A log that is ready to be added to. */
export interface OpenLog {
  db: Database;
  events: EventAppender;
  anchors: Anchors;
  /** What was found wrong before anything was added; recorded in the log. */
  damage: readonly Finding[];
}

/** Where the log of a data folder is. */
export function logPath(dataDir: string): string {
  return join(dataDir, "slipsure.db");
}

/**
 * Opens the log of a folder, brings it up to date, looks at its end, signs it, and takes away every
 * right that selling does not need.
 * @throws NewerLogError, UnfitStorageError, DamagedLogError, or SQLite's error.
 */
export function openLog(dataDir: string, options: LogOptions): OpenLog {
  const path = logPath(dataDir);
  let db: Database | null = null;
  try {
    if (options.refusesDamage === true) {
      demandLog(dataDir);
      demandCommits(path);
    }
    db = new Database(path);
    if (options.makeRoom) db.onFull = options.makeRoom;
    demandFitStorage(db);
    migrate(db);
    const key = loadTillKey(options.keyStore ?? new FileKeyStore(dataDir));
    const opened = takeUp(db, key, new Witness(dataDir), options);
    db.restrict(allowedWhileSelling);
    return opened;
  } catch (error) {
    const damage = damageIn(error);
    if (damage === null || error instanceof NewerLogError) db?.close();
    else if (db) closeUntouched(db);
    if (damage === null || error instanceof DamagedLogError) throw error;
    throw new DamagedLogError(path, damage, error);
  }
}

/**
 * Sales that were committed and are not read any more: what comes after them would take their numbers.
 * To be asked before the log is opened. On Linux and macOS a program that closes a file lets go of every lock
 * it has on it, SQLite's too, and the next one to look into the books would put them in order under the till
 * and delete its write-ahead log (sqlite.org/howtocorrupt.html, 2.2).
 */
function demandCommits(path: string): void {
  const journal = readJournal(path);
  if (!journal) return;
  let db: Database | null = null;
  try {
    db = new Database(path, "read");
    // Without tables yet: all of them may stand behind the torn place.
    const head = schemaOf(db) === 0 ? { seq: 0, hash: GENESIS } : headOf(db);
    const seq = droppedCommit(journal, head);
    if (seq !== null)
      throw new DamagedLogError(path, "tailCut", `event ${seq} stands behind a torn commit`);
  } finally {
    db?.close();
    journal.close();
  }
}

/** A witness without a log: it was deleted or lost its content, and a new one would begin its numbers anew. */
function demandLog(dataDir: string): void {
  const path = logPath(dataDir);
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const testimony = bytes > 0 ? null : readWitness(witnessPath(dataDir));
  if ((testimony?.anchors.length ?? 0) > 0)
    throw new DamagedLogError(path, "missing", "it is not there, and its witness is");
}

/** Everything a start owes to the log: who it belongs to, what is wrong with it, a signature. */
function takeUp(
  db: Database,
  key: TillKey,
  witness: Witness,
  { nowMs = Date.now, refusesDamage = false, continues }: LogOptions,
): OpenLog {
  const events = new EventAppender(db);
  const before = readIdentity(db);
  const testimony = witness.readEnd();
  const damage = new Findings();
  if (before) openingCheck(db, before, testimony, damage);
  else {
    checkTestimony(db, testimony, damage);
    if (testimony === null) witness.make();
  }
  if (refusesDamage) demandWhole(db, damage.list, before !== null);
  const contradicted = damage.count("tailCut") + damage.count("rewritten") > 0;
  const anchors = db.transaction(() => {
    // Before anything is written, so that every insert finds its guards in place.
    for (const { name, problem } of mendGuards(db, NEWEST_SCHEMA))
      damage.add("schemaChanged", { row: name, found: problem });
    const atMs = nowMs();
    const identity = identityFor(before ?? knownTill(continues), key);
    const made = new Anchors(db, identity.tillId, key, witness);
    // What a contradicting witness says stays as it is: it is the evidence.
    if (!contradicted) catchUp(db, witness, testimony?.anchors.at(-1)?.seq ?? 0);
    events.onAppended = (event) => made.appended(event);
    if (continues && !before) announceContinued(db, events, identity, continues, atMs);
    else if (!before) announceLog(db, events, identity, atMs);
    else if (before.keyId !== key.id) announceKey(db, events, identity, before.keyId, atMs);
    if (damage.list.length > 0) record(events, damage.list, atMs);
    made.now(damage.list.length > 0 ? "damage" : "open", atMs);
    return made;
  });
  return { db, events, anchors, damage: damage.list };
}

function knownTill(continues: Continuation | undefined): { tillId: string } | null {
  const tillId = continues?.tillId ?? null;
  return tillId === null ? null : { tillId };
}

/** Lines the witness missed: a crash came between log and witness, or the file was lost. */
function catchUp(db: Database, witness: Witness, seq: number): void {
  const missed = anchorsAfter(db, seq, Number.MAX_SAFE_INTEGER);
  db.afterCommit(() => {
    for (const anchor of missed) witness.add(anchor);
  });
}

function record(events: EventAppender, damage: readonly Finding[], atMs: number): void {
  const findings = damage.map(({ code, seq, row, expected, found }) => ({
    code,
    seq,
    detail: [row, expected, found].filter((part) => part !== null).join(" / "),
  }));
  events.append(atMs, THE_LOG, { kind: "damageFound", ref: null, body: { v: 1, findings } });
}
