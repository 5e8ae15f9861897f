import { renameSync, rmSync } from "node:fs";
import type { BooksJob } from "../contract/books.ts";
import { logPath } from "../sale-log/open-log.ts";
import { Database } from "../sale-log/sqlite.ts";
import { loadTillKey } from "../sale-log/till-key.ts";
import { verifyFile } from "../sale-log/verify/verify-file.ts";
import type { VerifyReport } from "../sale-log/verify/verify.ts";
import { witnessPath } from "../sale-log/witness.ts";
import { writeArchive, type ArchiveResult, type ArchiveWish } from "./archive/write.ts";

/** How far a piece of work is. */
export type JobProgress = Omit<BooksJob, "what">;
type Tell = (progress: JobProgress) => void;

/** Everything that reads the whole books: done away from the thread that sells. */
export const JOBS = {
  check: ({ dataDir }: { dataDir: string }, tell: Tell): Promise<VerifyReport> =>
    verifyFile({ path: logPath(dataDir), witness: witnessPath(dataDir), onProgress: tell }),
  /** `pem`: the till's private key; it stays within this process. */
  archive: (
    task: { dataDir: string; path: string; wish: ArchiveWish; pem: string },
    tell: Tell,
  ): ArchiveResult => {
    const { dataDir, path, wish, pem } = task;
    const part = `${path}.part`;
    const key = loadTillKey({
      read: () => pem,
      write: () => {
        throw new Error("the key of the till can't be read");
      },
    });
    const db = new Database(logPath(dataDir), "read");
    try {
      const result = writeArchive(db, part, wish, key, (done, of) =>
        tell({ step: "events", done, of }),
      );
      renameSync(part, path);
      return result;
    } finally {
      db.close();
      rmSync(part, { force: true });
    }
  },
} as const;

export type JobName = keyof typeof JOBS;
export type JobTask<N extends JobName> = Parameters<(typeof JOBS)[N]>[0];
export type JobResult<N extends JobName> = Awaited<ReturnType<(typeof JOBS)[N]>>;
