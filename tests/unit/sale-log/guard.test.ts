import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { openLog } from "../../../main/sale-log/open-log.ts";
import {
  UnfitStorageError,
  demandFitStorage,
  unfitBuild,
} from "../../../main/sale-log/runtime-check.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { tempDir } from "../support/temp-dir.ts";
import { copiesOf } from "./support/log-copies.ts";
import { sellForDays } from "./support/shop-days.ts";
import { summary, verifyDir } from "./support/verify-dir.ts";

/** A log of two days with something in every table. */
const shopDir = copiesOf((log) => sellForDays(log, 2, 10));

const REFUSED = [
  ...["event", "anchor", "person", "item_name", "sale", "sale_line", "payment", "meta"].flatMap(
    (table) => [`DELETE FROM ${table}`, `UPDATE ${table} SET ${columnOf(table)}=1`],
  ),
  "DELETE FROM receipt",
  "DELETE FROM print_job",
  "DELETE FROM day",
  "UPDATE receipt SET sale_id=sale_id+1",
  "UPDATE receipt SET day_id=1",
  "UPDATE print_job SET sale_id=1",
  "UPDATE print_job SET asked_at_ms=1",
  "UPDATE day SET biz_date='2000-01-01'",
  "INSERT INTO meta(k,v) VALUES('a','b')",
  "INSERT INTO sqlite_schema VALUES('table','x','x',0,'')",
  "UPDATE sqlite_schema SET sql=''",
  "DROP TRIGGER event_no_update",
  "DROP TABLE kept",
  "DROP INDEX event_ref",
  "CREATE TABLE more(a)",
  "CREATE TEMP TABLE more(a)",
  "CREATE TEMP TRIGGER more BEFORE INSERT ON event BEGIN SELECT 1; END",
  "CREATE VIEW more AS SELECT 1",
  "CREATE INDEX more ON event(kind)",
  "CREATE VIRTUAL TABLE more USING fts5(a)",
  "ALTER TABLE kept ADD COLUMN more TEXT",
  "ALTER TABLE kept RENAME TO more",
  "REINDEX",
  "ANALYZE",
  "VACUUM",
  "VACUUM INTO '/tmp/never'",
  "ATTACH ':memory:' AS more",
  "DETACH main",
  "PRAGMA writable_schema=ON",
  "PRAGMA recursive_triggers=OFF",
  "PRAGMA foreign_keys=OFF",
  "PRAGMA ignore_check_constraints=ON",
  "PRAGMA synchronous=OFF",
  "PRAGMA journal_mode=DELETE",
  "PRAGMA user_version=0",
  "PRAGMA trusted_schema=ON",
  "SELECT load_extension('more')",
];

function columnOf(table: string): string {
  const columns: Record<string, string> = { sale_line: "amount", payment: "amount", meta: "v" };
  return (
    columns[table] ?? (table === "person" ? "name" : table === "item_name" ? "name_en" : "seq")
  );
}

describe("after its start the till", () => {
  it.each(REFUSED)("can't do: %s", (sql) => {
    // The very connection a till sells with, after its start.
    const { db } = openLog(shopDir(), {});
    expect(() => db.exec(sql)).toThrow(/not authorized|authorization denied|prohibited|may not be/);
    expect(existsSync("/tmp/never")).toBe(false);
    db.close();
  });

  it("can do all that selling needs, and check itself", async () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    sellForDays(log, 2, 10);
    log.forgetOldRequests(Date.now() * 2);
    log.checkpoint();
    log.anchorNow("backup");
    log.close();
    expect(summary(await verifyDir(dir))).toEqual([]);
    const db = openLog(dir, {}).db;
    for (const sql of ["PRAGMA wal_checkpoint(PASSIVE)", "PRAGMA user_version"]) db.exec(sql);
    expect(db.rows("PRAGMA quick_check")).toEqual([["ok"]]);
    expect(db.rows("SELECT name FROM pragma_table_info('kept')").flat()).toEqual(["k", "v", "sum"]);
    db.close();
  });

  it("can't even ask for more rights than the triggers leave, when the rights are gone", () => {
    const dir = shopDir();
    // Another program's connection has no authorizer: there the triggers stand.
    const raw = new DatabaseSync(join(dir, "slipsure.db"));
    for (const sql of [
      "DELETE FROM anchor",
      "UPDATE anchor SET at_ms=0",
      "INSERT INTO anchor SELECT seq+1,prev,at_ms,reason,hash,key_id,sig FROM anchor LIMIT 1",
      "DELETE FROM day",
      "UPDATE day SET total=0 WHERE id=1",
      "INSERT INTO day(id,biz_date,opened_at_ms) VALUES(9,'2030-01-01',0)",
      "DELETE FROM print_job",
      "UPDATE print_job SET sale_id=1 WHERE sale_id=2",
      "UPDATE receipt SET sale_id=1000 WHERE sale_id=2",
      "UPDATE receipt SET opened_at_ms=0 WHERE sale_id=2",
    ])
      expect(() => raw.exec(sql), sql).toThrow(/append-only|out of order|can't be|gap|stays with/);
    raw.close();
  });
});

describe("the storage it runs on", () => {
  it.each([
    ["3.51.3", [], null],
    ["3.53.4", ["THREADSAFE=1"], null],
    ["4.0.0", [], null],
    ["3.51.2", [], /3\.51\.2 can damage its own log; 3\.51\.3/],
    ["3.9.99", [], /can damage/],
    ["what", [], /can damage/],
    ["3.53.4", ["OMIT_AUTHORIZATION"], /without AUTHORIZATION/],
    ["3.53.4", ["OMIT_WAL"], /without WAL/],
    ["3.53.4", ["THREADSAFE=0"], /without THREADSAFE/],
  ] as const)("SQLite %s with %j", (version, options, why) => {
    const found = unfitBuild(version, options);
    if (why === null) expect(found).toBeNull();
    else expect(found?.en).toMatch(why);
  });

  it("is fit here, and a disk that holds no write-ahead log is refused in a sentence", () => {
    const dir = tempDir();
    const db = new Database(join(dir, "a.db"));
    expect(() => demandFitStorage(db)).not.toThrow();
    db.close();
    // In memory there can be none, like on some network drives.
    const memory = new Database(":memory:");
    expect(() => demandFitStorage(memory)).toThrow(UnfitStorageError);
    expect(() => demandFitStorage(memory)).toThrow(
      /write-ahead log .*network drive.*Nothing was changed/,
    );
    memory.close();
  });

  it("a folder in the place of the log is refused, and let go of", () => {
    const dir = tempDir();
    mkdirSync(join(dir, "slipsure.db"));
    for (let n = 0; n < 2; n += 1) expect(() => new SaleLog(dir)).toThrow(/unable to open/);
  });
});
