import { rmSync } from "node:fs";
import { Database, type SqlValue } from "../sqlite.ts";

/** Its name, beside the log. */
export const FINDING_FILE = "slipsure-search.db";
/** Sales of one block; a power of two, so that a number's block is a shift away. */
export const BLOCK_SALES = 1024;
const PAGE_ROWS = 200;
/** While it is only looked into; it is read by key, here and there. */
const CACHE_KB = 1024;
/** Raise it whenever the tables or what stands in them change: older files are made anew. */
const VERSION = 1;
/** References and slip codes stand in the same table as names, above every name's number. */
const REFERENCE_KEYS = 2 ** 32;
const SLIP_CODE_KEYS = 2 ** 33;

/** What is remembered of a block of sales, in the order of their numbers. */
export interface Block {
  /** Wall clock; a clock set back makes blocks overlap, so both ends count. */
  minAtMs: number;
  maxAtMs: number;
  /** Minor units; larger ones stand as `LARGEST_TOTAL` and must be looked up. */
  totals: Uint32Array;
  /** `person.id`; larger ones stand as `LARGEST_ID` and must be looked up. */
  cashiers: Uint16Array;
  /** `item_name.id` of every line, sale after sale; larger ones stand as `LARGEST_ID`. */
  names: Uint16Array;
  /** Where the lines of each sale begin in `names`, and one more: where the last ones end. */
  starts: Uint32Array;
}
export const LARGEST_TOTAL = 0xffff_ffff;
export const LARGEST_ID = 0xffff;

/** A block and what its sales are found by. */
export interface FullBlock extends Block {
  /** Sale numbers by key, ascending. */
  postings: ReadonlyMap<number, number[]>;
  /** Pairs of product code and `item_name.id` that no earlier block had. */
  codes: readonly [code: string, nameId: number][];
}

/** How often a name was sold and when last, in sales. */
export interface NameUse {
  sales: number;
  newestSale: number;
}

/**
 * What sales are found by: a file beside the log that holds nothing of its own. It is made from the
 * log, goes behind it by less than a block, and is made anew when it is missing, damaged, older than
 * this program or does not belong to this log. So no sale waits for an index.
 */
export class FindingFile {
  readonly db: Database;

  private constructor(db: Database) {
    this.db = db;
    db.exec(`PRAGMA cache_size=-${CACHE_KB}`);
  }

  /**
   * Opens the file when it belongs to the log, else returns null and the file is gone.
   * @param hashOf the hash of a sale's event in the log, or of the newest one before it; null: none.
   */
  static open(path: string, hashOf: (saleId: number) => string | null): FindingFile | null {
    let file: FindingFile | null = null;
    try {
      file = new FindingFile(new Database(path, "cache"));
      const mark = file.db.get("SELECT version, sale_id, hash FROM mark");
      // The hash is chained: when it is the same, so is everything before it.
      if (
        mark?.["version"] === VERSION &&
        (mark["sale_id"] === 0 || mark["hash"] === (hashOf(Number(mark["sale_id"])) ?? ""))
      )
        return file;
    } catch {
      // Not a database, or not ours: there is nothing in it that the log does not have.
    }
    file?.close();
    FindingFile.remove(path);
    return null;
  }

  /** An empty one in place of whatever was there. `isBulk`: for millions of rows, worthless until closed. */
  static create(path: string, isBulk: boolean): FindingFile {
    FindingFile.remove(path);
    const file = new FindingFile(new Database(path, "cache"));
    if (isBulk) {
      file.db.exec("PRAGMA journal_mode=MEMORY");
      file.db.exec("PRAGMA synchronous=OFF");
      file.db.exec("PRAGMA cache_size=-65536");
    }
    file.db.transaction(() => file.makeTables());
    return file;
  }

  static remove(path: string): void {
    for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(path + end, { force: true });
  }

  /** Newest sale that is in here; always the last of a block. */
  indexedSale(): number {
    return Number(this.db.get("SELECT sale_id FROM mark")?.["sale_id"]);
  }

  *blocks(): Generator<Block> {
    const rows = this.inPages(
      `SELECT n, min_at, max_at, totals, cashiers, names, starts FROM block
       WHERE n>? ORDER BY n LIMIT ?`,
    );
    for (const [, minAtMs, maxAtMs, totals, cashiers, names, starts] of rows)
      yield {
        minAtMs: Number(minAtMs),
        maxAtMs: Number(maxAtMs),
        totals: new Uint32Array(bytes(totals).buffer),
        cashiers: new Uint16Array(bytes(cashiers).buffer),
        names: new Uint16Array(bytes(names).buffer),
        starts: new Uint32Array(bytes(starts).buffer),
      };
  }

  *nameUses(): Generator<[nameId: number, use: NameUse]> {
    const rows = this.inPages(
      "SELECT name_id, sales, newest FROM name_use WHERE name_id>? ORDER BY name_id LIMIT ?",
    );
    for (const [id, sales, newest] of rows)
      yield [Number(id), { sales: Number(sales), newestSale: Number(newest) }];
  }

  *codes(): Generator<[code: string, nameId: number]> {
    const rows = this.inPages(
      "SELECT rowid, code, name_id FROM product_code WHERE rowid>? ORDER BY rowid LIMIT ?",
    );
    for (const [, code, nameId] of rows) yield [String(code), Number(nameId)];
  }

  /** How names are typed in pinyin, as far as it is known. */
  *pinyin(): Generator<[nameId: number, keys: string]> {
    const rows = this.inPages(
      "SELECT name_id, keys FROM pinyin WHERE name_id>? ORDER BY name_id LIMIT ?",
    );
    for (const [id, keys] of rows) yield [Number(id), String(keys)];
  }

  /** Keys that are taken between two, both included, ascending. */
  keysBetween(first: number, last: number): number[] {
    const keys: number[] = [];
    for (let from = first; ;) {
      const row = this.db.get(
        "SELECT min(key) AS k FROM posting WHERE key>=? AND key<=?",
        from,
        last,
      );
      const key = row?.["k"];
      if (typeof key !== "number") return keys;
      keys.push(key);
      from = key + 1;
    }
  }

  /** Newest sales of a key below a number, newest first. */
  posted(key: number, below: number, limit: number): number[] {
    return this.db
      .rows(
        "SELECT sale_id FROM posting WHERE key=? AND sale_id<? ORDER BY sale_id DESC LIMIT ?",
        key,
        below,
        limit,
      )
      .map(([saleId]) => Number(saleId));
  }

  /** Adds the next blocks in one transaction. `hash` is that of the newest sale in them. */
  add(blocks: readonly FullBlock[], hash: string): void {
    this.db.transaction(() => {
      const indexed = this.indexedSale();
      blocks.forEach((block, index) => this.addBlock(indexed / BLOCK_SALES + index, block));
      this.addPostings(blocks);
      this.db.run("UPDATE mark SET sale_id=?, hash=?", indexed + blocks.length * BLOCK_SALES, hash);
    });
  }

  /** Makes what was added in bulk worth something: the mark is written when all else is on disk. */
  seal(hash: string): void {
    this.db.exec("PRAGMA synchronous=FULL");
    this.db.run("UPDATE mark SET hash=''");
    this.db.run("UPDATE mark SET hash=?", hash);
  }

  addPinyin(keys: readonly (readonly [nameId: number, keys: string])[]): void {
    this.db.transaction(() => {
      for (const [id, text] of keys)
        this.db.run("INSERT OR REPLACE INTO pinyin(name_id,keys) VALUES(?,?)", id, text);
    });
  }

  close(): void {
    this.db.close();
  }

  /** Rows of a table by its number, some at a time: what is read at once stays in memory as litter. */
  private *inPages(sql: string): Generator<SqlValue[]> {
    for (let after = -1; ;) {
      const rows = this.db.rows(sql, after, PAGE_ROWS);
      yield* rows;
      if (rows.length < PAGE_ROWS) return;
      after = Number(rows.at(-1)?.[0]);
    }
  }

  private addBlock(n: number, block: FullBlock): void {
    const { minAtMs, maxAtMs, totals, cashiers, names, starts, codes } = block;
    this.db.run(
      "INSERT INTO block(n,min_at,max_at,totals,cashiers,names,starts) VALUES(?,?,?,?,?,?,?)",
      n,
      minAtMs,
      maxAtMs,
      ...[totals, cashiers, names, starts].map(
        ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
      ),
    );
    for (const [code, nameId] of codes)
      this.db.run("INSERT OR IGNORE INTO product_code(code,name_id) VALUES(?,?)", code, nameId);
  }

  /** In the order of the tree: each leaf is touched once. */
  private addPostings(blocks: readonly FullBlock[]): void {
    const keys = new Set(blocks.flatMap(({ postings }) => [...postings.keys()]));
    for (const key of Float64Array.from(keys).sort()) {
      let sales = 0;
      let newest = 0;
      for (const { postings } of blocks)
        for (const saleId of postings.get(key) ?? []) {
          this.db.run("INSERT OR IGNORE INTO posting(key,sale_id) VALUES(?,?)", key, saleId);
          sales += 1;
          newest = saleId;
        }
      if (key < REFERENCE_KEYS)
        this.db.run(
          `INSERT INTO name_use(name_id,sales,newest) VALUES(?,?,?)
           ON CONFLICT(name_id) DO UPDATE SET sales=sales+excluded.sales, newest=excluded.newest`,
          key,
          sales,
          newest,
        );
    }
  }

  private makeTables(): void {
    this.db.exec(`
      CREATE TABLE mark(version INTEGER NOT NULL, sale_id INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
      CREATE TABLE block(
        n INTEGER PRIMARY KEY, min_at INTEGER NOT NULL, max_at INTEGER NOT NULL,
        totals BLOB NOT NULL, cashiers BLOB NOT NULL, names BLOB NOT NULL,
        starts BLOB NOT NULL) STRICT;
      CREATE TABLE posting(
        key INTEGER NOT NULL, sale_id INTEGER NOT NULL, PRIMARY KEY(key,sale_id)) STRICT, WITHOUT ROWID;
      CREATE TABLE name_use(
        name_id INTEGER PRIMARY KEY, sales INTEGER NOT NULL, newest INTEGER NOT NULL) STRICT;
      CREATE TABLE product_code(
        code TEXT NOT NULL, name_id INTEGER NOT NULL, PRIMARY KEY(code,name_id)) STRICT;
      CREATE TABLE pinyin(name_id INTEGER PRIMARY KEY, keys TEXT NOT NULL) STRICT;
    `);
    this.db.run("INSERT INTO mark(version,sale_id,hash) VALUES(?,0,'')", VERSION);
  }
}

/** Characters of a reference that are indexed, from its end. */
export const REFERENCE_TAIL = 4;
const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
const RADIX = DIGITS.length + 1;

/**
 * Keys of the references that end so; one key when four characters or more are known.
 * @param end as `referenceEnd` writes it: the last character counts most, so equal ends lie together.
 */
export function referenceKeys(end: string): { first: number; last: number } {
  let first = 0;
  const known = Math.min(end.length, REFERENCE_TAIL);
  for (let index = 1; index <= REFERENCE_TAIL; index += 1) {
    const digit = index <= known ? DIGITS.indexOf(end.charAt(end.length - index)) + 1 : 0;
    first = first * RADIX + digit;
  }
  const span = known === REFERENCE_TAIL ? 1 : RADIX ** (REFERENCE_TAIL - known);
  return { first: REFERENCE_KEYS + first, last: REFERENCE_KEYS + first + span - 1 };
}

/** The key of a reference itself; one shorter than four characters has blanks in front. */
export function referenceKey(end: string): number {
  return referenceKeys(end.length >= REFERENCE_TAIL ? end : end.padStart(REFERENCE_TAIL)).first;
}

const CODE_DIGITS = `${DIGITS}-_`;
/** 38 to the sixth is less than 2 to the 32nd: enough to tell sales apart, the rest is looked up. */
const CODE_KEY_LENGTH = 6;

/** The key of a slip code, whatever the case its letters are said or typed in. */
export function slipCodeKey(code: string): number {
  let key = 0;
  for (const letter of code.slice(0, CODE_KEY_LENGTH).toLowerCase())
    key = key * CODE_DIGITS.length + CODE_DIGITS.indexOf(letter);
  return SLIP_CODE_KEYS + key;
}

function bytes(value: SqlValue | undefined): Uint8Array<ArrayBuffer> {
  if (!(value instanceof Uint8Array)) throw new TypeError("not a blob");
  // A copy when the driver's buffer is shared with others: views of words need their own.
  return value.byteOffset === 0 && value.byteLength === value.buffer.byteLength
    ? (value as Uint8Array<ArrayBuffer>)
    : value.slice();
}
