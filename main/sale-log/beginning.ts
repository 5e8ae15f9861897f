import type { Database } from "./sqlite.ts";

/** Where the books began that stand in this file; all 0 when nothing came before them. */
export interface Beginning {
  /** The last entry known of the file before, and its hash: the first one here follows from it. */
  seq: number;
  hash: string;
  /** Number of the last event that was signed there. */
  anchorSeq: number;
  /** No sale and no day here has a number as low as these. */
  saleId: number;
  dayId: number;
  /** Everything sold before, as far as it could be read. */
  grandSales: number;
  grandTotalMinor: number;
}

/** Row of `meta` that holds it; only in a file that goes on from a damaged one. */
export const BEGINNING_ROW = "continues";
/** Row of `meta`: entries that are lost for good, as ranges; what `recovered` says. */
export const LOST_ROW = "lost";

/** Entries that are lost for good: from, to, both included. */
export type LostRange = [from: number, to: number];

/** Null for books that begin with their own first entry. */
export function readBeginning(db: Database): Beginning | null {
  const row = db.get("SELECT v FROM meta WHERE k=?", BEGINNING_ROW);
  return row ? (JSON.parse(String(row["v"])) as Beginning) : null;
}

/** Entries of these books that nobody can bring back. */
export function readLost(db: Database): LostRange[] {
  const row = db.get("SELECT v FROM meta WHERE k=?", LOST_ROW);
  return row ? (JSON.parse(String(row["v"])) as LostRange[]) : [];
}
