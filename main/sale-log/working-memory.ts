import { rowSum } from "./row-sum.ts";
import type { Database } from "./sqlite.ts";

/** Answers to repeated calls are kept this long; a caller retries within seconds. */
const REQUEST_KEPT_MS = 7 * 24 * 3_600_000;
/** The newest stay whatever the clock says: one that was set forward makes every answer look old. */
const NEWEST_KEPT = 100;

/** What the till must not forget and is no history: the kept basket, answered requests. */
export class WorkingMemory {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** A kept value. Null when it was never kept, or when the file lost a bit of it. */
  kept(key: string): string | null {
    const row = this.db.get("SELECT v, sum FROM kept WHERE k=?", key);
    if (!row) return null;
    const value = String(row["v"]);
    return rowSum(key, value) === row["sum"] ? value : null;
  }

  keep(key: string, value: string): void {
    this.db.run(
      `INSERT INTO kept(k,v,sum) VALUES(?,?,?)
       ON CONFLICT(k) DO UPDATE SET v=excluded.v, sum=excluded.sum`,
      key,
      value,
      rowSum(key, value),
    );
  }

  /** The answer to a request as JSON; undefined when it was never answered. */
  answer(requestId: string): string | undefined {
    const row = this.db.get("SELECT result FROM request WHERE id=?", requestId);
    return row && String(row["result"]);
  }

  /** Keeps an answer; a later one takes its place. */
  remember(requestId: string, atMs: number, result: string): void {
    this.db.run(
      `INSERT INTO request(id,at_ms,result,sum) VALUES(?,?,?,?)
       ON CONFLICT(id) DO UPDATE SET at_ms=excluded.at_ms, result=excluded.result, sum=excluded.sum`,
      requestId,
      atMs,
      result,
      rowSum(requestId, atMs, result),
    );
  }

  forgetOld(nowMs: number): void {
    const oldest = this.db.get(
      "SELECT at_ms AS at FROM request ORDER BY at_ms DESC LIMIT 1 OFFSET ?",
      NEWEST_KEPT - 1,
    );
    if (!oldest) return;
    const beforeMs = Math.min(nowMs - REQUEST_KEPT_MS, Number(oldest["at"]));
    this.db.run("DELETE FROM request WHERE at_ms<?", beforeMs);
  }
}
