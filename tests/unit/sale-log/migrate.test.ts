import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { migrate, NEWEST_SCHEMA, schemaOf } from "../../../main/sale-log/migrate.ts";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { expectedSchema, guardsHash, NEWEST_GUARDS } from "../../../main/sale-log/schema-check.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { OlderLogError } from "../../../main/sale-log/verify/verify.ts";
import { addSale } from "../support/log-samples.ts";
import { tempDir } from "../support/temp-dir.ts";
import { summary, verifyDir } from "./support/verify-dir.ts";

/**
 * One log per released schema, made by the program of its day: four days of sales of every kind, the
 * last one open. A new release adds the file its own code writes (`tests/fixtures/sale-log/main.ts`).
 */
const FIXTURES = fileURLToPath(new URL("../../fixtures/sale-log/", import.meta.url));
const released = readdirSync(FIXTURES)
  .flatMap((name) => /^schema-(\d+)\.db\.gz$/.exec(name)?.[1] ?? [])
  .map(Number);

/** What the log says that no later schema may change. */
const FACTS = [
  "SELECT seq,at_ms,kind,actor,ref,body,hash FROM event ORDER BY seq LIMIT 636",
  "SELECT id,seq,at_ms,day_id,cashier,total,tax,saved,pieces,lines,change FROM sale ORDER BY id",
  "SELECT * FROM sale_line ORDER BY sale_id,n",
  "SELECT * FROM payment ORDER BY sale_id,n",
  "SELECT * FROM receipt ORDER BY sale_id",
  "SELECT id,sale_id,attempt,state,cause,asked_at_ms,ended_at_ms FROM print_job ORDER BY id",
  "SELECT id,biz_date,opened_at_ms,closed_at_ms,closed_by,signed_by FROM day ORDER BY id",
  "SELECT id,name_zh,name_en FROM item_name ORDER BY id",
  "SELECT code,barcode,name_zh,name_en,price,unit,category,tax_rate_bp FROM product ORDER BY code",
  "SELECT k,v FROM kept ORDER BY k",
  "SELECT id,at_ms,result FROM request ORDER BY id",
];

function factsOf(dir: string): unknown[] {
  const db = new DatabaseSync(logPath(dir), { readOnly: true });
  const facts = FACTS.map((sql) => db.prepare(sql).all());
  db.close();
  return facts;
}

function unpack(schema: number): string {
  const dir = tempDir();
  const packed = readFileSync(join(FIXTURES, `schema-${schema}.db.gz`));
  writeFileSync(logPath(dir), gunzipSync(packed));
  return dir;
}

describe("a log of every released schema", () => {
  it("is there", () => {
    expect(released).toContain(1);
  });

  it.each(released)(
    "%i is brought up to date with everything in it, and is whole",
    async (schema) => {
      const dir = unpack(schema);
      if (schema < NEWEST_SCHEMA) await expect(verifyDir(dir)).rejects.toThrow(OlderLogError);
      const before = factsOf(dir);
      const log = new SaleLog(dir);
      expect(log.damage).toEqual([]);
      expect(log.sales.newestId()).toBe(160);
      log.close();
      expect(factsOf(dir)).toEqual(before);
      const report = await verifyDir(dir);
      expect(summary(report)).toEqual([]);
      expect(report).toMatchObject({ sales: 160, days: 4 });
    },
  );

  it.each(released)("%i sells on, ends its day and stays whole", async (schema) => {
    const dir = unpack(schema);
    const log = new SaleLog(dir);
    expect(addSale(log)).toBe(161);
    const day = log.days.open();
    if (!day) throw new Error("the last day is open");
    const { sales, totalMinor, tenders } = log.dayQueries.report(day, 0, "CNY");
    log.transaction(() =>
      log.days.close(day, day.openedAtMs + 1, "Li", {
        date: day.date,
        sales,
        totalMinor,
        tenders,
        owed: [],
        signedBy: null,
      }),
    );
    const grand = log.dayQueries.report(day, 0, "CNY");
    expect(grand.grandSales).toBe(161);
    log.close();
    const again = new SaleLog(dir);
    again.close();
    expect(summary(await verifyDir(dir))).toEqual([]);
  });

  it("fills in the totals of days that were closed before there were any", () => {
    const dir = unpack(1);
    new SaleLog(dir).close();
    const db = new DatabaseSync(logPath(dir), { readOnly: true });
    const days = db.prepare("SELECT * FROM day ORDER BY id").all();
    const totals = db
      .prepare("SELECT day_id, count(*) AS n, sum(total) AS t FROM sale GROUP BY day_id")
      .all();
    db.close();
    let sales = 0;
    let total = 0;
    for (const [index, day] of days.slice(0, 3).entries()) {
      sales += Number(totals[index]?.["n"]);
      total += Number(totals[index]?.["t"]);
      expect(day).toMatchObject({
        sales: totals[index]?.["n"],
        total: totals[index]?.["t"],
        grand_sales: sales,
        grand_total: total,
      });
      expect(day["close_seq"]).toEqual(expect.any(Number));
    }
    expect(days[3]).toMatchObject({ close_seq: null, grand_total: null });
  });
});

describe("migrations", () => {
  it("end with the guards that a start compares with: a new trigger needs a new NEWEST_GUARDS", () => {
    expect(guardsHash(expectedSchema(NEWEST_SCHEMA))).toBe(NEWEST_GUARDS);
  });

  it("lead from every schema to the newest, one after the other", () => {
    for (let from = 0; from <= NEWEST_SCHEMA; from += 1) {
      const db = new Database(":memory:");
      migrate(db, from);
      expect(schemaOf(db)).toBe(from);
      migrate(db);
      expect(schemaOf(db)).toBe(NEWEST_SCHEMA);
      db.close();
    }
  });
});
