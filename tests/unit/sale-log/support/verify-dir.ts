import { DatabaseSync } from "node:sqlite";
import { verifyFile } from "../../../../main/sale-log/verify/verify-file.ts";
import type { Finding } from "../../../../main/sale-log/verify/finding.ts";
import type { VerifyOptions, VerifyReport } from "../../../../main/sale-log/verify/verify.ts";
import { logPath } from "../../../../main/sale-log/open-log.ts";
import { witnessPath } from "../../../../main/sale-log/witness.ts";

/** Checks the log of a folder with everything that lies beside it. */
export function verifyDir(
  dir: string,
  options: Omit<VerifyOptions, "testimony"> = {},
): Promise<VerifyReport> {
  return verifyFile({ path: logPath(dir), witness: witnessPath(dir), ...options });
}

/** What was found, short: `code` or `code:table.column`. */
export function summary({ findings }: VerifyReport): string[] {
  return findings.map(nameOf);
}

function nameOf({ code, table, column, seq }: Finding): string {
  if (table !== null) return `${code}:${table}${column === null ? "" : `.${column}`}`;
  return seq === null ? code : `${code}@${seq}`;
}

/**
 * Changes the log of a folder the way its owner could with any database tool: no guards, no foreign
 * keys, no checks. The guards are there again afterwards, so that only the change itself can be found.
 */
export function tamper(dir: string, change: (db: DatabaseSync) => void): void {
  const db = new DatabaseSync(logPath(dir), { defensive: false });
  db.exec("PRAGMA foreign_keys=OFF");
  db.exec("PRAGMA ignore_check_constraints=ON");
  const guards = db.prepare("SELECT name,sql FROM sqlite_schema WHERE type='trigger'").all();
  for (const { name } of guards) db.exec(`DROP TRIGGER ${String(name)}`);
  change(db);
  for (const { sql } of guards) db.exec(String(sql));
  db.close();
}
