import { closeSync, existsSync, fsyncSync, openSync, statSync, writeFileSync } from "node:fs";
import { createHash, randomUUID } from "node:crypto";
import { basename, isAbsolute, join, relative, resolve } from "node:path";
import { readNote } from "./backup-file.ts";
import { demandRoom } from "./copy.ts";
import {
  blocksOf,
  hashFile,
  removeFile,
  renameForGood,
  syncFile,
  withFile,
  writeAll,
} from "./files.ts";
import {
  listBackups,
  markerPath,
  OPEN_END,
  placeIdOf,
  removeParts,
  SEALED_END,
  type Listed,
} from "./inventory.ts";
import type { OwnerKey } from "./owner-key.ts";
import { BackupError } from "./problem.ts";
import { openSealedFile, sealFile } from "./sealed-file.ts";
import { stepOf, type Tell } from "./tell.ts";

/** A folder of the owner's choice, known by the marker we left in it. */
export interface Place {
  folder: string;
  placeId: string;
}

export interface PreparedPlace extends Place {
  /** On the same disk as the books, as far as the system tells. */
  isSameDisk: boolean;
}

/**
 * Prepares a folder as a second place and returns its id; the one it has when it was one before.
 * @param notUnder folder that may not hold the second place: the first one would take it along
 * @throws BackupError placeAbsent, placeNotWritable; the system's error
 */
export function preparePlace({
  folder,
  notUnder,
}: {
  folder: string;
  notUnder: string;
}): PreparedPlace {
  if (!isAbsolute(folder) || !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new BackupError("placeAbsent", folder);
  const inside = relative(resolve(notUnder), resolve(folder));
  if (inside === "" || (!inside.startsWith("..") && !isAbsolute(inside)))
    throw new BackupError("placeNotWritable", "it is inside of the books' folder");
  const placeId = placeIdOf(folder) ?? randomUUID();
  const marker = markerPath(folder);
  const part = `${marker}.part`;
  // Written anew in any case: this finds out whether the folder takes anything.
  // Never through a link that lies there: it could lead anywhere on this PC.
  removeFile(part);
  writeFileSync(part, `${JSON.stringify({ v: 1, placeId })}\n`, { flag: "wx" });
  syncFile(part);
  renameForGood(part, marker);
  return { folder, placeId, isSameDisk: statSync(folder).dev === statSync(notUnder).dev };
}

/** @throws BackupError placeAbsent: not there, or only the empty folder where a stick used to be. */
export function reach({ folder, placeId }: Place): void {
  if (placeIdOf(folder) !== placeId) throw new BackupError("placeAbsent", folder);
}

/** The copies of one till in a place. @throws BackupError placeAbsent */
export function listPlace(task: Place & { tillId: string }): Listed[] {
  reach(task);
  return listBackups(task.folder, task.tillId);
}

export interface SendTask extends Place {
  /** A verified copy of the first place. */
  source: string;
  /** Seals it for this owner; null: as it is. */
  owner: OwnerKey | null;
}

export interface Sent {
  name: string;
  /** SHA-256 of the whole file there, hex; null: it was there already. */
  sha256: string | null;
}

/**
 * Copies a verified copy to the second place, reads it back there, and only then gives it its name.
 * Does nothing when it is there already.
 * @throws BackupError placeAbsent, placeNotWritable, diskFull; damaged: the source is not whole any more;
 *   copyDiffers. Leaves nothing with a name behind then.
 */
export function sendCopy(task: SendTask, tell: Tell): Sent {
  const { source, folder, owner } = task;
  reach(task);
  const { manifest } = readNote(source);
  const name = basename(source).replace(OPEN_END, owner ? SEALED_END : OPEN_END);
  const path = join(folder, name);
  if (existsSync(path)) return { name, sha256: null };
  const { size } = statSync(source);
  const { bytes, sha256 } = manifest.database;
  // What was damaged since must not become the second copy as well.
  if (hashFile(source, stepOf(tell, "check", bytes), bytes) !== sha256)
    throw new BackupError("damaged", source);
  removeParts(folder);
  demandRoom(folder, size + size / 1000 + 65_536);
  const part = `${path}.part`;
  try {
    const isSame = owner
      ? sealAndReadBack(task, owner, part, manifest, tell)
      : copyAndReadBack(source, part, size, tell);
    if (!isSame) throw new BackupError("copyDiffers", name);
    const sent = { name, sha256: hashFile(part, () => {}) };
    renameForGood(part, path);
    // The folder may have gone while its files were still open.
    reach(task);
    return sent;
  } catch (error) {
    removeQuietly(part);
    throw error;
  }
}

function sealAndReadBack(
  { source }: SendTask,
  owner: OwnerKey,
  part: string,
  { tillId, atMs }: { tillId: string; atMs: number },
  tell: Tell,
): boolean {
  const { size } = statSync(source);
  const { contentSha256, key } = sealFile(
    source,
    part,
    { tillId, atMs, owner },
    stepOf(tell, "send", size),
  );
  const count = stepOf(tell, "readBack", size);
  return openSealedFile(part, key, (piece) => count(piece.length)) === contentSha256;
}

function copyAndReadBack(source: string, part: string, size: number, tell: Tell): boolean {
  const sent = copyFileOver(source, part, stepOf(tell, "send", size));
  return hashFile(part, stepOf(tell, "readBack", size)) === sent;
}

/** Copies a file, or its first bytes, to the disk and returns the SHA-256 of what was copied. */
export function copyFileOver(
  from: string,
  to: string,
  onBytes: (bytes: number) => void,
  length?: number,
): string {
  return withFile(from, "r", (source) => {
    const target = openSync(to, "wx");
    try {
      const hash = createHash("sha256");
      for (const block of blocksOf(source, 0, length)) {
        hash.update(block);
        writeAll(target, block);
        onBytes(block.length);
      }
      fsyncSync(target);
      return hash.digest("hex");
    } finally {
      closeSync(target);
    }
  });
}

/** Of a folder that has gone nothing can be removed. */
function removeQuietly(path: string): void {
  try {
    removeFile(path);
  } catch {
    // The next copy there clears it away.
  }
}
