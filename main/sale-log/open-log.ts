import { join } from "node:path";
import { Anchors, anchorsAfter } from "./anchors.ts";
import { EventAppender } from "./append.ts";
import { allowedWhileSelling } from "./guard.ts";
import { FileKeyStore, type KeyStore } from "./key-store.ts";
import { LogProblem } from "./log-problem.ts";
import { announceKey, announceLog, identityFor, readIdentity, THE_LOG } from "./log-identity.ts";
import { migrate, NEWEST_SCHEMA } from "./migrate.ts";
import { checkTestimony, openingCheck } from "./opening-check.ts";
import { demandFitStorage } from "./runtime-check.ts";
import { mendGuards } from "./schema-check.ts";
import { Database, sqliteCode, SQLITE_CORRUPT, SQLITE_NOTADB } from "./sqlite.ts";
import { loadTillKey, type TillKey } from "./till-key.ts";
import { Findings, type Finding } from "./verify/finding.ts";
import { Witness } from "./witness.ts";

/** How a log is opened; everything has a default. */
export interface LogOptions {
  /** Default: a file of its own in the data folder. */
  keyStore?: KeyStore;
  /** Default: the computer's clock. */
  nowMs?: () => number;
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

/** SQLite can't read the file of the log. */
export class DamagedLogError extends LogProblem {
  constructor(path: string, cause: Error) {
    const sentences = {
      en:
        `The sale log ${path} is damaged (${cause.message}). Nothing was changed. Keep the folder ` +
        "as it is, and open the newest backup in another one.",
      zh:
        `销售日志 ${path} 已损坏（${cause.message}）。没有改动任何数据。` +
        "请保留这个文件夹，用最新的备份在另一个文件夹里打开。",
    };
    super(sentences, cause);
  }
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
    db = new Database(path);
    if (options.makeRoom) db.onFull = options.makeRoom;
    demandFitStorage(db);
    migrate(db);
    const key = loadTillKey(options.keyStore ?? new FileKeyStore(dataDir));
    const opened = takeUp(db, key, new Witness(dataDir), options.nowMs ?? Date.now);
    db.restrict(allowedWhileSelling);
    return opened;
  } catch (error) {
    db?.close();
    const code = sqliteCode(error);
    if (error instanceof Error && (code === SQLITE_CORRUPT || code === SQLITE_NOTADB))
      throw new DamagedLogError(path, error);
    throw error;
  }
}

/** Everything a start owes to the log: who it belongs to, what is wrong with it, a signature. */
function takeUp(db: Database, key: TillKey, witness: Witness, nowMs: () => number): OpenLog {
  const events = new EventAppender(db);
  const before = readIdentity(db);
  const testimony = witness.read();
  const damage = new Findings();
  if (before) openingCheck(db, before, testimony, damage);
  else {
    checkTestimony(db, testimony, damage);
    if (testimony === null) witness.make();
  }
  const contradicted = damage.count("tailCut") + damage.count("rewritten") > 0;
  const anchors = db.transaction(() => {
    // Before anything is written, so that every insert finds its guards in place.
    for (const { name, problem } of mendGuards(db, NEWEST_SCHEMA))
      damage.add("schemaChanged", { row: name, found: problem });
    const atMs = nowMs();
    const identity = identityFor(before, key);
    const made = new Anchors(db, identity.tillId, key, witness);
    // What a contradicting witness says stays as it is: it is the evidence.
    if (!contradicted) catchUp(db, witness, testimony?.anchors.at(-1)?.seq ?? 0);
    events.onAppended = (event) => made.appended(event);
    if (!before) announceLog(db, events, identity, atMs);
    else if (before.keyId !== key.id) announceKey(db, events, identity, before.keyId, atMs);
    if (damage.list.length > 0) record(events, damage.list, atMs);
    made.now(damage.list.length > 0 ? "damage" : "open", atMs);
    return made;
  });
  return { db, events, anchors, damage: damage.list };
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
