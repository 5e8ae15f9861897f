import { statSync } from "node:fs";
import { linkHash } from "../chain.ts";
import { EventIndex } from "./event-index.ts";

/** Events of commits that stand in a write-ahead log; to be read before SQLite opens the file. */
type JournalEvents = EventIndex | null;

/** Null when there is no write-ahead log, or nothing in it. To be closed. */
export function readJournal(path: string): JournalEvents {
  const wal = `${path}-wal`;
  if ((statSync(wal, { throwIfNoEntry: false })?.size ?? 0) === 0) return null;
  const index = new EventIndex();
  try {
    index.add("journal", path, wal, () => {}, true);
    index.sort();
    return index;
  } catch (error) {
    index.close();
    throw error;
  }
}

/**
 * An event that was committed and that SQLite does not give: it leaves out everything behind the first frame
 * of the write-ahead log whose check sum is wrong, also whole commits. (sqlite.org/fileformat2.html, 4.3)
 * @param head the newest event that SQLite gives
 * @returns its number; null: there is none
 */
export function droppedCommit(
  journal: EventIndex,
  head: { seq: number; hash: string },
): number | null {
  for (const seq of journal.numbersAbove(head.seq)) {
    const before = journal.candidates(seq - 1).map(({ hash }) => hash);
    if (seq === head.seq + 1) before.push(head.hash);
    const isEvent = journal
      .candidates(seq)
      .some(({ link, hash }) => before.some((each) => linkHash(each, link) === hash));
    if (isEvent) return seq;
  }
  return null;
}
