import { existsSync, statfsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BookFacts, BookFinding } from "../contract/backup.ts";
import { readIdentity } from "../sale-log/log-identity.ts";
import { schemaOf } from "../sale-log/migrate.ts";
import { Database } from "../sale-log/sqlite.ts";
import { appendNote, readNote, type BackupNote } from "./backup-file.ts";
import { checkDatabase, findingsOf, readFacts, sameFacts, type Depth } from "./books.ts";
import { hashFile, removeFile, renameForGood, syncFile } from "./files.ts";
import { BackupError, problemOf } from "./problem.ts";
import { stepOf, type Tell } from "./tell.ts";

export interface CopyTask {
  /** The live books. */
  books: string;
  /** Where the copy is written; replaced when something is left there. */
  part: string;
  depth: Depth;
  /** The copy may not leave less than this free: the till has to go on writing. */
  reserveBytes: number;
}

/** A copy that was read back and found whole; it has no note and no name yet. */
export interface CheckedCopy {
  tillId: string;
  facts: BookFacts;
  findings: BookFinding[];
  schema: number;
  sqlite: string;
  bytes: number;
  sha256: string;
}

/**
 * Copies the live books in one step while the till goes on selling, waits until the copy is on the disk,
 * and reads it back. What stood in the books at that very moment must stand in the copy.
 * @throws BackupError diskFull, booksDamaged, copyDiffers; SQLite's or the system's error. Leaves nothing
 *   behind then.
 */
export async function copyBooks(task: CopyTask, tell: Tell): Promise<CheckedCopy> {
  try {
    return await copyAndCheck(task, tell);
  } catch (error) {
    removeFile(task.part);
    throw error;
  }
}

async function copyAndCheck({ books, part, depth, reserveBytes }: CopyTask, tell: Tell) {
  const bytes = statSync(books).size;
  demandRoom(dirname(part), bytes + reserveBytes);
  removeFile(part);
  stepOf(tell, "copy", bytes);
  const live = new Database(books, "read");
  try {
    const facts = await copyWithFacts(live, part);
    syncFile(part);
    stepOf(tell, "check", statSync(part).size);
    const found = await readBack(part, depth, live);
    if (!sameFacts(found.facts, facts)) throw new BackupError("copyDiffers", JSON.stringify(found));
    const copyBytes = statSync(part).size;
    return {
      tillId: readIdentity(live)?.tillId ?? "",
      ...found,
      schema: schemaOf(live),
      sqlite: String(live.get("SELECT sqlite_version() AS v")?.["v"]),
      bytes: copyBytes,
      sha256: hashFile(part, stepOf(tell, "write", copyBytes)),
    };
  } finally {
    live.close();
  }
}

/** Copies the books, and tells what stood in them at that very moment. */
async function copyWithFacts(live: Database, part: string): Promise<BookFacts> {
  // One read transaction around both: the facts are those of the very pages that are copied.
  live.exec("BEGIN");
  try {
    const facts = readFacts(live);
    await live.copyTo(part);
    return facts;
  } catch (error) {
    // A full disk or a damaged page gets no better by another way of copying.
    if (problemOf(error) !== "unexpected") throw error;
  } finally {
    live.exec("ROLLBACK");
  }
  // Electron leaves out Node's own test of that interface: without a reason known, not the only way to a copy.
  removeFile(part);
  const facts = readFacts(live);
  live.vacuumInto(part);
  return facts;
}

/** Whatever is wrong with the copy must be wrong with the books: then it is a true copy. */
async function readBack(
  part: string,
  depth: Depth,
  live: Database,
): Promise<{ facts: BookFacts; findings: BookFinding[] }> {
  try {
    const found = await checkDatabase(part, depth);
    if (found.findings.length === 0) return found;
    const inBooks = await findingsOf(live, depth);
    if (JSON.stringify(inBooks) === JSON.stringify(found.findings)) return found;
    throw new BackupError("copyDiffers", JSON.stringify(found.findings));
  } catch (error) {
    if (problemOf(error) !== "damaged") throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new BackupError(arePagesDamaged(live) ? "booksDamaged" : "copyDiffers", why);
  }
}

/** Whether it is the books themselves; slow, and only asked when a copy is not whole. */
function arePagesDamaged(live: Database): boolean {
  try {
    const [finding] = live.rows("PRAGMA quick_check")[0] ?? [];
    return finding !== "ok";
  } catch {
    return true;
  }
}

/** @throws BackupError diskFull */
export function demandRoom(folder: string, bytes: number): void {
  if (missingBytes(folder, bytes) > 0)
    throw new BackupError("diskFull", `${bytes} bytes needed in ${folder}`);
}

/** How much of `bytes` there is no room for in this folder; 0 or less: there is. */
export function missingBytes(folder: string, bytes: number): number {
  const { bavail, bsize } = statfsSync(folder);
  return bytes - bavail * bsize;
}

/**
 * Gives a checked copy its note and its name. From here on it counts.
 * @throws the system's error, or BackupError copyDiffers; leaves nothing behind then.
 */
export function finishCopy(task: {
  part: string;
  note: BackupNote;
  folder: string;
  name: string;
}): {
  bytes: number;
} {
  const { part, note, folder, name } = task;
  const path = join(folder, name);
  try {
    if (existsSync(path)) throw new BackupError("unexpected", `${name} is there already`);
    appendNote(part, note);
    syncFile(part);
    readNote(part);
    renameForGood(part, path);
    return { bytes: statSync(path).size };
  } catch (error) {
    removeFile(part);
    throw error;
  }
}
