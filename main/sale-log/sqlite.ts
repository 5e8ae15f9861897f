import { rmSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { backup, constants, DatabaseSync, type StatementSync } from "node:sqlite";
import type { SqlAction } from "./guard.ts";

/** What can be bound to a statement. Booleans and undefined are refused on purpose. */
export type SqlValue = string | number | bigint | null | Uint8Array;
export type Row = Record<string, SqlValue>;

interface Prepared {
  statement: StatementSync;
  count: number;
}

/**
 * The only file that knows `node:sqlite`. Adds what a money log needs: statements prepared once,
 * a transaction that always ends, and parameters counted (the driver binds missing ones as NULL).
 */
export class Database {
  readonly path: string;
  /** Called when the disk is full. True: there is room now, and what failed is tried once more. */
  onFull: () => boolean = () => false;
  private readonly db: DatabaseSync;
  private readonly statements = new Map<string, Prepared>();
  private readonly arrayStatements = new Map<string, Prepared>();
  private readonly bigStatements = new Map<string, Prepared>();
  private committed: (() => void)[] = [];
  /** `work` of a transaction is running; SQLite may have undone the transaction under it already. */
  private isWorking = false;

  /**
   * @param use `write`: the books themselves. `read`: the same file, of which it can't change a byte;
   * it must have been made already. `frozen`: as `read`, for a file that nobody has open and that has
   * no write-ahead log beside it; leaves no other file behind and works on a read-only disk. `cache`:
   * a file that can be made anew, so a power cut may take what it wrote last.
   * @throws Error with `errcode` when the file can't be opened or is not a database.
   */
  constructor(path: string, use: "write" | "read" | "frozen" | "cache" = "write") {
    this.path = path;
    const readOnly = use === "read" || use === "frozen";
    const location = use === "frozen" ? new URL(`${pathToFileURL(path).href}?immutable=1`) : path;
    // Defensive: the schema can't be edited as if it were a table, nor the log as if it were a file.
    this.db = new DatabaseSync(location, { readOnly, defensive: true });
    // FULL: an acknowledged sale survives a power cut. recursive_triggers: without it
    // INSERT OR REPLACE deletes rows past the append-only triggers.
    const pragmas = [
      ...(readOnly ? ["query_only=ON"] : ["journal_mode=WAL"]),
      `synchronous=${use === "cache" ? "NORMAL" : "FULL"}`,
      "foreign_keys=ON",
      "recursive_triggers=ON",
      "trusted_schema=OFF",
      "cache_size=-8192",
      "temp_store=MEMORY",
      "busy_timeout=5000",
      // Elsewhere without effect; there a plain fsync stops at the disk's own cache.
      ...(process.platform === "darwin" ? ["fullfsync=ON", "checkpoint_fullfsync=ON"] : []),
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
    if (this.isWorking && !this.db.isTransaction)
      throw new Error("the transaction was undone already");
    this.orWithRoom(() => void this.prepare(sql, values.length).run(...values));
  }

  get(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.prepare(sql, values.length).get(...values);
  }

  all(sql: string, ...values: SqlValue[]): Row[] {
    return this.prepare(sql, values.length).all(...values);
  }

  /** As `all`, each row as its values in the order of the columns: twice as fast, for long reads. */
  rows(sql: string, ...values: SqlValue[]): SqlValue[][] {
    const statement = this.prepare(sql, values.length, this.arrayStatements);
    return statement.all(...values) as unknown as SqlValue[][];
  }

  /**
   * As `rows` for files that may be damaged: a number too large for JavaScript comes back as a bigint
   * instead of ending the read.
   */
  rowsOfAnySize(sql: string, ...values: SqlValue[]): SqlValue[][] {
    const statement = this.prepare(sql, values.length, this.bigStatements);
    statement.setReadBigInts(true);
    const rows = statement.all(...values) as unknown as SqlValue[][];
    return rows.map((row) =>
      row.map((value) =>
        typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value,
      ),
    );
  }

  /** From now on SQLite refuses every statement of which `allows` says no for any of its actions. */
  restrict(allows: (action: SqlAction) => boolean): void {
    this.statements.clear();
    this.arrayStatements.clear();
    this.bigStatements.clear();
    this.db.setAuthorizer((code, first, second) =>
      allows({ code, first, second }) ? constants.SQLITE_OK : constants.SQLITE_DENY,
    );
  }

  /** Runs `then` once when the transaction under way is safe on disk; never when it is undone. */
  afterCommit(then: () => void): void {
    if (!this.db.isTransaction) throw new Error("no transaction is under way");
    this.committed.push(then);
  }

  /** True inside `transaction`. */
  get isTransaction(): boolean {
    return this.db.isTransaction;
  }

  /**
   * Runs `work` in one transaction and returns its result. On any error everything is undone and
   * the error goes on: SQLite has sometimes rolled back by itself already and sometimes not. On a full
   * disk that was given room `work` runs a second time, with nothing left of the first.
   */
  transaction<T>(work: () => T): T {
    const result = this.orWithRoom(() => this.commit(work));
    const committed = this.committed;
    this.committed = [];
    for (const then of committed) then();
    return result;
  }

  /**
   * Copies the whole file, as this connection sees it now, into a new one. In one step: a copy in
   * several starts again with every sale that is written meanwhile, and never ends while a till sells.
   * Returns the number of pages. (sqlite.org/c3ref/backup_finish.html)
   */
  copyTo(path: string): Promise<number> {
    return backup(this.db, path, { rate: 0x7fff_ffff });
  }

  /**
   * The same by SQLite's own statement, of what stands in the file when it begins: for where the interface
   * that `copyTo` calls does not work. The file must not be there yet. Not possible inside a transaction, and
   * needs a connection of its own, since what may change nothing may not write a copy either.
   */
  vacuumInto(path: string): void {
    const db = new DatabaseSync(this.path, { readOnly: true });
    try {
      db.exec("PRAGMA busy_timeout=5000");
      db.prepare("VACUUM INTO ?").run(path);
    } finally {
      db.close();
    }
  }

  close(): void {
    this.statements.clear();
    this.arrayStatements.clear();
    this.bigStatements.clear();
    this.db.close();
  }

  private commit<T>(work: () => T): T {
    this.db.exec("BEGIN IMMEDIATE");
    this.committed = [];
    this.isWorking = true;
    try {
      const result = work();
      this.db.exec("COMMIT");
      return result;
    } catch (error) {
      this.committed = [];
      if (this.db.isTransaction) this.db.exec("ROLLBACK");
      throw error;
    } finally {
      this.isWorking = false;
    }
  }

  /** Tries once more when the disk was full and somebody could make room. */
  private orWithRoom<T>(write: () => T): T {
    try {
      return write();
    } catch (error) {
      // In the middle of a transaction one statement alone would be half of it.
      if (!isDiskFull(error) || this.isWorking || this.db.isTransaction) throw error;
      if (!this.onFull()) throw error;
      return write();
    }
  }

  private prepare(sql: string, valueCount: number, among = this.statements): StatementSync {
    let known = among.get(sql);
    if (!known) {
      const statement = this.db.prepare(sql);
      if (among !== this.statements) statement.setReturnArrays(true);
      known = { statement, count: (sql.match(/\?/g) ?? []).length };
      among.set(sql, known);
    }
    if (known.count !== valueCount)
      throw new Error(`${valueCount} values for ${known.count} parameters: ${sql}`);
    return known.statement;
  }
}

/**
 * Closes a connection that writes and leaves file and write-ahead log as they are: the last one to close
 * would move committed pages, so one that can only read is closed after it.
 */
export function closeUntouched(db: Database): void {
  let last: Database | null = null;
  try {
    last = new Database(db.path, "read");
    last.get("SELECT count(*) FROM sqlite_schema");
  } catch {
    // A file in which nothing can be read has nothing that could be moved.
  }
  db.close();
  last?.close();
  // An empty one was made by opening the file; it holds nothing.
  if (statSync(`${db.path}-wal`, { throwIfNoEntry: false })?.size !== 0) return;
  for (const end of ["-wal", "-shm"]) rmSync(db.path + end, { force: true });
}

/** SQLite's primary result code of an error, null when it is not SQLite's. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("errcode" in error)) return null;
  return typeof error.errcode === "number" ? error.errcode & 0xff : null;
}

export const SQLITE_BUSY = 5;
export const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
export const SQLITE_CORRUPT = 11;
export const SQLITE_FULL = 13;
export const SQLITE_CANTOPEN = 14;
export const SQLITE_NOTADB = 26;
/** The index of the write-ahead log could not grow: said of a full disk too. (sqlite.org/rescode.html) */
const SQLITE_IOERR_SHMSIZE = 4874;

/** True for the errors SQLite has for a disk without room. */
export function isDiskFull(error: unknown): boolean {
  if (sqliteCode(error) === SQLITE_FULL) return true;
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_IOERR_SHMSIZE;
}

/** What a disk comes to that was pulled out, fails, or is read-only. */
const DISK_GONE: ReadonlySet<number | null> = new Set([
  SQLITE_READONLY,
  SQLITE_IOERR,
  SQLITE_CANTOPEN,
]);

/** True when the disk can't be written, or not even read. */
export function isDiskGone(error: unknown): boolean {
  return DISK_GONE.has(sqliteCode(error));
}
