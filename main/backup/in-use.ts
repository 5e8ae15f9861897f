import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { BackupError } from "./problem.ts";

/** What the till itself has open by SQLite: the books, its lock, what it searches, and what lies beside each. */
const IN_USE = /^(slipsure\.db|slipsure-search\.db|till\.lock)/;

/**
 * To be asked before a file that somebody chose is opened. On Linux and macOS a program that closes a file lets go of
 * every lock it has on it, SQLite's too: another till could then take these books, and another program delete their
 * write-ahead log (sqlite.org/howtocorrupt.html, 2.2).
 * @param books the books of this till
 * @throws BackupError notABackup, whatever name or link it was chosen by
 */
export function demandNotInUse(path: string, books: string): void {
  // A name that no system can have is no file; what else is wrong with it is said when it is opened.
  if (!existsSync(path)) return;
  const chosen = statSync(path, { throwIfNoEntry: false });
  const folder = dirname(books);
  if (!chosen || !existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((each) => IN_USE.test(each))) {
    const own = statSync(join(folder, name), { throwIfNoEntry: false });
    if (own?.ino === chosen.ino && own.dev === chosen.dev)
      throw new BackupError("notABackup", "the till is using it");
  }
}
