import { createCipheriv, createDecipheriv, createHash, type KeyObject } from "node:crypto";
import { fstatSync, fsyncSync, readSync } from "node:fs";
import { z } from "zod";
import { parse } from "./backup-file.ts";
import { BLOCK_BYTES, blocksOf, withFile, writeAll, type OnBytes } from "./files.ts";
import {
  findSharedKey,
  newSharedKey,
  openOwnerKey,
  ownerKeySchema,
  type OwnerKey,
} from "./owner-key.ts";
import { BackupError } from "./problem.ts";

/*
 * A backup as it leaves the PC:
 *
 *   "slipsure sealed 1\n" | head: JSON + "\n" | SHA-256 of the head, hex + "\n" | pieces
 *
 * Every piece is AES-256-GCM over 1 MiB (the last one less) and its tag. The nonce is the number of the
 * piece and whether it is the last, so pieces can't be left out, doubled, swapped or cut off; the head
 * is authenticated with every piece. The key is new for every file, so a nonce never comes twice. The
 * checksum of the head tells a damaged file from a wrong passphrase.
 */

const MARK = Buffer.from("slipsure sealed 1\n");
const HEAD_MAX_BYTES = 8192;
const CHECKSUM_CHARS = 64;
const NEW_LINE = 10;
const TAG_BYTES = 16;
const PURPOSE = "slipsure file 1";

const headSchema = z.object({
  v: z.literal(1),
  tillId: z.string().min(1).max(64),
  atMs: z.int(),
  /** Bytes of the backup inside. */
  bytes: z.int().min(0),
  pieceBytes: z
    .int()
    .min(1024)
    .max(16 * 1024 * 1024),
  ephemeral: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  owner: ownerKeySchema,
});
/** What can be read of a sealed backup without the passphrase. */
export type SealedHead = z.infer<typeof headSchema>;

/** True when the file calls itself a sealed backup. */
export function isSealedFile(path: string): boolean {
  return withFile(path, "r", (fd) => {
    const mark = Buffer.alloc(MARK.length);
    readSync(fd, mark, 0, mark.length, 0);
    return mark.equals(MARK);
  });
}

/** @throws BackupError notABackup, damaged */
export function readSealedHead(path: string): SealedHead {
  return withFile(path, "r", (fd) => readHead(fd).head);
}

export interface Sealed {
  /** SHA-256 of what was sealed, hex. */
  contentSha256: string;
  /** Opens this file again without the passphrase, as long as somebody holds it. */
  key: Buffer;
}

/**
 * Seals `from` into the new file `to` and waits until it is on the disk.
 * @throws the system's errors; the file may then be half written.
 */
export function sealFile(
  from: string,
  to: string,
  about: { tillId: string; atMs: number; owner: OwnerKey },
  onBytes: OnBytes,
): Sealed {
  const { ephemeral, key } = newSharedKey(about.owner, PURPOSE);
  return withFile(from, "r", (source) => {
    const head: SealedHead = {
      v: 1,
      tillId: about.tillId,
      atMs: about.atMs,
      bytes: fstatSync(source).size,
      pieceBytes: BLOCK_BYTES,
      ephemeral,
      owner: about.owner,
    };
    const line = Buffer.from(`${JSON.stringify(head)}\n`);
    const checksum = sha256(line);
    const content = createHash("sha256");
    withFile(to, "wx", (target) => {
      writeAll(target, Buffer.concat([MARK, line, Buffer.from(`${checksum}\n`)]));
      let number = 0;
      let doneBytes = 0;
      for (const block of piecesOf(source, head.bytes)) {
        doneBytes += block.length;
        const isLast = doneBytes === head.bytes;
        const cipher = createCipheriv("aes-256-gcm", key, nonceOf(number, isLast));
        cipher.setAAD(Buffer.from(checksum));
        const piece = [cipher.update(block), cipher.final(), cipher.getAuthTag()];
        writeAll(target, Buffer.concat(piece));
        content.update(block);
        onBytes(block.length);
        number += 1;
        if (isLast) break;
      }
      if (doneBytes !== head.bytes) throw new BackupError("damaged", "the copy became shorter");
      fsyncSync(target);
    });
    return { contentSha256: content.digest("hex"), key };
  });
}

/** An empty file is one empty piece. */
function* piecesOf(fd: number, bytes: number): Generator<Buffer> {
  if (bytes === 0) yield Buffer.alloc(0);
  else yield* blocksOf(fd, 0, bytes);
}

/**
 * Opens a sealed file piece by piece and returns the SHA-256 of its content.
 * @param key the file's own key, or the owner's passphrase
 * @throws BackupError notABackup, damaged, wrongPassphrase; pieces given out before are then worth nothing.
 */
export function openSealedFile(
  path: string,
  key: Buffer | { passphrase: string },
  onPiece: (piece: Buffer) => void,
): string {
  return withFile(path, "r", (fd) => {
    const { head, checksum, start } = readHead(fd);
    const fileKey = Buffer.isBuffer(key)
      ? key
      : keyOf(head, openOwnerKey(head.owner, key.passphrase));
    const whole = Math.max(1, Math.ceil(head.bytes / head.pieceBytes));
    if (fstatSync(fd).size !== start + head.bytes + whole * TAG_BYTES)
      throw new BackupError("damaged", "length of the sealed file");
    const content = createHash("sha256");
    const buffer = Buffer.allocUnsafe(head.pieceBytes + TAG_BYTES);
    let at = start;
    for (let number = 0; number < whole; number += 1) {
      const read = readFully(fd, buffer, at);
      const piece = openPiece(
        fileKey,
        checksum,
        buffer.subarray(0, read),
        number,
        number === whole - 1,
      );
      content.update(piece);
      onPiece(piece);
      at += read;
    }
    return content.digest("hex");
  });
}

function keyOf(head: SealedHead, privateKey: KeyObject): Buffer {
  return findSharedKey(privateKey, head.owner, head.ephemeral, PURPOSE);
}

function openPiece(
  key: Buffer,
  checksum: string,
  sealed: Buffer,
  number: number,
  isLast: boolean,
): Buffer {
  if (sealed.length < TAG_BYTES) throw new BackupError("damaged", `piece ${number}`);
  const nonce = nonceOf(number, isLast);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(checksum));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new BackupError("damaged", `piece ${number}`);
  }
}

function readHead(fd: number): { head: SealedHead; checksum: string; start: number } {
  const buffer = Buffer.alloc(MARK.length + HEAD_MAX_BYTES + CHECKSUM_CHARS + 1);
  const read = readFully(fd, buffer, 0);
  if (!buffer.subarray(0, MARK.length).equals(MARK)) throw new BackupError("notABackup");
  const end = buffer.indexOf("\n", MARK.length);
  const start = end + 1 + CHECKSUM_CHARS + 1;
  if (end < 0 || start > read) throw new BackupError("damaged", "head of the sealed file");
  const line = buffer.subarray(MARK.length, end + 1);
  const checksum = buffer.subarray(end + 1, start - 1).toString("latin1");
  if (sha256(line) !== checksum || buffer[start - 1] !== NEW_LINE)
    throw new BackupError("damaged", "head of the sealed file");
  return { head: parse(headSchema, line.toString("utf8"), "head"), checksum, start };
}

/** Fills the buffer as far as the file goes. */
function readFully(fd: number, buffer: Buffer, position: number): number {
  let done = 0;
  while (done < buffer.length) {
    const read = readSync(fd, buffer, done, buffer.length - done, position + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}

/** Eleven bytes count, the twelfth says whether anything follows. */
function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
