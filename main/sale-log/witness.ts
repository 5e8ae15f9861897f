import {
  appendFileSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
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

  /** Null when there is no such file. */
  read(): Testimony | null {
    return readWitness(this.path);
  }
}

/** Takes away what a power cut or a full disk has left of a line. */
function cutTornLine(path: string): void {
  let text: Buffer;
  try {
    text = readFileSync(path);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  const wholeBytes = text.lastIndexOf(10) + 1;
  if (wholeBytes < text.length) truncateSync(path, wholeBytes);
}

/** Reads a witness file; null when there is none. */
export function readWitness(path: string): Testimony | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  const lines = text.split("\n");
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
