import { existsSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../clock.ts";
import type { ReportIncident } from "../contract/dispatch.ts";
import { LogReader } from "../sale-log/reader/log-reader.ts";
import { startReaderThread } from "../sale-log/reader/reader-thread.ts";

/** The reader's program: beside this file as source, else where it was bundled to. */
const ENTRIES = ["log-reader-main.ts", "log-reader.js", "../main/log-reader.js"];

/** The reader of the log in `dataDir`; nothing is started before it is needed. */
export function createLogReader(dataDir: string, report: ReportIncident): LogReader {
  return new LogReader({
    start: () => startReaderThread(readerEntry(), dataDir),
    clock: systemClock,
    report,
  });
}

function readerEntry(): string {
  const isSource = import.meta.filename.endsWith(".ts");
  const candidates = ENTRIES.filter((name) => name.endsWith(".ts") === isSource);
  const paths = candidates.map((name) => join(import.meta.dirname, name));
  const path = paths.find((each) => existsSync(each));
  if (path === undefined) throw new Error(`no log reader at ${paths.join(" or ")}`);
  return path;
}
