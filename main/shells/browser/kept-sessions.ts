import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** A session nobody used for so long is forgotten. */
const LIFE_MS = 7 * 24 * 60 * 60_000;
/** How old a note of the last use may be before it is written anew. */
const NOTE_EVERY_MS = 60 * 60_000;
/** The name begins with a dot: it stays in the folder when the books in it are exchanged, and no copy has it. */
const FILE = ".browser-sessions.json";
/** Only this user may read it. Windows has no such modes: there the user's own folder protects it. */
const OWNER_ONLY = 0o600;

const fileSchema = z.object({
  port: z.int().min(1).max(65_535),
  sessions: z.array(z.object({ hash: z.string().min(1).max(100), seenAtMs: z.int() })).max(1_000),
});

/** What the browser shell knows over a restart, so that a page that stayed open goes on by itself. */
export interface KeptSessions {
  /** Where the till was found the last time; 0: it never was. */
  readonly lastPort: number;
  /** From here on pages find it there. */
  servesAt(port: number): void;
  /** True for the SHA-256 of a secret that was a session's and was used in the last seven days. */
  has(hash: string): boolean;
  /** A session that lasts was used just now. */
  used(hash: string): void;
  drop(hash: string): void;
}

/**
 * Sessions kept in a file of the data folder, which only its owner may read: hashes of their secrets, none of the
 * secrets. Never throws: without it pages have to come with a new key, as they do after the first start.
 * @param failed told when the file can't be written, or holds something else
 * @param nowMs wall clock: nothing else goes on while the till doesn't run
 */
export function keepSessions(
  dataDir: string,
  failed: (error: unknown) => void,
  nowMs: () => number = Date.now,
): KeptSessions {
  const path = join(dataDir, FILE);
  const before = read(path, failed);
  const seenAtMs = new Map<string, number>();
  for (const { hash, seenAtMs: atMs } of before?.sessions ?? [])
    // After now: the clock was set back since. That makes no session older.
    if (nowMs() - atMs < LIFE_MS) seenAtMs.set(hash, Math.min(atMs, nowMs()));
  let port = before?.port ?? 0;
  const save = () => {
    const sessions = [...seenAtMs].map(([hash, atMs]) => ({ hash, seenAtMs: Math.round(atMs) }));
    try {
      write(path, JSON.stringify({ port, sessions }));
    } catch (error) {
      failed(error);
    }
  };
  return {
    lastPort: port,
    servesAt: (now) => {
      port = now;
      save();
    },
    has: (hash) => seenAtMs.has(hash),
    used: (hash) => {
      const noted = seenAtMs.get(hash);
      if (noted !== undefined && Math.abs(nowMs() - noted) < NOTE_EVERY_MS) return;
      seenAtMs.set(hash, nowMs());
      save();
    },
    drop: (hash) => {
      if (seenAtMs.delete(hash)) save();
    },
  };
}

function read(path: string, failed: (error: unknown) => void): z.infer<typeof fileSchema> | null {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) failed(error);
    return null;
  }
}

function write(path: string, text: string): void {
  const part = `${path}.part`;
  const file = openSync(part, "w", OWNER_ONLY);
  try {
    // One that was left over from before keeps the modes it had.
    chmodSync(part, OWNER_ONLY);
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, path);
}
