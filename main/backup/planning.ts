import { createPrivateKey, createPublicKey, randomUUID } from "node:crypto";
import { basename } from "node:path";
import type { BackupPreview, BookFacts } from "../contract/backup.ts";
import type { LogEnd } from "../sale-log/event.ts";
import { setAsideName, type RestorePlan } from "./restore.ts";
import type { InspectedHere } from "./worker-jobs.ts";

/** What a person sees of a backup before anything is changed. */
export function previewOf(
  path: string,
  found: InspectedHere,
  here: { tillId: string; shop: string },
): BackupPreview {
  const { manifest } = found.note;
  return {
    path,
    shop: manifest.shop,
    tillId: manifest.tillId,
    atMs: manifest.atMs,
    reason: manifest.reason,
    by: manifest.by,
    appVersion: manifest.appVersion,
    currency: manifest.currency,
    facts: found.facts,
    findings: found.findings,
    isSealed: found.isSealed,
    hasTillKey: found.tillKeyPem !== null,
    signer: manifest.tillId === here.tillId ? "thisTill" : "otherTill",
    here: found.here && { shop: here.shop, ...found.here },
  };
}

/** What somebody agreed to. */
export interface RestoreWish {
  path: string;
  passphrase: string | null;
  /** Of the preview they saw. */
  head: string;
  /** Fingerprint of what it said would be given up; null: there were no books here. */
  givenUp: string | null;
  /** The number on the newest receipt on paper, as somebody read it there; null: nobody knows. */
  lastOnPaper: number | null;
}

/** A restore that is ready: its books lie beside the present ones. */
export interface PlannedRestore {
  /** As it is now; what is sold until nobody can sell any more is put in by `placeRestored`. */
  plan: RestorePlan;
  /** As somebody wished it. */
  givenUp: RestoreWish["givenUp"];
  lastOnPaper: RestoreWish["lastOnPaper"];
  /** For `key: "bring"`. */
  tillKeyPem: string | null;
}

/** @param keyHere the till's private key (PEM) that is here; null: none */
export function planRestore(
  { path, lastOnPaper }: Pick<RestoreWish, "path" | "lastOnPaper">,
  { note, facts, tillKeyPem, here }: InspectedHere,
  dataDir: string,
  keyHere: string | null,
  now: { atMs: number; utcOffsetMin: number; by: string },
): PlannedRestore {
  const { manifest } = note;
  const isOurs = publicKeyOf(keyHere) === note.publicKey;
  const isBrought = !isOurs && publicKeyOf(tillKeyPem) === note.publicKey;
  const plan: RestorePlan = {
    v: 1,
    id: randomUUID(),
    atMs: now.atMs,
    by: now.by,
    setAside: setAsideName(dataDir, now.atMs, now.utcOffsetMin),
    key: isOurs ? "keep" : isBrought ? "bring" : "new",
    coming: isBrought ? ["slipsure.witness", "till.key"] : ["slipsure.witness"],
    settings: note.settings,
    backup: {
      ...endOf(facts),
      name: basename(path),
      atMs: manifest.atMs,
      tillId: manifest.tillId,
    },
    before: here?.facts ? endOf(here.facts) : null,
    lostSales: here?.lostSales ?? 0,
  };
  const givenUp = here?.givenUp.fingerprint ?? null;
  return { plan, givenUp, lastOnPaper, tillKeyPem: isBrought ? tillKeyPem : null };
}

export function endOf({ head, sales, newestSaleId }: BookFacts): LogEnd {
  return { ...head, sales, newestSaleId };
}

/** Of a private key (PEM), base64url; null: there is none, or it is no key. */
export function publicKeyOf(pem: string | null): string | null {
  if (pem === null) return null;
  try {
    const { x } = createPublicKey(createPrivateKey(pem)).export({ format: "jwk" });
    return x ?? null;
  } catch {
    return null;
  }
}
