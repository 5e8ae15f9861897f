import { existsSync, statSync } from "node:fs";
import { Database } from "../sqlite.ts";
import { readWitness } from "../witness.ts";
import { verifyLog, type VerifyOptions, type VerifyProgress, type VerifyReport } from "./verify.ts";

/** Which log, and how. */
export interface VerifyFileOptions extends Omit<VerifyOptions, "testimony"> {
  /** The log itself. */
  path: string;
  /** The witness file that belongs to it; null for a bare copy. */
  witness: string | null;
  signal?: AbortSignal;
  onProgress?: (progress: VerifyProgress) => void;
}

/**
 * Checks the log in a file, whether a till has it open or not. Changes nothing, also beside it.
 * @throws OlderLogError, NewerLogError, or SQLite's error when it is no database.
 */
export async function verifyFile(options: VerifyFileOptions): Promise<VerifyReport> {
  const { path, witness } = options;
  // Read first: what is signed in the meantime is then in the log, and no line is without its anchor.
  const testimony = witness === null ? ("none" as const) : readWitness(witness);
  const isFrozen = !hasJournal(path);
  const report = await verifyWith(isFrozen ? "frozen" : "read", { ...options, testimony });
  // A till that was started meanwhile has moved pages under a connection that believed in none.
  if (isFrozen && hasJournal(path)) return verifyWith("read", { ...options, testimony });
  return report;
}

async function verifyWith(
  use: "frozen" | "read",
  { path, ...options }: VerifyOptions & { path: string },
): Promise<VerifyReport> {
  const db = new Database(path, use);
  try {
    return await verifyLog(db, options);
  } finally {
    db.close();
  }
}

/** True when committed pages may still be beside the file. */
function hasJournal(path: string): boolean {
  const journal = `${path}-wal`;
  return existsSync(journal) && statSync(journal).size > 0;
}
