import { join } from "node:path";
import { EventAppender, findBrokenLink } from "./append.ts";
import { Days } from "./days.ts";
import type { LogEvent } from "./event.ts";
import { migrate } from "./migrate.ts";
import { Products } from "./products.ts";
import { HistoryQueries } from "./queries/history.ts";
import { DayQueries } from "./queries/day.ts";
import { Receipts } from "./receipts.ts";
import { Sales } from "./sales.ts";
import { Database } from "./sqlite.ts";
import { lockTill } from "./till-lock.ts";

/** Answers to repeated calls are kept this long; a caller retries within seconds. */
const REQUEST_KEPT_MS = 7 * 24 * 3_600_000;

/** The sale log of one till: the file, its lock, and one part per kind of thing in it. */
export class SaleLog {
  readonly sales: Sales;
  readonly receipts: Receipts;
  readonly days: Days;
  readonly products: Products;
  readonly history: HistoryQueries;
  readonly dayQueries: DayQueries;
  private readonly db: Database;
  private readonly events: EventAppender;
  private readonly lock: { release(): void };

  /**
   * Opens or makes the log in `dataDir`.
   * @throws TillLockedError, NewerLogError, or SQLite's error when the file is damaged.
   */
  constructor(dataDir: string) {
    this.lock = lockTill(dataDir);
    try {
      this.db = new Database(join(dataDir, "slipsure.db"));
      migrate(this.db);
    } catch (error) {
      this.lock.release();
      throw error;
    }
    this.events = new EventAppender(this.db);
    this.receipts = new Receipts(this.db, this.events);
    this.sales = new Sales(this.db, this.events, this.receipts);
    this.days = new Days(this.db, this.events);
    this.products = new Products(this.db);
    this.history = new HistoryQueries(this.db);
    this.dayQueries = new DayQueries(this.db);
  }

  transaction<T>(work: () => T): T {
    return this.db.transaction(work);
  }

  append(atMs: number, by: string, event: LogEvent): number {
    return this.events.append(atMs, by, event);
  }

  /** A value that is not history: the basket, who is at the till. Null when never kept. */
  kept(key: string): string | null {
    const row = this.db.get("SELECT v FROM kept WHERE k=?", key);
    return row ? String(row["v"]) : null;
  }

  keep(key: string, value: string): void {
    this.db.run(
      "INSERT INTO kept(k,v) VALUES(?,?) ON CONFLICT(k) DO UPDATE SET v=excluded.v",
      key,
      value,
    );
  }

  /**
   * Runs `work` once per request id, in one transaction with the memory of its answer. The same id
   * again gives the first answer and does nothing.
   */
  once<T>(requestId: string, atMs: number, work: () => T): { answer: T; repeated: boolean } {
    return this.db.transaction(() => {
      const known = this.db.get("SELECT result FROM request WHERE id=?", requestId);
      if (known) return { answer: JSON.parse(String(known["result"])) as T, repeated: true };
      const answer = work();
      this.db.run(
        "INSERT INTO request(id,at_ms,result) VALUES(?,?,?)",
        requestId,
        atMs,
        JSON.stringify(answer ?? null),
      );
      return { answer, repeated: false };
    });
  }

  /** True when this request has been answered before. */
  wasAnswered(requestId: string): boolean {
    return this.db.get("SELECT 1 AS known FROM request WHERE id=?", requestId) !== undefined;
  }

  forgetOldRequests(nowMs: number): void {
    this.db.run("DELETE FROM request WHERE at_ms<?", nowMs - REQUEST_KEPT_MS);
  }

  /** The first event whose hash does not follow from the one before, or null. */
  findBrokenLink(): { seq: number; problem: string } | null {
    return findBrokenLink(this.db);
  }

  sqliteVersion(): string {
    return String(this.db.get("SELECT sqlite_version() AS v")?.["v"]);
  }

  /** Moves committed pages into the main file; called when nobody is selling. */
  checkpoint(): void {
    this.db.get("PRAGMA wal_checkpoint(PASSIVE)");
  }

  close(): void {
    this.db.close();
    this.lock.release();
  }
}
