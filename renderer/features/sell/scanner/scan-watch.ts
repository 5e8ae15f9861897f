/**
 * What other key handlers have to know of the scanner: a key that waits a moment because it may stand inside of a
 * code is nobody's when a code was read meanwhile, and waits longer while a slow scanner types.
 */
let lastScanMs = -Infinity;
let paceMs: number | null = null;

const MIN_WAIT_MS = 45;
const MAX_WAIT_MS = 250;

export function noteScan(atMs: number): void {
  lastScanMs = atMs;
}

/** Milliseconds between the characters being typed now; null: too few to tell. */
export function notePace(ms: number | null): void {
  paceMs = ms;
}

/** True when a code was read at or after this moment of `event.timeStamp`. */
export function wasScannedSince(atMs: number): boolean {
  return lastScanMs >= atMs;
}

/** How long a key has to wait for the next character before it is a person's: twice the pace so far. */
export function waitForMore(): number {
  // At a scanner's pace it may be the last character of a code without Enter, which takes a moment to end.
  if (paceMs !== null && paceMs <= MIN_WAIT_MS) return MAX_WAIT_MS;
  return Math.min(MAX_WAIT_MS, Math.max(MIN_WAIT_MS, (paceMs ?? 0) * 2));
}
