import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { logPath } from "../open-log.ts";
import { Database } from "../sqlite.ts";
import { readerAnswers } from "./answers.ts";
import { FINDING_FILE } from "./finding-file.ts";
import { FindingIndex } from "./finding-index.ts";
import { plainError, serveReader, type ReaderPort } from "./serve.ts";
import type { PinyinFinder } from "./sold-names.ts";

/** How often the newest sales are put into the search file while nobody asks for anything. */
const TIDY_EVERY_MS = 60_000;
/** Enough for one search: what is read often is in memory, and the rest in the operating system's. */
const CACHE_KB = 2048;

class Closing extends Error {}

/**
 * The reader itself, to be run in a thread of its own. The till has opened the log before, so it
 * exists and has the schema this program writes.
 * @throws SQLite's error when the log can't be opened; the thread ends with it.
 */
export function runReader(port: ReaderPort, dataDir: string, pinyin: PinyinFinder): void {
  const log = new Database(logPath(dataDir), "read");
  log.exec(`PRAGMA cache_size=-${CACHE_KB}`);
  let isClosing = false;
  port.on("message", ({ type }) => {
    if (type === "close") isClosing = true;
  });
  const index = new FindingIndex({
    log,
    path: join(dataDir, FINDING_FILE),
    pinyin,
    breathe: async () => {
      await nextTurn();
      if (isClosing) throw new Closing();
    },
    end: () => process.exit(1),
  });
  const tell = (error: unknown) => {
    if (!(error instanceof Closing))
      port.postMessage({ type: "problem", error: plainError(error) });
  };
  const tidy = async () => {
    if (index.built !== null) return;
    index.follow();
    await index.store();
    await index.learnPinyin();
  };
  // Anything else ends the thread; the till starts another, and says so.
  const opened = index.open().catch((error: unknown) => {
    if (!(error instanceof Closing)) throw error;
  });
  const timer = setInterval(() => void tidy().catch(tell), TIDY_EVERY_MS);
  serveReader(port, readerAnswers(log, index, opened), async () => {
    clearInterval(timer);
    await opened;
    index.close();
    log.close();
  });
}
