import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** SQLite's own choice for a new file, and ours: the till never asks for another. */
const PAGE_BYTES = 4096;
const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const FRAME_BYTES = FRAME_HEADER_BYTES + PAGE_BYTES;
/** The first four bytes of a write-ahead log, but for the last bit (sqlite.org/fileformat2.html, 4.1). */
const WAL_MAGIC = 0x377f0682;
const READ_PAGES = 256;

/** A page and where it lies in its file. */
export interface PageAt {
  page: Buffer;
  /** Byte in the file at which the page begins. */
  at: number;
  /** Number of the page in the database. */
  number: number;
}

/**
 * The pages of a database file or of its write-ahead log. Opened to be read only: not a byte of the file
 * changes, nor does anything come to lie beside it.
 */
export class BookPages {
  readonly bytes: number;
  private readonly fd: number;
  private readonly wal: readonly { number: number; at: number }[] | null;
  private readonly newest = new Map<number, number>();
  private cached: { at: number; page: Buffer } | null = null;

  /**
   * @param kind `file`: the database; `journal`: its write-ahead log; `acknowledged`: that without its last
   * commit, which a power cut may have torn before anybody was told of it
   * @throws the system's error when the file can't be opened.
   */
  constructor(path: string, kind: "file" | "journal" | "acknowledged") {
    this.fd = openSync(path, "r");
    this.bytes = fstatSync(this.fd).size;
    this.wal = kind === "file" ? null : this.frames(kind === "acknowledged");
    for (const { number, at } of this.wal ?? []) this.newest.set(number, at);
  }

  /** Every page, in the order of the file. A stretch the disk can't read is passed over. */
  *all(): Generator<PageAt> {
    if (this.wal) {
      for (const { number, at } of this.wal) {
        const page = this.pageAt(at);
        if (page) yield { page, at, number };
      }
      return;
    }
    const block = Buffer.allocUnsafe(READ_PAGES * PAGE_BYTES);
    for (let at = 0; at < this.bytes; at += block.length) {
      const read = readUpTo(this.fd, block, at);
      for (let place = 0; place + PAGE_BYTES <= read; place += PAGE_BYTES)
        yield {
          page: block.subarray(place, place + PAGE_BYTES),
          at: at + place,
          number: (at + place) / PAGE_BYTES + 1,
        };
    }
  }

  /** The page that begins at this byte of the file; null when it can't be read. */
  pageAt(at: number): Buffer | null {
    if (this.cached?.at === at) return this.cached.page;
    const page = Buffer.allocUnsafe(PAGE_BYTES);
    if (readUpTo(this.fd, page, at) < PAGE_BYTES) return null;
    this.cached = { at, page };
    return page;
  }

  /** A page by its number, as it was written last; null when it is not in this file. */
  pageNumber(number: number): Buffer | null {
    const at = this.wal ? this.newest.get(number) : (number - 1) * PAGE_BYTES;
    if (at === undefined || at < 0) return null;
    const page = Buffer.allocUnsafe(PAGE_BYTES);
    return readUpTo(this.fd, page, at) < PAGE_BYTES ? null : page;
  }

  /** The page in which a byte of the file lies. */
  startOf(at: number): number {
    if (!this.wal) return at - (at % PAGE_BYTES);
    const inFrames = at - WAL_HEADER_BYTES;
    return at - (inFrames % FRAME_BYTES) + FRAME_HEADER_BYTES;
  }

  close(): void {
    closeSync(this.fd);
  }

  /**
   * Frames up to the last one that ends a commit: what comes after it was never acknowledged. A frame in the
   * middle that was damaged does not end the list, as it does for SQLite: every event proves itself.
   */
  private frames(isWithoutLast: boolean): { number: number; at: number }[] {
    const header = Buffer.alloc(WAL_HEADER_BYTES);
    const isWhole = readUpTo(this.fd, header, 0) === WAL_HEADER_BYTES;
    const salts =
      isWhole && (header.readUInt32BE(0) & ~1) >>> 0 === WAL_MAGIC ? header.subarray(16, 24) : null;
    const frames: { number: number; at: number }[] = [];
    let committed = 0;
    let committedBefore = 0;
    const head = Buffer.alloc(FRAME_HEADER_BYTES);
    for (let at = WAL_HEADER_BYTES; at + FRAME_BYTES <= this.bytes; at += FRAME_BYTES) {
      if (readUpTo(this.fd, head, at) < FRAME_HEADER_BYTES) continue;
      frames.push({ number: head.readUInt32BE(0), at: at + FRAME_HEADER_BYTES });
      const isOfThisLog = salts === null || salts.equals(head.subarray(8, 16));
      if (!isOfThisLog || head.readUInt32BE(4) === 0) continue;
      committedBefore = committed;
      committed = frames.length;
    }
    return frames.slice(0, isWithoutLast ? committedBefore : committed);
  }
}

/** As many bytes as there are; none where the disk fails. */
function readUpTo(fd: number, into: Buffer, at: number): number {
  let done = 0;
  while (done < into.length) {
    let read: number;
    try {
      read = readSync(fd, into, done, into.length - done, at + done);
    } catch {
      return done;
    }
    if (read === 0) return done;
    done += read;
  }
  return done;
}
