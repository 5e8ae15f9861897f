import type { Anchor, AnchorReason, Anchors } from "./anchors.ts";
import type { EventAppender } from "./append.ts";
import { findBrokenLink, headOf } from "./chain.ts";
import { Days } from "./days.ts";
import type { LogEvent } from "./event.ts";
import { openLog, type LogOptions } from "./open-log.ts";
import { Products } from "./products.ts";
import { HistoryQueries } from "./queries/history.ts";
import { DayQueries } from "./queries/day.ts";
import { Receipts } from "./receipts.ts";
import { Sales } from "./sales.ts";
import { closeUntouched, sqliteCode, type Database } from "./sqlite.ts";
import { lockTill } from "./till-lock.ts";
import type { Finding } from "./verify/finding.ts";
import { WorkingMemory } from "./working-memory.ts";

/** The sale log of one till: the file, its lock, and one part per kind of thing in it. */
export class SaleLog {
  readonly sales: Sales;
  readonly receipts: Receipts;
  readonly days: Days;
  readonly products: Products;
  readonly history: HistoryQueries;
  readonly dayQueries: DayQueries;
  /** What was wrong with the log when it was opened; the log itself says so too. */
  readonly damage: readonly Finding[];
  private readonly db: Database;
  private readonly events: EventAppender;
  private readonly anchors: Anchors;
  private readonly memory: WorkingMemory;
  private readonly nowMs: () => number;
  private readonly lock: { release(): void };

  /**
   * Opens or makes the log in `dataDir`.
   * @throws TillLockedError, NewerLogError, UnfitStorageError, DamagedLogError, or SQLite's error.
   */
  constructor(dataDir: string, options: LogOptions = {}) {
    this.lock = lockTill(dataDir);
    try {
      const { db, events, anchors, damage } = openLog(dataDir, options);
      this.db = db;
      this.events = events;
      this.anchors = anchors;
      this.damage = damage;
    } catch (error) {
      this.lock.release();
      throw error;
    }
    this.nowMs = options.nowMs ?? Date.now;
    this.receipts = new Receipts(this.db, this.events);
    this.sales = new Sales(this.db, this.events, this.receipts);
    this.days = new Days(this.db, this.events);
    this.products = new Products(this.db);
    this.memory = new WorkingMemory(this.db);
    this.history = new HistoryQueries(this.db);
    this.dayQueries = new DayQueries(this.db);
  }

  transaction<T>(work: () => T): T {
    return this.db.transaction(work);
  }

  append(atMs: number, by: string, event: LogEvent): number {
    return this.events.append(atMs, by, this.withCatalogueHash(event));
  }

  /**
   * Signs everything up to now and returns the newest anchor: what a backup must contain, and what a
   * server or another till can keep to tell this log from an older copy of it. In a transaction of
   * its own unless one is under way.
   */
  anchorNow(reason: AnchorReason): Anchor {
    const make = () => this.anchors.now(reason, this.nowMs());
    const anchor = this.db.isTransaction ? make() : this.db.transaction(make);
    if (!anchor) throw new Error("an open log has at least one event");
    return anchor;
  }

  /** Number and hash of the newest event. */
  head(): { seq: number; hash: string } {
    return headOf(this.db);
  }

  /** The latest time that stands on one of the newest thousand sales; null before the first. */
  newestSaleAtMs(): number | null {
    const row = this.db.get(
      "SELECT max(at_ms) AS at FROM (SELECT at_ms FROM sale ORDER BY id DESC LIMIT 1000)",
    );
    return typeof row?.["at"] === "number" ? row["at"] : null;
  }

  /** A value that is not history: the basket, who is at the till. Null when never kept. */
  kept(key: string): string | null {
    return this.memory.kept(key);
  }

  keep(key: string, value: string): void {
    this.memory.keep(key, value);
  }

  /**
   * Runs `work` once per request id, in one transaction with the memory of its answer. The same id
   * again gives the first answer and does nothing.
   */
  once<T>(requestId: string, atMs: number, work: () => T): { answer: T; repeated: boolean } {
    return this.db.transaction(() => {
      const known = this.memory.answer(requestId);
      if (known !== undefined) return { answer: JSON.parse(known) as T, repeated: true };
      const answer = work();
      this.memory.remember(requestId, atMs, JSON.stringify(answer ?? null));
      return { answer, repeated: false };
    });
  }

  /** Puts this answer in the place of the one a request has had so far: now it is known how it ended. */
  answered(requestId: string, atMs: number, answer: unknown): void {
    this.db.transaction(() =>
      this.memory.remember(requestId, atMs, JSON.stringify(answer ?? null)),
    );
  }

  /** True when this request has been answered before. */
  wasAnswered(requestId: string): boolean {
    return this.memory.answer(requestId) !== undefined;
  }

  forgetOldRequests(nowMs: number): void {
    this.memory.forgetOld(nowMs);
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

  /** The highest number an event was given in this run; 0: none. */
  highestSeq(): number {
    return this.events.highest;
  }

  /** Lets go of a damaged file: not a byte of it is written any more. */
  abandon(): void {
    closeUntouched(this.db);
    this.lock.release();
  }

  /** Signs the end and lets go of the folder. */
  close(): void {
    try {
      this.anchorNow("close");
    } catch (error) {
      // A disk that is full or gone must not keep the till open: the end is signed at the next start.
      if (sqliteCode(error) === null) throw error;
    } finally {
      this.db.close();
      this.lock.release();
    }
  }

  /** An import is followed by the catalogue it made, or `verify` could not tell who changed a price. */
  private withCatalogueHash(event: LogEvent): LogEvent {
    if (event.kind !== "catalogueImported") return event;
    return { ...event, body: { ...event.body, catalogueHash: this.products.hash() } };
  }
}
