import { identityRows, type LogIdentity } from "../log-identity.ts";
import { catalogueHash } from "../products.ts";
import { rowSum } from "../row-sum.ts";
import type { Database } from "../sqlite.ts";
import { shown } from "./expected-rows.ts";
import type { Findings } from "./finding.ts";
import { readRows } from "./reading.ts";

/** What no event describes row by row: check sums against accidents. */
export function checkMemory(db: Database, findings: Findings): void {
  for (const [key, value, sum] of readRows(db, "SELECT k,v,sum FROM kept") ??
    lost("kept", findings))
    if (rowSum(String(key), String(value)) !== sum)
      findings.add("memoryChanged", { table: "kept", row: shown(key) });
  const requests = readRows(db, "SELECT id,at_ms,result,sum FROM request");
  for (const [id, atMs, result, sum] of requests ?? lost("request", findings))
    if (rowSum(String(id), String(atMs), String(result)) !== sum)
      findings.add("memoryChanged", { table: "request", row: shown(id) });
}

/** The catalogue against the newest event that says what it is. */
export function checkCatalogue(
  db: Database,
  said: { hash: string; seq: number; atMs: number },
  findings: Findings,
): void {
  let found: string;
  try {
    found = catalogueHash(db);
  } catch {
    lost("product", findings);
    return;
  }
  const { hash, seq, atMs } = said;
  if (found === hash) return;
  // Goods there are, but not of the edition that is said to be in use: it was changed, not they.
  const isElsewhere =
    db.get("SELECT 1 FROM product") !== undefined &&
    db.get("SELECT 1 FROM product WHERE edition IN (SELECT edition FROM catalogue)") === undefined;
  const table = isElsewhere ? "catalogue" : "product";
  findings.add("catalogueChanged", { seq, atMs, table, expected: hash, found });
}

/** Who the log says it belongs to, in `meta` and in its events. */
export function checkIdentity(
  db: Database,
  identity: LogIdentity,
  others: readonly [k: string, v: string][],
  findings: Findings,
): void {
  const rows = readRows(db, "SELECT k,v FROM meta ORDER BY k") ?? lost("meta", findings);
  const found = new Map(rows.map(([key, value]) => [String(key), String(value)]));
  for (const [key, value] of [...identityRows(identity), ...others]) {
    const there = found.get(key);
    found.delete(key);
    if (there === undefined) findings.add("rowMissing", { table: "meta", row: key });
    else if (there !== value)
      findings.add("rowChanged", {
        table: "meta",
        row: key,
        column: "v",
        expected: shown(value),
        found: shown(there),
      });
  }
  for (const key of found.keys()) findings.add("rowExtra", { table: "meta", row: key });
}

function lost(table: string, findings: Findings): [] {
  findings.add("unreadable", { table });
  return [];
}
