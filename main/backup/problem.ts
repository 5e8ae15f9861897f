import type { BackupProblem } from "../contract/backup.ts";
import { sqliteCode, SQLITE_CORRUPT, SQLITE_FULL, SQLITE_NOTADB } from "../sale-log/sqlite.ts";

/** "Disk I/O error" (sqlite.org/rescode.html). */
const SQLITE_IOERR = 10;

/** An expected way for a backup or a restore to fail. */
export class BackupError extends Error {
  readonly problem: BackupProblem;

  constructor(problem: BackupProblem, detail = "") {
    super(detail === "" ? problem : `${problem}: ${detail}`);
    this.name = "BackupError";
    this.problem = problem;
  }
}

const OF_ERRNO: Readonly<Record<string, BackupProblem>> = {
  ENOSPC: "diskFull",
  EDQUOT: "diskFull",
  ENOENT: "placeAbsent",
  ENOTDIR: "placeAbsent",
  ENAMETOOLONG: "placeAbsent",
  ELOOP: "placeAbsent",
  ENODEV: "placeAbsent",
  ENXIO: "placeAbsent",
  EIO: "diskError",
  ESTALE: "placeAbsent",
  EHOSTDOWN: "placeAbsent",
  EHOSTUNREACH: "placeAbsent",
  ENETUNREACH: "placeAbsent",
  ENOTCONN: "placeAbsent",
  ETIMEDOUT: "placeAbsent",
  EACCES: "placeNotWritable",
  EPERM: "placeNotWritable",
  EROFS: "placeNotWritable",
  EEXIST: "placeNotWritable",
  EISDIR: "placeNotWritable",
  /** Node's own word for the same. */
  ERR_FS_EISDIR: "placeNotWritable",
};

/**
 * What an error of the system or of SQLite means to a person. `unexpected` for everything that is a
 * fault of ours.
 */
export function problemOf(error: unknown): BackupProblem {
  if (error instanceof BackupError) return error.problem;
  switch (sqliteCode(error)) {
    case SQLITE_FULL:
      return "diskFull";
    case SQLITE_IOERR:
      return "diskError";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "damaged";
    default:
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return OF_ERRNO[code] ?? "unexpected";
}

/**
 * Reads books that somebody else may have written, and signed with a key of their own: what can't be read as
 * books, be it a missing table or a number no till writes, is no fault of ours.
 * @throws BackupError damaged; errors of the disk as they are
 */
export async function readingStrange<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (problemOf(error) !== "unexpected") throw error;
    throw new BackupError("damaged", error instanceof Error ? error.message : String(error));
  }
}
