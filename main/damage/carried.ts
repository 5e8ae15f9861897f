import { copyFileSync, existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Product } from "../contract/values.ts";
import { logPath } from "../sale-log/open-log.ts";
import { catalogueHash, Products } from "../sale-log/products.ts";
import { rowSum } from "../sale-log/row-sum.ts";
import { Database } from "../sale-log/sqlite.ts";

/** What no event describes and the till goes on with, as far as a damaged file still gives it. */
export interface Carried {
  products: Product[];
  /** `proved`: as the log says the catalogue is; `asFound`: nothing says so; `lost`: there is none. */
  catalogue: "proved" | "asFound" | "lost";
  kept: [key: string, value: string][];
  requests: { id: string; atMs: number; result: string }[];
  owed: { saleId: number; totalMinor: number }[];
}

/** A caller that asks again does so within seconds; a day is kept for one that was switched off. */
const REQUESTS_SINCE_MS = 24 * 3_600_000;

/**
 * Reads what can be read: from the damaged file, and the catalogue else from the newest backups. Changes
 * nothing there; a scratch copy takes what SQLite would write.
 * @param backups newest first
 * @param wantedHash what the log says the catalogue is; null: that is lost
 */
export function carryOver(
  dataDir: string,
  backups: readonly string[],
  wantedHash: string | null,
  nowMs: number,
): Carried {
  const scratch = join(dataDir, "damage-scratch");
  const found: Carried = { products: [], catalogue: "lost", kept: [], requests: [], owed: [] };
  try {
    withReadable(dataDir, scratch, (db) => {
      found.kept = readKept(db);
      found.requests = readRequests(db, nowMs - REQUESTS_SINCE_MS);
      found.owed = readOwed(db);
      takeCatalogue(found, db, wantedHash);
    });
    for (const path of backups) {
      if (found.catalogue === "proved" && found.kept.length > 0) break;
      withDatabase(path, "frozen", (db) => {
        takeCatalogue(found, db, wantedHash);
        if (found.kept.length === 0) found.kept = readKept(db).filter(isLasting);
      });
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return found;
}

/** What an hour does not change: not the basket of then, nor who was at the till. */
function isLasting([key]: [key: string, value: string]): boolean {
  return key !== "basket" && key !== "cashier";
}

/** The first catalogue there is stays unless another one is proved. */
function takeCatalogue(found: Carried, db: Database, wantedHash: string | null): void {
  attempt(() => {
    const products = new Products(db).all();
    const isProved = catalogueHash(db) === wantedHash;
    if (!isProved && (products.length === 0 || found.catalogue !== "lost")) return;
    found.products = products;
    found.catalogue = isProved ? "proved" : "asFound";
  });
}

function readKept(db: Database): Carried["kept"] {
  const rows = attempt(() => db.rows("SELECT k,v,sum FROM kept")) ?? [];
  return rows.flatMap(([key, value, sum]): [string, string][] => {
    const row: [string, string] = [String(key), String(value)];
    return rowSum(...row) === sum ? [row] : [];
  });
}

function readRequests(db: Database, sinceMs: number): Carried["requests"] {
  const rows = attempt(() =>
    db.rows("SELECT id,at_ms,result,sum FROM request WHERE at_ms>=?", sinceMs),
  );
  return (rows ?? []).flatMap(([id, atMs, result, sum]) => {
    const row = { id: String(id), atMs: Number(atMs), result: String(result) };
    return rowSum(row.id, row.atMs, row.result) === sum ? [row] : [];
  });
}

function readOwed(db: Database): Carried["owed"] {
  const rows = attempt(() =>
    db.rows(
      `SELECT r.sale_id, s.total FROM receipt r JOIN sale s ON s.id=r.sale_id
       WHERE r.state NOT IN ('printed','delivered','declined','handwritten') ORDER BY r.sale_id`,
    ),
  );
  return (rows ?? []).map(([saleId, total]) => ({
    saleId: Number(saleId),
    totalMinor: Number(total),
  }));
}

/** With what was not moved into the file yet, when there is any: that takes a copy of both. */
function withReadable(dataDir: string, scratch: string, work: (db: Database) => void): void {
  const path = logPath(dataDir);
  const wal = `${path}-wal`;
  if (!existsSync(path)) return;
  if (!existsSync(wal) || statSync(wal).size === 0) return withDatabase(path, "frozen", work);
  attempt(() => {
    mkdirSync(scratch, { recursive: true });
    copyFileSync(path, logPath(scratch));
    copyFileSync(wal, `${logPath(scratch)}-wal`);
    withDatabase(logPath(scratch), "write", work);
  });
}

function withDatabase(path: string, use: "write" | "frozen", work: (db: Database) => void): void {
  attempt(() => {
    const db = new Database(path, use);
    try {
      work(db);
    } finally {
      db.close();
    }
  });
}

/** A damaged file may refuse anything; what it refuses is not carried over, and that is told. */
function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
