import { anchorText, type Anchor } from "../anchors.ts";
import { EVENT_KIND } from "../event.ts";
import { signatureChecker } from "../till-key.ts";
import { readBody } from "../verify/reading.ts";
import type { EventIndex } from "./event-index.ts";

/** Whose signatures count: the till's ids and public keys that are known. */
export interface Signers {
  tillIds: readonly string[];
  publicKeys: readonly string[];
}

/**
 * Who signed these books: what the caller knows, and what the events say that name a key. Those are not
 * proved yet: the books are taken for damaged, not for forged, and a false key proves nothing by itself.
 */
export function signersIn(index: EventIndex, known: Signers): Signers {
  const tillIds = new Set(known.tillIds);
  const publicKeys = new Set(known.publicKeys);
  for (const kind of [EVENT_KIND.logMade, EVENT_KIND.logContinued, EVENT_KIND.keyChanged])
    for (const seq of index.rare.get(kind) ?? [])
      for (const { body } of index.candidates(seq)) {
        const { tillId, publicKey } = readBody(body) ?? {};
        if (typeof tillId === "string") tillIds.add(tillId);
        if (typeof publicKey === "string") publicKeys.add(publicKey);
      }
  return { tillIds: [...tillIds], publicKeys: [...publicKeys] };
}

/** Those of some anchors that the till has signed, in order, each once. */
export function trustedAnchors(anchors: readonly Anchor[], signers: Signers): Anchor[] {
  const checkers = signers.publicKeys.map((key) => signatureChecker(key));
  const trusted = new Map<string, Anchor>();
  for (const anchor of anchors) {
    const key = `${anchor.seq}|${anchor.hash}|${anchor.sig}`;
    if (trusted.has(key)) continue;
    const texts = signers.tillIds.map((tillId) => anchorText(tillId, anchor));
    const isGenuine = texts.some((text) => checkers.some((check) => check(text, anchor.sig)));
    if (isGenuine) trusted.set(key, anchor);
  }
  return [...trusted.values()].sort((a, b) => a.seq - b.seq);
}
