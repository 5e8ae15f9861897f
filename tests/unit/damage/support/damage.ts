import { createHash } from "node:crypto";
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { logPath } from "../../../../main/sale-log/open-log.ts";
import { cellsOf, peekRow } from "../../../../main/sale-log/salvage/record.ts";

const PAGE = 4096;

/** Everything that can happen to a file of books, by name. */
export const DAMAGES = {
  garbageHead: (dir: string) => overwrite(logPath(dir), 0, Buffer.alloc(100, 0xa5)),
  wholeFileGarbage: (dir: string) => {
    const { size } = statSync(logPath(dir));
    writeFileSync(logPath(dir), Buffer.alloc(size, "not a database. "));
  },
  /** Behind half of the events: where in the file they lie depends on what else is in it. */
  truncated: (dir: string) => {
    const pages = pagesOf(dir, isEventPage);
    truncateSync(logPath(dir), ((pages[Math.floor(pages.length / 2)] ?? 0) + 1) * PAGE);
  },
  emptied: (dir: string) => truncateSync(logPath(dir), 0),
  zeroedEventPage: (dir: string) => {
    const [page = 0] = pagesOf(dir, isEventPage).slice(-1);
    overwrite(logPath(dir), page * PAGE, Buffer.alloc(PAGE));
  },
  flippedBody: (dir: string) => {
    const path = logPath(dir);
    const bytes = readFileSync(path);
    const field = '"totalMinor":';
    const places = pagesOf(dir, isEventPage).flatMap((page) => {
      const at = bytes.subarray(page * PAGE, (page + 1) * PAGE).indexOf(field);
      return at < 0 ? [] : [page * PAGE + at + field.length];
    });
    const at = places[Math.floor(places.length / 2)] ?? 0;
    overwrite(path, at, Buffer.from([(bytes[at] ?? 0) ^ 1]));
  },
  brokenIndex: (dir: string) => {
    // The root of an index: type 2 or 10.
    const [page = 0] = pagesOf(
      dir,
      (bytes, number) => number > 1 && (bytes[0] === 10 || bytes[0] === 2),
    );
    overwrite(logPath(dir), page * PAGE, Buffer.alloc(PAGE, 0x5a));
  },
  deleted: (dir: string) => {
    for (const end of ["", "-wal", "-shm"]) rmSync(logPath(dir) + end, { force: true });
  },
} as const;
export type DamageName = keyof typeof DAMAGES;

function isEventPage(page: Buffer, number: number): boolean {
  const [cell] = cellsOf(page, number === 1);
  const row = cell === undefined ? null : peekRow(page, cell);
  return row !== null && row.types.length === 7 && row.types[6] === 99;
}

/**
 * One bit of the write-ahead log, early in it: SQLite then leaves out every later commit. `last`: in its very
 * last frame, as a power cut tears a commit that nobody was told of.
 */
export function tearJournal(dir: string, which: "early" | "last" = "early"): void {
  const path = `${logPath(dir)}-wal`;
  const frames = Math.floor((statSync(path).size - 32) / (24 + PAGE));
  const at = 32 + (which === "early" ? 3 : frames - 1) * (24 + PAGE) + 24 + 100;
  overwrite(path, at, Buffer.from([(readFileSync(path)[at] ?? 0) ^ 1]));
}

/** Numbers, from 0, of the pages that fit. */
export function pagesOf(dir: string, fits: (page: Buffer, number: number) => boolean): number[] {
  const fd = openSync(logPath(dir), "r");
  try {
    const { size } = fstatSync(fd);
    const pages: number[] = [];
    for (let number = 0; number * PAGE < size; number += 1) {
      const page = Buffer.alloc(PAGE);
      readSync(fd, page, 0, PAGE, number * PAGE);
      if (fits(page, number + 1)) pages.push(number);
    }
    return pages;
  } finally {
    closeSync(fd);
  }
}

export function overwrite(path: string, at: number, bytes: Uint8Array): void {
  const fd = openSync(path, "r+");
  writeSync(fd, bytes, 0, bytes.length, at);
  closeSync(fd);
}

/** SHA-256 of the books and what lies beside them, by name; without what SQLite makes anew. */
export function sumsOf(dir: string): Record<string, string> {
  const names = readdirSync(dir, { withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /^(slipsure\.(db|db-wal|witness)|till\.key)$/.test(entry.name),
    )
    .map(({ name }) => name)
    .sort();
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(dir, name)))
        .digest("hex"),
    ]),
  );
}

/** Folders with damaged books in a data folder. */
export function asideIn(dir: string): string[] {
  return readdirSync(dir).filter((name) => name.startsWith("damaged-"));
}
