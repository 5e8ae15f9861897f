import { createHash } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** Bytes read or written at a time: large enough for a disk, small enough for a bar that moves. */
export const BLOCK_BYTES = 1024 * 1024;

/** Called with the bytes done since the last call. */
export type OnBytes = (bytes: number) => void;

/** Waits until a file's content is on the disk. */
export function syncFile(path: string): void {
  const fd = openSync(path, "r+");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Waits until the names in a folder are on the disk. Windows and some network folders have no such call. */
export function syncFolder(folder: string): void {
  let fd: number;
  try {
    fd = openSync(folder, "r");
  } catch {
    return;
  }
  try {
    fsyncSync(fd);
  } catch {
    // The name is written, if not yet for certain; the next copy asks again.
  } finally {
    closeSync(fd);
  }
}

/** Makes a folder that may be missing. @throws the system's error */
export function ensureFolder(folder: string): void {
  if (mkdirSync(folder, { recursive: true }) !== undefined) syncFolder(dirname(folder));
}

/** Gives a finished file its name, for good. */
export function renameForGood(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(dirname(to));
}

/** Reads `length` bytes from `start`, or up to the end of the file, in blocks. */
export function* blocksOf(
  fd: number,
  start = 0,
  length = Number.MAX_SAFE_INTEGER,
): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(BLOCK_BYTES);
  for (let at = start, left = length; left > 0;) {
    const read = readSync(fd, buffer, 0, Math.min(left, BLOCK_BYTES), at);
    if (read === 0) return;
    yield buffer.subarray(0, read);
    at += read;
    left -= read;
  }
}

/** Writes all of it, however often the system takes only a part. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
}

/** SHA-256 of a file, or of its first bytes, as hex. */
export function hashFile(path: string, onBytes: OnBytes, length?: number): string {
  const fd = openSync(path, "r");
  try {
    const hash = createHash("sha256");
    for (const block of blocksOf(fd, 0, length)) {
      hash.update(block);
      onBytes(block.length);
    }
    return hash.digest("hex");
  } finally {
    closeSync(fd);
  }
}

/** Opens, uses and closes. */
export function withFile<T>(path: string, flags: string, use: (fd: number) => T): T {
  const fd = openSync(path, flags);
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}

/** Removes what may be there. */
export function removeFile(path: string): void {
  rmSync(path, { force: true });
}
