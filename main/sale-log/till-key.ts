import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from "node:crypto";
import type { KeyStore } from "./key-store.ts";

/** Signs what the log says of itself. Ed25519 (RFC 8032). */
export interface TillKey {
  /** First 16 characters of SHA-256 of the public key, base64url. */
  id: string;
  /** The 32 bytes of the public key, base64url. */
  publicKey: string;
  /** Signature over the UTF-8 bytes of `text`, base64url (86 characters). */
  sign(text: string): string;
}

/**
 * The key of this till, made when its store has none or holds something that is no key. What could
 * not be read stays in the store's care; the log will say that the key is another one.
 */
export function loadTillKey(store: KeyStore): TillKey {
  const kept = readKey(store.read());
  if (kept) return toTillKey(kept);
  const { privateKey } = generateKeyPairSync("ed25519");
  store.write(String(privateKey.export({ type: "pkcs8", format: "pem" })));
  return toTillKey(privateKey);
}

/** The short name of a public key, as it stands beside every signature. */
export function keyIdOf(publicKey: string): string {
  return createHash("sha256").update(publicKey).digest("base64url").slice(0, 16);
}

/** Checks signatures of one public key. Text that is no key makes every signature wrong. */
export function signatureChecker(publicKey: string): (text: string, signature: string) => boolean {
  let key: KeyObject;
  try {
    const jwk = { kty: "OKP", crv: "Ed25519", x: publicKey };
    key = createPublicKey({ key: jwk, format: "jwk" });
  } catch {
    return () => false;
  }
  return (text, signature) =>
    verify(null, Buffer.from(text), key, Buffer.from(signature, "base64url")) &&
    // One signature, one spelling: other trailing bits decode to the same bytes.
    Buffer.from(signature, "base64url").toString("base64url") === signature;
}

function readKey(pem: string | null): KeyObject | null {
  if (pem === null) return null;
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === "ed25519" ? key : null;
  } catch {
    return null;
  }
}

function toTillKey(privateKey: KeyObject): TillKey {
  const { x: publicKey } = createPublicKey(privateKey).export({ format: "jwk" });
  if (publicKey === undefined) throw new Error("an Ed25519 key without its public half");
  return {
    id: keyIdOf(publicKey),
    publicKey,
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64url"),
  };
}
