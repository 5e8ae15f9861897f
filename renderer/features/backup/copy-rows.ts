import type { BackupCopy } from "../../../main/contract/backup.ts";

/** One copy with the places it lies in; the same moment in both places is one row. */
export interface CopyRow {
  key: string;
  atMs: number;
  bytes: number;
  sales: number | null;
  reason: BackupCopy["reason"];
  first: BackupCopy | null;
  second: BackupCopy | null;
}

/** The file name without its ending: a sealed copy is called as the open one. */
function stemOf({ name }: BackupCopy): string {
  return name.replace(/\.\w+$/, "");
}

/** Newest first. */
export function copyRows(copies: readonly BackupCopy[]): CopyRow[] {
  const rows = new Map<string, CopyRow>();
  for (const copy of copies) {
    const key = stemOf(copy);
    const { atMs, bytes, sales, reason } = copy;
    const row = rows.get(key) ?? { key, atMs, bytes, sales, reason, first: null, second: null };
    row[copy.place] = copy;
    row.sales ??= sales;
    row.reason ??= reason;
    rows.set(key, row);
  }
  return [...rows.values()].toSorted((a, b) => b.atMs - a.atMs);
}

/** The worse of its two places, so that nothing bad hides. */
export function stateOfRow({ first, second }: CopyRow): BackupCopy["state"] {
  const states = [first?.state, second?.state];
  if (states.includes("damaged")) return "damaged";
  return states.includes("flagged") ? "flagged" : "verified";
}

/** The copy to restore from: the one here unless it is damaged. */
export function bestOf({ first, second }: CopyRow): BackupCopy | null {
  if (first && first.state !== "damaged") return first;
  return second ?? first;
}
