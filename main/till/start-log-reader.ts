import { systemClock } from "../clock.ts";
import type { ReportIncident } from "../contract/dispatch.ts";
import { LogReader } from "../sale-log/reader/log-reader.ts";
import { startReaderThread } from "../sale-log/reader/reader-thread.ts";
import { threadEntry } from "../thread-entry.ts";

/** The reader of the log in `dataDir`; nothing is started before it is needed. */
export function createLogReader(dataDir: string, report: ReportIncident): LogReader {
  return new LogReader({
    start: () =>
      startReaderThread(threadEntry(import.meta, "log-reader-main.ts", "log-reader.js"), dataDir),
    clock: systemClock,
    report,
  });
}
