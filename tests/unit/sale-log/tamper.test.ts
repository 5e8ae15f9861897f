import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { findBrokenLink } from "../../../main/sale-log/chain.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { AT, addSale } from "../support/log-samples.ts";
import { tempDir } from "../support/temp-dir.ts";

const APPEND_ONLY = ["event", "anchor", "person", "item_name", "sale", "sale_line", "payment"];

/** A log with three sales and some steps, closed. */
function closedLog(): string {
  const dir = tempDir();
  const log = new SaleLog(dir);
  for (let n = 0; n < 3; n += 1) addSale(log);
  log.transaction(() =>
    log.receipts.record(2, AT, "Li", { type: "attemptFailed", attempt: 1, cause: "paperOut" }),
  );
  log.close();
  return dir;
}

/** Opens a copy of a log without its guards, changes it, and says where the chain then breaks. */
function brokenAfter(change: (db: DatabaseSync) => void): ReturnType<typeof findBrokenLink> {
  const dir = closedLog();
  const copy = join(dir, "copy.db");
  copyFileSync(join(dir, "slipsure.db"), copy);
  const raw = new DatabaseSync(copy);
  raw.exec("PRAGMA foreign_keys=OFF");
  for (const table of APPEND_ONLY)
    for (const verb of ["update", "delete"]) raw.exec(`DROP TRIGGER ${table}_no_${verb}`);
  raw.exec("DROP TRIGGER event_gap");
  change(raw);
  raw.close();
  const db = new Database(copy);
  try {
    return findBrokenLink(db);
  } finally {
    db.close();
  }
}

describe("append-only", () => {
  it.each(APPEND_ONLY)("%s refuses UPDATE, DELETE and REPLACE", (table) => {
    const dir = closedLog();
    const db = new Database(join(dir, "slipsure.db"));
    const columns = db
      .all(`SELECT name FROM pragma_table_info('${table}')`)
      .map((row) => String(row["name"]));
    const before = db.all(`SELECT * FROM ${table}`);
    expect(before.length).toBeGreaterThan(0);
    const refused = /append-only|gap|out of order/;
    expect(() => db.exec(`UPDATE ${table} SET ${columns.at(-1)}=${columns.at(-1)}`)).toThrow(
      refused,
    );
    expect(() => db.exec(`DELETE FROM ${table}`)).toThrow(refused);
    for (const verb of ["INSERT OR REPLACE INTO", "REPLACE INTO"])
      expect(() => db.exec(`${verb} ${table} SELECT * FROM ${table}`)).toThrow(refused);
    expect(() => db.exec(`UPDATE OR REPLACE ${table} SET ${columns[0]}=1`)).toThrow(refused);
    expect(db.all(`SELECT * FROM ${table}`)).toEqual(before);
    db.close();
  });

  it("never lets go of a receipt obligation", () => {
    const dir = closedLog();
    const db = new Database(join(dir, "slipsure.db"));
    expect(() => db.exec("DELETE FROM receipt")).toThrow("can't be deleted");
    expect(() => db.exec("REPLACE INTO receipt SELECT * FROM receipt")).toThrow("can't be deleted");
    db.close();
  });

  it("refuses a gap in the events", () => {
    const dir = closedLog();
    const db = new Database(join(dir, "slipsure.db"));
    const insert = `INSERT INTO event SELECT seq+5,at_ms,kind,actor,ref,body,hash FROM event WHERE seq=(SELECT max(seq) FROM event)`;
    expect(() => db.exec(insert)).toThrow("event.seq gap");
    db.close();
  });
});

describe("the chain", () => {
  it("is whole when nobody touched it", () => {
    expect(brokenAfter(() => {})).toBeNull();
  });

  it.each([
    [
      "one digit of an amount",
      "UPDATE event SET body=replace(body,'\"totalMinor\":200','\"totalMinor\":100') WHERE seq=4",
    ],
    ["who did it", "UPDATE event SET actor=(SELECT max(id) FROM person) WHERE seq=4"],
    ["when", "UPDATE event SET at_ms=at_ms+1 WHERE seq=4"],
    ["what it is about", "UPDATE event SET ref=2 WHERE seq=4"],
    ["its kind", "UPDATE event SET kind=7 WHERE seq=4"],
    ["its hash", "UPDATE event SET hash=(SELECT hash FROM event WHERE seq=1) WHERE seq=4"],
  ])("shows a change of %s", (_what, sql) => {
    expect(brokenAfter((db) => db.exec(sql))).toEqual({ seq: 4, problem: "changed" });
  });

  it.each([1, 2, 4])("shows that row %i was removed", (seq) => {
    expect(brokenAfter((db) => db.exec(`DELETE FROM event WHERE seq=${seq}`))).toEqual({
      seq,
      problem: "missing",
    });
  });

  it("shows that a row was removed and the rest moved up", () => {
    const broken = brokenAfter((db) =>
      db.exec("DELETE FROM event WHERE seq=4; UPDATE event SET seq=seq-1 WHERE seq>4"),
    );
    expect(broken).toEqual({ seq: 4, problem: "changed" });
  });

  it("shows two rows that changed places", () => {
    const broken = brokenAfter((db) =>
      db.exec(
        "UPDATE event SET seq=100 WHERE seq=4; UPDATE event SET seq=4 WHERE seq=5; UPDATE event SET seq=5 WHERE seq=100",
      ),
    );
    expect(broken).toEqual({ seq: 4, problem: "changed" });
  });

  it("is checked over page borders", () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    log.transaction(() => {
      for (let n = 0; n < 2005; n += 1)
        log.append(AT + n, "Li", { kind: "signedIn", ref: null, body: { v: 1 } });
    });
    expect(log.findBrokenLink()).toBeNull();
    log.close();
    const raw = new DatabaseSync(join(dir, "slipsure.db"));
    raw.exec("DROP TRIGGER event_no_update; UPDATE event SET at_ms=at_ms+1 WHERE seq=1001");
    raw.close();
    const again = new SaleLog(dir);
    expect(again.findBrokenLink()).toEqual({ seq: 1001, problem: "changed" });
    again.close();
  });
});

it("leaves nothing but the log behind when it is closed", () => {
  const dir = closedLog();
  expect(existsSync(join(dir, "slipsure.db-wal"))).toBe(false);
});
