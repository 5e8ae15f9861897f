import { DatabaseSync, type StatementSync } from "node:sqlite";

/** What can be bound to a statement. Booleans and undefined are refused on purpose. */
export type SqlValue = string | number | bigint | null | Uint8Array;
export type Row = Record<string, SqlValue>;

/**
 * The only file that knows `node:sqlite`. Adds what a money log needs: statements prepared once,
 * a transaction that always ends, and parameters counted (the driver binds missing ones as NULL).
 */
export class Database {
  readonly path: string;
  private readonly db: DatabaseSync;
  private readonly statements = new Map<string, { statement: StatementSync; count: number }>();

  /** @throws Error with `errcode` when the file can't be opened or is not a database. */
  constructor(path: string) {
    this.path = path;
    this.db = new DatabaseSync(path);
    // FULL: an acknowledged sale survives a power cut. recursive_triggers: without it
    // INSERT OR REPLACE deletes rows past the append-only triggers.
    const pragmas = [
      "journal_mode=WAL",
      "synchronous=FULL",
      "foreign_keys=ON",
      "recursive_triggers=ON",
      "trusted_schema=OFF",
      "cache_size=-8192",
      "temp_store=MEMORY",
      "busy_timeout=5000",
      // A backstop only: the till checkpoints when it is idle, so no sale waits for one.
      "wal_autocheckpoint=8000",
    ];
    try {
      for (const pragma of pragmas) this.db.exec(`PRAGMA ${pragma}`);
    } catch (error) {
      // Nobody gets this object, so nobody else could close the file.
      this.db.close();
      throw error;
    }
  }

  /** Runs statements that return nothing and take no values. */
  exec(sql: string): void {
    this.db.exec(sql);
  }

  run(sql: string, ...values: SqlValue[]): void {
    this.prepare(sql, values.length).run(...values);
  }

  get(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.prepare(sql, values.length).get(...values);
  }

  all(sql: string, ...values: SqlValue[]): Row[] {
    return this.prepare(sql, values.length).all(...values);
  }

  /**
   * Runs `work` in one transaction and returns its result. On any error everything is undone and
   * the error goes on: SQLite has sometimes rolled back by itself already and sometimes not.
   */
  transaction<T>(work: () => T): T {
    this.db.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.db.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.db.isTransaction) this.db.exec("ROLLBACK");
      throw error;
    }
  }

  close(): void {
    this.statements.clear();
    this.db.close();
  }

  private prepare(sql: string, valueCount: number): StatementSync {
    let known = this.statements.get(sql);
    if (!known) {
      const statement = this.db.prepare(sql);
      known = { statement, count: (sql.match(/\?/g) ?? []).length };
      this.statements.set(sql, known);
    }
    if (known.count !== valueCount)
      throw new Error(`${valueCount} values for ${known.count} parameters: ${sql}`);
    return known.statement;
  }
}

/** SQLite's primary result code of an error, null when it is not SQLite's. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("errcode" in error)) return null;
  return typeof error.errcode === "number" ? error.errcode & 0xff : null;
}

export const SQLITE_BUSY = 5;
export const SQLITE_FULL = 13;
