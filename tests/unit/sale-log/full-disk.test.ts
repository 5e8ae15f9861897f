import { describe, expect, it } from "vitest";
import { Database, isDiskFull, isDiskGone } from "../../../main/sale-log/sqlite.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { readWitness, witnessPath } from "../../../main/sale-log/witness.ts";
import { tempDir } from "../support/temp-dir.ts";

const LONG = "x".repeat(3000);

/** A database that may not grow any more. */
function fullDatabase(): Database {
  const db = new Database(`${tempDir()}/full.db`);
  db.exec("CREATE TABLE t(n INTEGER, text TEXT)");
  db.exec(`PRAGMA max_page_count=${Number(db.get("PRAGMA page_count")?.["page_count"])}`);
  return db;
}

function fillUp(db: Database): void {
  for (let n = 0; n < 50; n += 1) db.run("INSERT INTO t VALUES(?,?)", n, LONG);
}

function errorOf(work: () => void): unknown {
  try {
    work();
    return null;
  } catch (error) {
    return error;
  }
}

describe("a disk without room", () => {
  it("undoes the whole transaction and says that it is full", () => {
    const db = fullDatabase();
    const error = errorOf(() => db.transaction(() => fillUp(db)));
    expect([isDiskFull(error), isDiskGone(error)]).toEqual([true, false]);
    expect([db.isTransaction, db.all("SELECT * FROM t")]).toEqual([false, []]);
    db.close();
  });

  it("is given room once: the transaction is made again, and only once", () => {
    const db = fullDatabase();
    let asked = 0;
    let runs = 0;
    let committed = 0;
    db.onFull = () => {
      asked += 1;
      // Outside of any transaction: what was begun is undone already.
      expect(db.isTransaction).toBe(false);
      db.exec("PRAGMA max_page_count=10000");
      return true;
    };
    db.transaction(() => {
      runs += 1;
      db.afterCommit(() => (committed += 1));
      fillUp(db);
    });
    expect([asked, runs, committed, db.all("SELECT n FROM t").length]).toEqual([1, 2, 1, 50]);
    db.close();
  });

  it("that stays full is asked for room once, not for ever", () => {
    const db = fullDatabase();
    let asked = 0;
    db.onFull = () => (asked += 1) > 0;
    expect(isDiskFull(errorOf(() => db.transaction(() => fillUp(db))))).toBe(true);
    expect([asked, db.isTransaction]).toEqual([1, false]);
    db.close();
  });

  it("lets nothing be written after a transaction that SQLite has undone by itself", () => {
    const db = fullDatabase();
    const error = errorOf(() =>
      db.transaction(() => {
        errorOf(() => fillUp(db));
        db.run("DELETE FROM t");
      }),
    );
    expect(String(error)).toMatch(/undone|no transaction/);
    expect([db.isTransaction, db.all("SELECT * FROM t")]).toEqual([false, []]);
    db.close();
  });

  it("gives room to a single statement too", () => {
    const db = fullDatabase();
    db.onFull = () => {
      db.exec("PRAGMA max_page_count=10000");
      return true;
    };
    fillUp(db);
    expect(db.all("SELECT n FROM t")).toHaveLength(50);
    db.close();
  });
});

it("a new log has its witness before anything is signed, so that no crash can make it look taken away", () => {
  const dir = tempDir();
  const log = new SaleLog(dir);
  log.close();
  expect(readWitness(witnessPath(dir))?.anchors.length).toBeGreaterThan(0);
});
