/**
 * What other key handlers have to know of the scanner: a key that waits a moment because it may stand inside of a
 * code is nobody's when a code was read meanwhile, and waits longer while a slow scanner types.
 */
let lastScanMs = -Infinity;
let paceMs: number | null = null;

const MIN_WAIT_MS = 45;
/** A person goes on typing later than this. */
const MAX_WAIT_MS = 100;
/** Longer than a code without Enter takes to end. */
const AFTER_BURST_MS = 200;

export function noteScan(atMs: number): void {
  lastScanMs = atMs;
}

/**
 * Milliseconds between the characters being typed now, null when they are too few to tell; and what is usual for this
 * PC's scanner, which counts where it is slower than a key waits anyway.
 */
export function notePace(ms: number | null, learnedMs: number | null): void {
  paceMs = ms ?? (learnedMs !== null && learnedMs > MIN_WAIT_MS ? learnedMs : null);
}

/** True when a code was read at or after this moment of `event.timeStamp`. */
export function wasScannedSince(atMs: number): boolean {
  return lastScanMs >= atMs;
}

/** How long a key has to wait for the next character before it is a person's: a little longer than the pace so far. */
export function waitForMore(): number {
  // In a scanner's burst it may be the last character of a code without Enter.
  if (paceMs !== null && paceMs <= MIN_WAIT_MS) return AFTER_BURST_MS;
  return Math.min(MAX_WAIT_MS, Math.max(MIN_WAIT_MS, (paceMs ?? 0) * 1.3));
}
