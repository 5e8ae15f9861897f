import { sqliteCode, SQLITE_CORRUPT, SQLITE_FULL, SQLITE_NOTADB } from "../sale-log/sqlite.ts";

/**
 * What can stand between the books and work on them. `empty`: nothing was sold in the period; `damaged`: the
 * books are not whole, so an archive would prove nothing; `tooLarge`: for one zip file.
 */
export type BooksProblem =
  | "empty"
  | "damaged"
  | "tooLarge"
  | "diskFull"
  | "busy"
  | "stopped"
  | "unexpected";

/** An expected way for a check or an archive to end. */
export class BooksError extends Error {
  readonly problem: BooksProblem;

  constructor(problem: BooksProblem, detail = "") {
    super(detail === "" ? problem : `${problem}: ${detail}`);
    this.name = "BooksError";
    this.problem = problem;
  }
}

/** What an error of the system or of SQLite means here; `unexpected` for everything that is a fault of ours. */
export function booksProblemOf(error: unknown): BooksProblem {
  if (error instanceof BooksError) return error.problem;
  const code = sqliteCode(error);
  if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB) return "damaged";
  const isFull = code === SQLITE_FULL || isDiskFull(error);
  return isFull ? "diskFull" : "unexpected";
}

function isDiskFull(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && ["ENOSPC", "EDQUOT"].includes(String(error.code))
  );
}
