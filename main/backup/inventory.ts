import { existsSync, readdirSync, readFileSync, statSync, type Stats } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { BackupProblem } from "../contract/backup.ts";
import { readNote, type BackupManifest } from "./backup-file.ts";
import { removeFile } from "./files.ts";
import { problemOf } from "./problem.ts";
import { isSealedFile, readSealedHead } from "./sealed-file.ts";

export const OPEN_END = ".backup";
export const SEALED_END = ".sealed";
const PART_END = ".part";
const NAME = /^slipsure-[A-Za-z0-9]+-\d{8}-\d{6}(-\d+)?\.(backup|sealed)$/;

/** A backup file by its name, as far as it says something of itself without being read as a whole. */
export interface Listed {
  name: string;
  path: string;
  bytes: number;
  isSealed: boolean;
  tillId: string | null;
  atMs: number;
  /** null: sealed, or unreadable. */
  manifest: BackupManifest | null;
  problem: BackupProblem | null;
}

/** `slipsure-k3x9qa-20261123-180501`: the till and the shop's wall clock, in an order that sorts. */
export function copyName(tillId: string, atMs: number, utcOffsetMin: number): string {
  const wall = new Date(atMs + utcOffsetMin * 60_000).toISOString();
  const digits = wall.replaceAll(/\D/g, "");
  const till = tillId.replaceAll(/[^A-Za-z0-9]/g, "").slice(0, 8);
  return `slipsure-${till}-${digits.slice(0, 8)}-${digits.slice(8, 14)}`;
}

/**
 * The backup files of a folder, newest first; of one till when `tillId` is given. Reads a few kilobytes of
 * each. @throws the system's error when the folder can't be read.
 */
export function listBackups(folder: string, tillId: string | null = null): Listed[] {
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .flatMap((name) => {
      const listed = lookAt(join(folder, name), name);
      return listed && (tillId === null || listed.tillId === tillId) ? [listed] : [];
    })
    .toSorted((a, b) => b.atMs - a.atMs || (a.name < b.name ? 1 : -1));
}

/** One file; null when it is gone or no file. */
export function lookAt(path: string, name: string): Listed | null {
  const stats = statsOf(path);
  if (!stats?.isFile()) return null;
  const about = { name, path, bytes: stats.size };
  try {
    if (isSealedFile(path)) {
      const { tillId, atMs } = readSealedHead(path);
      return { ...about, isSealed: true, tillId, atMs, manifest: null, problem: null };
    }
    const { manifest } = readNote(path);
    const { tillId, atMs } = manifest;
    return { ...about, isSealed: false, tillId, atMs, manifest, problem: null };
  } catch (error) {
    const isSealed = name.endsWith(SEALED_END);
    const atMs = Math.round(stats.mtimeMs);
    return { ...about, isSealed, tillId: null, atMs, manifest: null, problem: problemOf(error) };
  }
}

/** null: nothing can be read by that name, as of a link that leads to itself; the others still count. */
function statsOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

/** Removes what a crash left half written. */
export function removeParts(folder: string): void {
  for (const path of partsIn(folder)) removeFile(path);
}

/** The same without holding anybody up: a large file takes the disk a second. @throws the system's error */
export async function removePartsLater(folder: string): Promise<void> {
  await Promise.all(partsIn(folder).map((path) => rm(path, { force: true })));
}

function partsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const isPart = (name: string) => name.startsWith("slipsure-") && name.endsWith(PART_END);
  return readdirSync(folder)
    .filter(isPart)
    .map((name) => join(folder, name));
}

const MARKER = "slipsure-place.json";
const MARKER_MAX_BYTES = 4096;
const PLACE_ID_MAX_CHARS = 64;

/** The id in a folder's marker; null when there is none. A stick that is out leaves its empty folder behind. */
export function placeIdOf(folder: string): string | null {
  let text: string;
  try {
    // A stick from elsewhere may hold anything by that name, also what never ends.
    const stats = statSync(join(folder, MARKER));
    if (!stats.isFile() || stats.size > MARKER_MAX_BYTES) return null;
    text = readFileSync(join(folder, MARKER), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("placeId" in value)) return null;
    const { placeId } = value;
    return typeof placeId === "string" && placeId.length <= PLACE_ID_MAX_CHARS ? placeId : null;
  } catch {
    return null;
  }
}

export function markerPath(folder: string): string {
  return join(folder, MARKER);
}
