import type { Anchor } from "../anchors.ts";
import { EVENT_KIND } from "../event.ts";
import { BookPages } from "./book-pages.ts";
import { cellsOf, columnOf, peekRow, textType, unpackRow, type PackedRow } from "./record.ts";

/** Columns of `event` and of `anchor`, and the serial types that tell their rows from all others. */
const EVENT_COLUMNS = 7;
const ANCHOR_COLUMNS = 7;
const NULL_TYPE = 0;
const HASH_TYPE = textType(43);
const SIGNATURE_TYPE = textType(86);
/** An event takes at least this much: a file can't hold more of them. */
const LEAST_EVENT_BYTES = 50;
/** Places of one file; a file of many terabytes would be needed to run over. */
const FILE_SPAN = 2 ** 44;

/** An event as it lies somewhere, whether or not it is what the till wrote. */
export interface Candidate {
  seq: number;
  kind: number;
  atMs: number;
  actor: number;
  ref: number | null;
  body: string;
  hash: string;
  /** The columns as they are hashed. */
  link: string;
  /** File it was found in. */
  source: string;
}

/** Few of them, and needed before all others are read: who is who, days, what the catalogue was. */
const RARE: ReadonlySet<number> = new Set([
  EVENT_KIND.logMade,
  EVENT_KIND.keyChanged,
  EVENT_KIND.personNamed,
  EVENT_KIND.dayOpened,
  EVENT_KIND.dayClosed,
  EVENT_KIND.catalogueImported,
  EVENT_KIND.logContinued,
]);

/**
 * Where every event lies in some damaged or whole copies of a log, found by looking at their pages one by
 * one. Memory: 20 bytes an event.
 */
export class EventIndex {
  /** Signatures that stand in the files; nobody has checked them. */
  readonly anchors: Anchor[] = [];
  /** Numbers of events of the rare kinds, by kind. */
  readonly rare = new Map<number, Set<number>>();
  private readonly files: { name: string; pages: BookPages; log: BookPages | null }[] = [];
  private readonly found: { seq: number; place: number }[] = [];
  private seqs = new Float64Array(0);
  private places = new Float64Array(0);
  private bytes = 0;

  /**
   * Reads a database file and what was not moved into it yet.
   * @param wal its write-ahead log; null: there is none
   * @param onBytes told of what has been read since the last call
   * @param isWalOnly only what its write-ahead log holds for certain; the file itself is looked into only for
   * what that points at
   * @throws the system's error when the file can't be opened
   */
  add(
    name: string,
    path: string,
    wal: string | null,
    onBytes: (bytes: number) => void,
    isWalOnly = false,
  ): void {
    const main = new BookPages(path, "file");
    let log: BookPages | null = null;
    try {
      log = wal === null ? null : new BookPages(wal, isWalOnly ? "acknowledged" : "journal");
    } catch (error) {
      main.close();
      throw error;
    }
    this.bytes += main.bytes + (log?.bytes ?? 0);
    this.files.push({ name, pages: main, log });
    if (!isWalOnly) this.scan(main, this.files.length - 1, onBytes);
    if (!log) return;
    this.files.push({ name, pages: log, log: main });
    this.scan(log, this.files.length - 1, onBytes);
  }

  /** Puts what was found in order; to be called once, after the last file. */
  sort(): void {
    // A damaged number may be anything; no file of this size holds so many events.
    const most = this.bytes / LEAST_EVENT_BYTES + this.first();
    const sorted = this.found
      .filter(({ seq }) => seq >= 1 && seq <= most)
      .sort((a, b) => a.seq - b.seq || a.place - b.place);
    this.seqs = Float64Array.from(sorted, ({ seq }) => seq);
    this.places = Float64Array.from(sorted, ({ place }) => place);
    this.found.length = 0;
  }

  /** Everything that claims to be this event, once for each thing it says. */
  candidates(seq: number): Candidate[] {
    const known = new Map<string, Candidate>();
    for (let at = this.lowerBound(seq); this.seqs[at] === seq; at += 1) {
      const candidate = this.read(this.places[at] ?? 0);
      if (candidate) known.set(candidate.link + candidate.hash, candidate);
    }
    return [...known.values()];
  }

  /** Every number above this one that something claims to be, once. */
  numbersAbove(seq: number): number[] {
    return [...new Set(this.seqs.subarray(this.lowerBound(seq + 1)))];
  }

  /** The highest number found; 0: none. */
  highest(): number {
    return this.seqs.at(-1) ?? 0;
  }

  close(): void {
    for (const { pages } of this.files) pages.close();
  }

  /** Books that go on from others begin somewhere; half of all events lie above the middle one. */
  private first(): number {
    const numbers = this.found.map(({ seq }) => seq).sort((a, b) => a - b);
    return numbers[Math.floor(numbers.length / 2)] ?? 0;
  }

  private scan(pages: BookPages, file: number, onBytes: (bytes: number) => void): void {
    for (const { page, at, number } of pages.all()) {
      for (const cell of cellsOf(page, number === 1)) {
        const row = peekRow(page, cell);
        if (!row) continue;
        if (isEvent(row.types)) this.note(row.rowId, file * FILE_SPAN + at + cell, page, cell);
        else if (isAnchor(row.types)) {
          const anchor = unpackRow(page, cell, () => null);
          if (anchor) this.anchors.push(toAnchor(anchor));
        }
      }
      onBytes(page.length);
    }
  }

  private note(seq: number, place: number, page: Buffer, cell: number): void {
    this.found.push({ seq, place });
    const kind = kindOf(page, cell);
    if (!RARE.has(kind)) return;
    const seqs = this.rare.get(kind) ?? new Set();
    this.rare.set(kind, seqs.add(seq));
  }

  private read(place: number): Candidate | null {
    const file = this.files[Math.floor(place / FILE_SPAN)];
    if (!file) return null;
    const at = place % FILE_SPAN;
    const { pages, log, name } = file;
    const start = pages.startOf(at);
    const page = pages.pageAt(start);
    const readPage = (number: number) =>
      pages.pageNumber(number) ?? log?.pageNumber(number) ?? null;
    const row = page && unpackRow(page, at - start, readPage);
    return row && toCandidate(row, name);
  }

  private lowerBound(seq: number): number {
    let low = 0;
    let high = this.seqs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.seqs[middle] ?? 0) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isEvent(types: readonly number[]): boolean {
  const [seq, , , , , body = 0] = types;
  return (
    types.length === EVENT_COLUMNS &&
    seq === NULL_TYPE &&
    isText(body) &&
    types[EVENT_COLUMNS - 1] === HASH_TYPE
  );
}

function isAnchor(types: readonly number[]): boolean {
  return (
    types.length === ANCHOR_COLUMNS &&
    types[0] === NULL_TYPE &&
    types[4] === HASH_TYPE &&
    types[ANCHOR_COLUMNS - 1] === SIGNATURE_TYPE
  );
}

function isText(type: number): boolean {
  return type >= 13 && type % 2 === 1;
}

/** The kind stands near the beginning, so it is on the page even where the body is not. */
function kindOf(page: Buffer, cell: number): number {
  const row = peekRow(page, cell);
  if (!row) return 0;
  const headerBytes = page[row.payloadAt] ?? 0;
  const payload = page.subarray(row.payloadAt);
  if (headerBytes >= 0x80 || payload.length < headerBytes + 16) return 0;
  const kind = columnOf({ ...row, payload, bodyAt: headerBytes }, 2);
  return typeof kind === "number" ? kind : 0;
}

function toCandidate(row: PackedRow, source: string): Candidate {
  const seq = row.rowId;
  const [atMs, kind, actor, ref, body, hash] = [1, 2, 3, 4, 5, 6].map((index) =>
    columnOf(row, index),
  );
  const text = String(body);
  return {
    seq,
    atMs: Number(atMs),
    kind: Number(kind),
    actor: Number(actor),
    ref: typeof ref === "number" ? ref : null,
    body: text,
    hash: String(hash),
    link: `${seq}|${atMs}|${kind}|${actor}|${ref ?? ""}|${text}`,
    source,
  };
}

function toAnchor(row: PackedRow): Anchor {
  const [prev, atMs, reason, hash, keyId, sig] = [1, 2, 3, 4, 5, 6].map((index) =>
    columnOf(row, index),
  );
  return {
    seq: row.rowId,
    prev: Number(prev),
    atMs: Number(atMs),
    reason: String(reason),
    hash: String(hash),
    keyId: String(keyId),
    sig: String(sig),
  };
}
