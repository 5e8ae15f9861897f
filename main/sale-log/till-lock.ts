import { join } from "node:path";
import { LogProblem } from "./log-problem.ts";
import { Database, sqliteCode, SQLITE_BUSY } from "./sqlite.ts";

/** Another Slipsure already works with this data folder. */
export class TillLockedError extends LogProblem {
  constructor(dataDir: string) {
    super({
      en:
        `Another Slipsure is already open on ${dataDir}. Use that window, or close it first. ` +
        "Nothing was changed.",
      zh: `已有一个票不漏正在使用 ${dataDir}。请用那个窗口，或先把它关掉。没有改动任何数据。`,
    });
  }
}

/**
 * Holds the data folder for this process. The lock is the operating system's, on a small database
 * of its own, so it is free again at once after a crash.
 * @throws TillLockedError when another process holds it.
 */
export function lockTill(dataDir: string): { release(): void } {
  let db: Database | null = null;
  try {
    db = new Database(join(dataDir, "till.lock"));
    db.exec("PRAGMA busy_timeout=0");
    db.exec("PRAGMA locking_mode=EXCLUSIVE");
    db.exec("BEGIN EXCLUSIVE");
    db.exec("CREATE TABLE IF NOT EXISTS held(n INTEGER)");
    const held = db;
    return { release: () => held.close() };
  } catch (error) {
    db?.close();
    if (sqliteCode(error) === SQLITE_BUSY) throw new TillLockedError(dataDir);
    throw error;
  }
}
