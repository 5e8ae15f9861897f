import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/**
 * Where a till's private key rests. Calls return at once: a shell whose safe makes it wait (one of
 * the operating system) opens the safe first and hands over a store that already knows the answer.
 */
export interface KeyStore {
  /** The private key as PEM (PKCS 8); null before the first. */
  read(): string | null;
  /** Keeps it; on disk when this returns. What was there before is put aside, not lost. */
  write(pem: string): void;
}

/** Only this user may read it. Windows has no such modes: there the user's own folder protects it. */
const OWNER_ONLY = 0o600;

/** The key as a file of its own beside the log: whoever copies the log alone does not get it. */
export class FileKeyStore implements KeyStore {
  readonly path: string;

  constructor(dataDir: string) {
    this.path = join(dataDir, "till.key");
  }

  read(): string | null {
    try {
      const pem = readFileSync(this.path, "utf8");
      closeToOthers(this.path);
      return pem;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  write(pem: string): void {
    const part = `${this.path}.part`;
    const file = openSync(part, "w", OWNER_ONLY);
    try {
      writeSync(file, pem);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    try {
      renameSync(this.path, `${this.path}.unreadable`);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    renameSync(part, this.path);
  }
}

/** A copy tool may have opened it to everybody; a disk without modes can't be told otherwise. */
function closeToOthers(path: string): void {
  try {
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, OWNER_ONLY);
  } catch {
    // The key works either way, and a till that can't start sells nothing.
  }
}

/** True for a file that is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
