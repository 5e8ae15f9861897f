import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  scryptSync,
  type KeyObject,
} from "node:crypto";
import { z } from "zod";
import { BackupError } from "./problem.ts";

/*
 * Sealing without asking: copies are encrypted to a public key, and only its private half needs the
 * owner's passphrase. X25519 (RFC 7748), HKDF-SHA256 (RFC 5869), scrypt (RFC 7914), AES-256-GCM. The
 * passphrase itself is stored nowhere.
 */

/** 128 MB and some tenths of a second for every guess. */
const SCRYPT = { N: 131_072, r: 8, p: 1 } as const;
/** A file from elsewhere must not choose how much memory it takes to look at it. */
const SCRYPT_MAX_MEM_BYTES = 512 * 1024 * 1024;
const KEY_BYTES = 32;
const TAG_BYTES = 16;
/** Every key below seals one thing only, so its nonce never has to change. */
const ONLY_NONCE = Buffer.alloc(12);
/** One letter or digit stands for five bits; none can be taken for another. */
const CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

const base64 = z.string().regex(/^[A-Za-z0-9_-]{1,400}$/);

export const ownerKeySchema = z.object({
  v: z.literal(1),
  /** X25519 public key, base64url. */
  publicKey: base64,
  /** The private key under the passphrase. */
  wrapped: z.object({
    kdf: z.literal("scrypt"),
    N: z.int().min(1024).max(1_048_576),
    r: z.int().min(1).max(16),
    p: z.int().min(1).max(4),
    salt: base64,
    box: base64,
  }),
});
export type OwnerKey = z.infer<typeof ownerKeySchema>;

export const sealedBoxSchema = z.object({ v: z.literal(1), ephemeral: base64, box: base64 });
/** A short secret sealed to an owner's key. */
export type SealedBox = z.infer<typeof sealedBoxSchema>;

/**
 * A new key for a passphrase.
 * @param N what guessing costs (RFC 7914); as it is, some tenths of a second for each try.
 */
export function createOwnerKey(passphrase: string, N: number = SCRYPT.N): OwnerKey {
  const { publicKey, privateKey } = generateKeyPairSync("x25519");
  const salt = randomBytes(16);
  const secret = Buffer.from(jwk(privateKey, "d"), "base64url");
  const cost = { ...SCRYPT, N };
  const box = encrypt(passphraseKey(passphrase, { ...cost, salt }), secret);
  return {
    v: 1,
    publicKey: jwk(publicKey, "x"),
    wrapped: { kdf: "scrypt", ...cost, salt: text(salt), box: text(box) },
  };
}

/**
 * The private half. The caller has made sure that `key` is as it was written.
 * @throws BackupError wrongPassphrase, or damaged when the two halves do not belong together.
 */
export function openOwnerKey(key: OwnerKey, passphrase: string): KeyObject {
  const { N, r, p, salt, box } = key.wrapped;
  const isPossible = Number.isInteger(Math.log2(N)) && 128 * N * r * 2 <= SCRYPT_MAX_MEM_BYTES;
  if (!isPossible) throw new BackupError("damaged", "cost of the passphrase");
  const wrapping = passphraseKey(passphrase, { N, r, p, salt: Buffer.from(salt, "base64url") });
  const secret = decrypt(wrapping, Buffer.from(box, "base64url"));
  if (!secret) throw new BackupError("wrongPassphrase");
  try {
    const privateKey = createPrivateKey({
      key: { kty: "OKP", crv: "X25519", d: text(secret), x: key.publicKey },
      format: "jwk",
    });
    if (jwk(createPublicKey(privateKey), "x") === key.publicKey) return privateKey;
  } catch (error) {
    throw new BackupError("damaged", String(error));
  }
  throw new BackupError("damaged", "owner key");
}

/** A key that only the owner can find again, and what the owner needs for that beside the passphrase. */
export function newSharedKey(key: OwnerKey, purpose: string): { ephemeral: string; key: Buffer } {
  const { publicKey, privateKey } = generateKeyPairSync("x25519");
  const ephemeral = jwk(publicKey, "x");
  const secret = diffieHellman({ privateKey, publicKey: publicOf(key.publicKey) });
  return { ephemeral, key: derive(secret, ephemeral, key.publicKey, purpose) };
}

/** The same key, found again by the owner. @throws BackupError damaged */
export function findSharedKey(
  privateKey: KeyObject,
  key: OwnerKey,
  ephemeral: string,
  purpose: string,
): Buffer {
  try {
    const secret = diffieHellman({ privateKey, publicKey: publicOf(ephemeral) });
    return derive(secret, ephemeral, key.publicKey, purpose);
  } catch (error) {
    throw new BackupError("damaged", String(error));
  }
}

const BOX_PURPOSE = "slipsure box 1";

/** Seals a short secret, such as the till's own key. */
export function sealBox(key: OwnerKey, secret: Uint8Array): SealedBox {
  const shared = newSharedKey(key, BOX_PURPOSE);
  return { v: 1, ephemeral: shared.ephemeral, box: text(encrypt(shared.key, secret)) };
}

/** @throws BackupError damaged */
export function openBox(privateKey: KeyObject, key: OwnerKey, sealed: SealedBox): Buffer {
  const shared = findSharedKey(privateKey, key, sealed.ephemeral, BOX_PURPOSE);
  const secret = decrypt(shared, Buffer.from(sealed.box, "base64url"));
  if (!secret) throw new BackupError("damaged", "sealed key");
  return secret;
}

/** Eight characters that tell one owner's key from another, for a note on paper: `K7QP-2M9X`. */
export function ownerKeyCode({ publicKey }: OwnerKey): string {
  const digest = createHash("sha256").update(publicKey).digest();
  const letters = [...digest.subarray(0, 8)].map((byte) => CODE_LETTERS[byte & 31]).join("");
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** The same words typed on another keyboard or with another input method are the same passphrase. */
function passphraseKey(
  passphrase: string,
  { N, r, p, salt }: { N: number; r: number; p: number; salt: Buffer },
): Buffer {
  const words = passphrase.normalize("NFKC").trim().replaceAll(/\s+/g, " ");
  return scryptSync(words, salt, KEY_BYTES, { N, r, p, maxmem: SCRYPT_MAX_MEM_BYTES });
}

function derive(secret: Buffer, ephemeral: string, publicKey: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, `${ephemeral}|${publicKey}`, purpose, KEY_BYTES));
}

function encrypt(key: Buffer, secret: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, ONLY_NONCE);
  return Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
}

/** null when the key is not the right one, or the box is not as it was written. */
function decrypt(key: Buffer, box: Buffer): Buffer | null {
  if (box.length < TAG_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, ONLY_NONCE, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(box.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(box.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

function publicOf(publicKey: string): KeyObject {
  return createPublicKey({ key: { kty: "OKP", crv: "X25519", x: publicKey }, format: "jwk" });
}

function jwk(key: KeyObject, part: "x" | "d"): string {
  const value = key.export({ format: "jwk" })[part];
  if (typeof value !== "string") throw new Error(`the key has no ${part}`);
  return value;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
