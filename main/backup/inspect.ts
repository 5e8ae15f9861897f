import { mkdirSync, rmSync, statSync, type Stats } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { BookFacts, BookFinding } from "../contract/backup.ts";
import { readIdentity } from "../sale-log/log-identity.ts";
import { NEWEST_SCHEMA } from "../sale-log/migrate.ts";
import { parse, readNote, sealedTillKeySchema, type OpenedNote } from "./backup-file.ts";
import { checkDatabase, sameFacts, withDatabase } from "./books.ts";
import { hashFile, withFile, writeAll } from "./files.ts";
import { OPEN_END } from "./inventory.ts";
import { openBox, openOwnerKey } from "./owner-key.ts";
import { BackupError, problemOf, readingStrange } from "./problem.ts";
import { isSealedFile, openSealedFile, readSealedHead } from "./sealed-file.ts";
import { stepOf, type Tell } from "./tell.ts";

export interface InspectTask {
  path: string;
  passphrase: string | null;
  /** Folder for the opened form of a sealed backup; made anew, and left to the caller to remove. */
  workDir: string;
}

/** A backup that was read as a whole and found true. */
export interface Inspected {
  note: OpenedNote;
  facts: BookFacts;
  /** What was wrong with the books already when the copy was made. */
  findings: BookFinding[];
  isSealed: boolean;
  /** The open form: the backup itself, or its opened form in the work folder. */
  openPath: string;
  /** The till's own key (PEM), when it came along and the passphrase opened it. */
  tillKeyPem: string | null;
}

/**
 * Reads a backup as a whole: signature, settings, every page, the chain from its beginning, and what stands
 * in it. Changes nothing but the work folder.
 * @throws BackupError notFound, notABackup, passphraseNeeded, wrongPassphrase, damaged, signatureWrong,
 *   newerVersion, diskFull
 */
export async function inspectBackup(task: InspectTask, tell: Tell): Promise<Inspected> {
  const { path, passphrase } = task;
  const stats = fileAt(path);
  if (!stats) throw new BackupError("notFound", path);
  if (!stats.isFile()) throw new BackupError("notABackup", path);
  const isSealed = isSealedFile(path);
  if (isSealed && passphrase === null) throw new BackupError("passphraseNeeded");
  const openPath = isSealed ? openInto(task, passphrase ?? "", tell) : path;
  const note = readNoteOf(openPath);
  const { manifest } = note;
  if (manifest.schema > NEWEST_SCHEMA) throw new BackupError("newerVersion", manifest.appVersion);
  const { bytes, sha256 } = manifest.database;
  if (hashFile(openPath, stepOf(tell, "check", bytes), bytes) !== sha256)
    throw new BackupError("damaged", "the database is not the one that was signed");
  demandSettings(note);
  const { facts, findings } = await readingStrange(() => checkDatabase(openPath, "chain"));
  if (!sameFacts(facts, manifest.facts)) throw new BackupError("damaged", "not what was signed");
  await readingStrange(() => demandOwnSignature(openPath, note));
  return { note, facts, findings, isSealed, openPath, tillKeyPem: tillKeyOf(note, passphrase) };
}

/** null: nothing is there, or nothing can be there. */
function fileAt(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    if (problemOf(error) === "placeAbsent") return null;
    throw error;
  }
}

/** A file that should be a backup and does not end as one was cut off. */
function readNoteOf(path: string): OpenedNote {
  try {
    return readNote(path);
  } catch (error) {
    const isCutOff = problemOf(error) === "notABackup" && path.endsWith(OPEN_END);
    throw isCutOff ? new BackupError("damaged", "its end is missing") : error;
  }
}

/** After a restore they are put in use before anything else could fail. @throws BackupError damaged */
function demandSettings({ settings }: OpenedNote): void {
  parse(z.record(z.string(), z.unknown()), settings, "settings");
}

/** Only the till the books belong to may have signed. @throws BackupError signatureWrong */
function demandOwnSignature(openPath: string, { manifest, publicKey }: OpenedNote): void {
  const till = withDatabase(openPath, "frozen", readIdentity);
  if (till?.tillId !== manifest.tillId || till.publicKey !== publicKey)
    throw new BackupError("signatureWrong", "another till's key");
}

function openInto({ path, workDir }: InspectTask, passphrase: string, tell: Tell): string {
  rmSync(workDir, { recursive: true, force: true });
  mkdirSync(workDir, { recursive: true });
  const openPath = join(workDir, `opened${OPEN_END}`);
  const count = stepOf(tell, "send", readSealedHead(path).bytes);
  withFile(openPath, "wx", (fd) => {
    openSealedFile(path, { passphrase }, (piece) => {
      writeAll(fd, piece);
      count(piece.length);
    });
  });
  return openPath;
}

function tillKeyOf({ tillKey }: OpenedNote, passphrase: string | null): string | null {
  if (tillKey === null || passphrase === null) return null;
  const { owner, sealed } = parse(sealedTillKeySchema, tillKey, "till key");
  try {
    return openBox(openOwnerKey(owner, passphrase), owner, sealed).toString("utf8");
  } catch (error) {
    // An open backup may carry a key under an older passphrase: it is good without it.
    if (problemOf(error) === "wrongPassphrase") return null;
    throw error;
  }
}
