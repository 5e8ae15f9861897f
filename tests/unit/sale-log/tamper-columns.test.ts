import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { logPath } from "../../../main/sale-log/open-log.ts";
import type { Finding } from "../../../main/sale-log/verify/finding.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { migrate } from "../../../main/sale-log/migrate.ts";
import { copiesOf } from "./support/log-copies.ts";
import { sellForDays } from "./support/shop-days.ts";
import { summary, tamper, verifyDir } from "./support/verify-dir.ts";

/** Every table with its columns, as the newest schema has them: a new table is tried out by itself. */
function everyColumn(): { table: string; column: string; key: string[] }[] {
  const db = new Database(":memory:");
  migrate(db);
  const tables = db.rows("SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name");
  const columns = tables.flatMap(([table]) => {
    const info = db.rows(`SELECT name,pk FROM pragma_table_info('${String(table)}')`);
    const key = info.filter(([, pk]) => Number(pk) > 0).map(([name]) => String(name));
    return info.map(([name]) => ({ table: String(table), column: String(name), key }));
  });
  db.close();
  return columns;
}

/** Other values of the same type, as an owner with a database tool would type them in. */
function others(value: SQLOutputValue | undefined): (string | number | null)[] {
  if (typeof value === "number") return [value + 1_000_003, -1];
  if (typeof value === "string") return [`${value}x`, value === "" ? " " : ""];
  return [7, "7"];
}

/** True when a finding says where the change was made. */
function names(finding: Finding, table: string, column: string, row: Record<string, unknown>) {
  if (table === "event" || table === "anchor")
    return finding.seq === row["seq"] || finding.row === String(row["seq"]);
  return finding.table === table && (finding.column === null || finding.column === column);
}

const shopDir = copiesOf((log) => sellForDays(log, 3, 25));

describe("one value changed, in any column of any table", () => {
  it.each(everyColumn())("$table.$column is named", async ({ table, column, key }) => {
    for (const [index, at] of [0.1, 0.9].entries()) {
      const dir = shopDir();
      const row = rowAt(dir, table, at);
      const to = others(row[column])[index] ?? null;
      tamper(dir, (db) => {
        const where = key.map((name) => `${name} IS ?`).join(" AND ");
        const values = key.map((name) => row[name] ?? null);
        const { changes } = db
          .prepare(`UPDATE ${table} SET ${column}=? WHERE ${where}`)
          .run(to, ...values);
        expect(changes).toBe(1);
      });
      // oxlint-disable-next-line no-await-in-loop -- one file after the other
      const report = await verifyDir(dir);
      const isNamed = report.findings.some((finding) => names(finding, table, column, row));
      expect([column, to, summary(report), isNamed]).toEqual([column, to, summary(report), true]);
    }
  });
});

function rowAt(dir: string, table: string, at: number): Record<string, SQLOutputValue> {
  const db = new DatabaseSync(logPath(dir), { readOnly: true });
  const rows = db.prepare(`SELECT * FROM ${table}`).all();
  db.close();
  const row = rows[Math.floor(rows.length * at)];
  if (!row) throw new Error(`${table} is empty: nothing would be proven`);
  return row;
}
