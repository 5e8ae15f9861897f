import {
  appendFileSync,
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  truncateSync,
} from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "./canonical-json.ts";
import { isMissing } from "./key-store.ts";
import type { Anchor } from "./anchors.ts";

/** Where the witness of a log in this folder is. */
export function witnessPath(dataDir: string): string {
  return join(dataDir, "slipsure.witness");
}

/** What a witness file says. */
export interface Testimony {
  anchors: Anchor[];
  /** Lines that are no anchor, counted from 1. A torn last line is none of them. */
  unreadable: number[];
}

/**
 * A second file that is only ever added to: one line per anchor. A log that was cut off, or changed
 * for an older copy of itself, no longer fits it.
 */
export class Witness {
  private readonly path: string;
  /** Not on disk yet: the next line takes them along. */
  private waiting: string[] = [];
  /** The file may end in the middle of a line. */
  private isTorn = true;

  constructor(dataDir: string) {
    this.path = witnessPath(dataDir);
  }

  /**
   * Makes the file of a new log, before its first anchor: a till that is cut off between the two would
   * otherwise miss a witness that nobody took away.
   */
  make(): void {
    try {
      const file = openSync(this.path, "a");
      try {
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    } catch {
      // As in `add`: the log itself is what counts.
    }
  }

  /** Adds one line. */
  add(anchor: Anchor): void {
    this.waiting.push(`${canonicalJson(anchor)}\n`);
    try {
      if (this.isTorn) cutTornLine(this.path);
      this.isTorn = true;
      // Not flushed: after a power cut it may be behind the log, which is no contradiction.
      appendFileSync(this.path, this.waiting.join(""));
      this.isTorn = false;
      this.waiting = [];
    } catch {
      // The sale it belongs to is safe already and must not fail now. A line that never gets written
      // is missed by `verify` only if the log is then cut off at that very place.
    }
  }

  /** What the file says last; null when there is none. The whole of it grows with the years. */
  readEnd(): Testimony | null {
    try {
      const { text, isWhole } = readTail(this.path);
      const testimony = testimonyOf(isWhole ? text : text.subarray(text.indexOf(LINE_END) + 1));
      return isWhole || testimony.anchors.length > 0 ? testimony : readWitness(this.path);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }
}

const LINE_END = 10;
/** Some dozen lines. */
const TAIL_BYTES = 8 * 1024;

/** The last bytes of a file. @throws the system's error */
function readTail(path: string): { text: Buffer; isWhole: boolean; bytes: number } {
  const file = openSync(path, "r");
  try {
    const bytes = fstatSync(file).size;
    const text = Buffer.alloc(Math.min(bytes, TAIL_BYTES));
    const read = readSync(file, text, 0, text.length, bytes - text.length);
    return { text: text.subarray(0, read), isWhole: text.length === bytes, bytes };
  } finally {
    closeSync(file);
  }
}

/** Takes away what a power cut or a full disk has left of a line. */
function cutTornLine(path: string): void {
  try {
    const { text, isWhole, bytes } = readTail(path);
    const lineEnd = text.lastIndexOf(LINE_END);
    // Torn over more than its end: then all of it is looked at.
    const wholeBytes =
      lineEnd >= 0 || isWhole
        ? bytes - text.length + lineEnd + 1
        : readFileSync(path).lastIndexOf(LINE_END) + 1;
    if (wholeBytes < bytes) truncateSync(path, wholeBytes);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Reads a witness file; null when there is none. */
export function readWitness(path: string): Testimony | null {
  try {
    return testimonyOf(readFileSync(path));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function testimonyOf(text: Buffer): Testimony {
  const lines = text.toString("utf8").split("\n");
  // What stands after the last line break was torn off by a power cut, or is nothing.
  lines.pop();
  const anchors: Anchor[] = [];
  const unreadable: number[] = [];
  for (const [index, line] of lines.entries()) {
    const anchor = toAnchor(line);
    if (anchor) anchors.push(anchor);
    else unreadable.push(index + 1);
  }
  return { anchors, unreadable };
}

function toAnchor(line: string): Anchor | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { seq, prev, atMs, reason, hash, keyId, sig } = value as Partial<Record<string, unknown>>;
  const isWhole = (each: unknown) => typeof each === "number" && Number.isSafeInteger(each);
  const isText = (each: unknown) => typeof each === "string";
  if (![seq, prev, atMs].every(isWhole) || ![reason, hash, keyId, sig].every(isText)) return null;
  return { seq, prev, atMs, reason, hash, keyId, sig } as Anchor;
}
