import { readBeginning } from "./beginning.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Database } from "./sqlite.ts";

/** The highest numbers that may stand on paper: of a receipt, and of a day's report (Z number). */
export interface GivenNumbers {
  saleId: number;
  dayId: number;
}

/** Row of `meta` that holds them: in books that were restored or put together anew. */
export const NUMBERS_ROW = "numbers";

/** What was given out before these books were put in place of others; 0 for books that never were. */
export function readNumbers(db: Database): GivenNumbers {
  const row = db.get("SELECT v FROM meta WHERE k=?", NUMBERS_ROW);
  return row ? (JSON.parse(String(row["v"])) as GivenNumbers) : { saleId: 0, dayId: 0 };
}

/** The highest numbers these books know of, given out by them or by others before them. */
export function highestNumbers(db: Database): GivenNumbers {
  const begins = readBeginning(db);
  const before = readNumbers(db);
  const newest = (table: "sale" | "day") =>
    Number(db.get(`SELECT max(id) AS n FROM ${table}`)?.["n"] ?? 0);
  return {
    saleId: Math.max(newest("sale"), begins?.saleId ?? 0, before.saleId),
    dayId: Math.max(newest("day"), begins?.dayId ?? 0, before.dayId),
  };
}

/** For each kind the higher one. */
export function higherNumbers(a: GivenNumbers, b: GivenNumbers): GivenNumbers {
  return { saleId: Math.max(a.saleId, b.saleId), dayId: Math.max(a.dayId, b.dayId) };
}

/** Keeps these books from giving out any number up to these again. Before they get their place. */
export function keepNumbers(db: Database, numbers: GivenNumbers): void {
  db.run(
    "INSERT INTO meta(k,v) VALUES(?,?) ON CONFLICT(k) DO UPDATE SET v=excluded.v",
    NUMBERS_ROW,
    canonicalJson(numbers),
  );
}
