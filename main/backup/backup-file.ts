import { createHash, createPublicKey, verify } from "node:crypto";
import { appendFileSync, fstatSync, readSync } from "node:fs";
import { z } from "zod";
import { BACKUP_REASONS, bookFactsSchema, bookFindingSchema } from "../contract/backup.ts";
import { currencySchema } from "../contract/values.ts";
import { canonicalJson } from "../sale-log/canonical-json.ts";
import { withFile } from "./files.ts";
import { ownerKeySchema, sealedBoxSchema } from "./owner-key.ts";
import { BackupError } from "./problem.ts";

/*
 * A backup is the database file itself with a note behind its last page: any SQLite program opens it,
 * and one file carries everything, so no part can get lost.
 *
 *   database pages | note: JSON, UTF-8 | length of the note: 4 bytes, big-endian | "slipsure backup 1\n"
 */

const END_MARK = Buffer.from("slipsure backup 1\n");
const FOOT_BYTES = 4 + END_MARK.length;
/** Settings hold pictures at most; anything larger was not written by us. */
const NOTE_MAX_BYTES = 8 * 1024 * 1024;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What the copy is, as the till that made it says and signs. */
export const manifestSchema = z.object({
  v: z.literal(1),
  tillId: z.string().min(1).max(64),
  shop: z.string().max(60),
  currency: currencySchema,
  atMs: z.int(),
  utcOffsetMin: z.int().min(-900).max(900),
  reason: z.enum(BACKUP_REASONS),
  by: z.string().max(40),
  appVersion: z.string().max(40),
  /** Version of the schema of the database. */
  schema: z.int().min(0),
  sqlite: z.string().max(20),
  facts: bookFactsSchema,
  /** Empty: the books were in order. */
  findings: z.array(bookFindingSchema).max(50),
  database: z.object({ bytes: z.int().min(1), sha256 }),
  settingsSha256: sha256,
  /** null: the till's key is not in this copy. */
  tillKeySha256: sha256.nullable(),
});
export type BackupManifest = z.infer<typeof manifestSchema>;

const noteSchema = z.object({
  /** The manifest as the text that was signed. */
  manifest: z.string().max(100_000),
  /** Ed25519 public key of the till, base64url, and its signature over the manifest. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
  /** The settings as JSON text. */
  settings: z.string().max(NOTE_MAX_BYTES),
  /** The till's private key, sealed with the owner's passphrase. */
  tillKey: z.string().max(10_000).nullable(),
});
export type BackupNote = z.infer<typeof noteSchema>;

/** The till's key under the owner's: only the passphrase brings it back. */
export const sealedTillKeySchema = z.object({ owner: ownerKeySchema, sealed: sealedBoxSchema });
export type SealedTillKey = z.infer<typeof sealedTillKeySchema>;

export interface OpenedNote extends Omit<BackupNote, "manifest"> {
  manifest: BackupManifest;
}

/** Signs with the till's key: Ed25519 over UTF-8, and the public key, both base64url. */
export interface Signer {
  publicKey: string;
  sign(text: string): string;
}

/** The note of a copy, signed. */
export function makeNote(
  facts: Omit<BackupManifest, "v" | "settingsSha256" | "tillKeySha256">,
  parts: { settings: string; tillKey: SealedTillKey | null },
  signer: Signer,
): BackupNote {
  const tillKey = parts.tillKey && JSON.stringify(parts.tillKey);
  const manifest = canonicalJson({
    v: 1,
    ...facts,
    settingsSha256: digest(parts.settings),
    tillKeySha256: tillKey === null ? null : digest(tillKey),
  } satisfies BackupManifest);
  return {
    manifest,
    publicKey: signer.publicKey,
    signature: signer.sign(manifest),
    settings: parts.settings,
    tillKey,
  };
}

/** Puts the note behind a database file. */
export function appendNote(path: string, note: BackupNote): void {
  const body = Buffer.from(JSON.stringify(note));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  appendFileSync(path, Buffer.concat([body, length, END_MARK]));
}

/**
 * Reads the note and checks that it is the one that was signed, and that it belongs to a file of this
 * length. Reads nothing of the database.
 * @throws BackupError notABackup, damaged, signatureWrong.
 */
export function readNote(path: string): OpenedNote {
  const text = withFile(path, "r", (fd) => {
    const { size } = fstatSync(fd);
    const foot = Buffer.alloc(FOOT_BYTES);
    const hasFoot = size > FOOT_BYTES && readSync(fd, foot, 0, FOOT_BYTES, size - FOOT_BYTES) > 0;
    if (!hasFoot || !foot.subarray(4).equals(END_MARK)) throw new BackupError("notABackup", path);
    const bytes = foot.readUInt32BE(0);
    const start = size - FOOT_BYTES - bytes;
    if (bytes > NOTE_MAX_BYTES || start < 0) throw new BackupError("damaged", "length of the note");
    const body = Buffer.alloc(bytes);
    readSync(fd, body, 0, bytes, start);
    return { json: body.toString("utf8"), databaseBytes: start };
  });
  const note = openNote(text.json);
  if (note.manifest.database.bytes !== text.databaseBytes)
    throw new BackupError("damaged", "length of the file");
  return note;
}

function openNote(json: string): OpenedNote {
  const note = parse(noteSchema, json, "note");
  const { manifest: signed, settings, tillKey } = note;
  if (!isSigned(note)) throw new BackupError("signatureWrong");
  const manifest = parse(manifestSchema, signed, "manifest");
  const isWhole =
    manifest.settingsSha256 === digest(settings) &&
    manifest.tillKeySha256 === (tillKey === null ? null : digest(tillKey));
  if (!isWhole) throw new BackupError("signatureWrong", "settings or key");
  return { ...note, manifest };
}

function isSigned({ manifest, publicKey, signature }: BackupNote): boolean {
  try {
    const key = createPublicKey({
      key: { kty: "OKP", crv: "Ed25519", x: publicKey },
      format: "jwk",
    });
    return verify(null, Buffer.from(manifest), key, Buffer.from(signature, "base64url"));
  } catch {
    return false;
  }
}

/** @throws BackupError damaged */
export function parse<T>(schema: z.ZodType<T>, json: string, what: string): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new BackupError("damaged", what);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new BackupError("damaged", `${what}: ${parsed.error.message}`);
  return parsed.data;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
