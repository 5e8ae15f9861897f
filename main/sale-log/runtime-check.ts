import { LogProblem } from "./log-problem.ts";
import type { Database } from "./sqlite.ts";

/**
 * Every version up to 3.51.2 can corrupt a write-ahead log that is being reset while another
 * connection reads it. (sqlite.org, release notes of 3.51.3)
 */
const OLDEST = [3, 51, 3] as const;

/** Builds without these can't keep the promises of the log. */
const NEVER_OMITTED = [
  "AUTHORIZATION",
  "FOREIGN_KEY",
  "TRIGGER",
  "WAL",
  "INTEGRITY_CHECK",
  "CHECK",
];

/** What every connection that writes must have taken, by pragma. 2 is FULL. */
const NEEDED_SETTINGS = {
  journal_mode: "wal",
  synchronous: 2,
  foreign_keys: 1,
  recursive_triggers: 1,
} as const;

type Sentences = { en: string; zh: string };

/** This SQLite, or this disk, can't keep a sale log safely. */
export class UnfitStorageError extends LogProblem {
  constructor(why: Sentences) {
    super({
      en: `The sale log can't be kept safely here: ${why.en} Nothing was changed.`,
      zh: `销售日志不能安全地存在这里：${why.zh}没有改动任何数据。`,
    });
  }
}

/**
 * Checks the SQLite that came with this program and what it made of our settings.
 * @throws UnfitStorageError
 */
export function demandFitStorage(db: Database): void {
  const version = String(db.get("SELECT sqlite_version() AS v")?.["v"]);
  const options = db.rows("PRAGMA compile_options").map(([option]) => String(option));
  const unfit = unfitBuild(version, options);
  if (unfit !== null) throw new UnfitStorageError(unfit);
  for (const [name, needed] of Object.entries(NEEDED_SETTINGS)) {
    const [found] = db.rows(`PRAGMA ${name}`)[0] ?? [];
    if (found === needed) continue;
    const is = String(found);
    throw new UnfitStorageError(
      name === "journal_mode" ? noJournal(db.path, is) : notTaken(name, is),
    );
  }
}

function noJournal(path: string, found: string): Sentences {
  return {
    en: `the disk of ${path} can't hold a write-ahead log (it says "${found}"); a network drive can't, a disk in this computer can.`,
    zh: `${path} 所在的磁盘不支持预写日志（返回“${found}”）；网络盘不行，请用本机磁盘。`,
  };
}

function notTaken(name: string, found: string): Sentences {
  return {
    en: `SQLite did not take the setting ${name} (it says "${found}").`,
    zh: `SQLite 没有接受设置 ${name}（返回“${found}”）。`,
  };
}

/** Why this build of SQLite won't do, as a sentence; null when it will. */
export function unfitBuild(version: string, options: readonly string[]): Sentences | null {
  const parts = version.split(".").map(Number);
  const difference = OLDEST.map((oldest, index) => (parts[index] ?? 0) - oldest).find(
    (each) => each !== 0,
  );
  if ((difference ?? 0) < 0 || parts.some(Number.isNaN))
    return {
      en: `SQLite ${version} can damage its own log; ${OLDEST.join(".")} or newer is needed.`,
      zh: `SQLite ${version} 可能损坏自己的日志，需要 ${OLDEST.join(".")} 或更新版本。`,
    };
  // THREADSAFE=0 would let two threads tear one file.
  const lacking = options.includes("THREADSAFE=0")
    ? "THREADSAFE"
    : NEVER_OMITTED.find((name) => options.includes(`OMIT_${name}`));
  if (lacking === undefined) return null;
  return {
    en: `SQLite ${version} was built without ${lacking}.`,
    zh: `SQLite ${version} 编译时缺少 ${lacking}。`,
  };
}
