/**
 * Tells a scanner that types like a keyboard from a person: at least six characters, on average no more
 * than 35 ms apart, then Enter or Tab (research: product §4.2; no errors against 80 ms typists).
 */
const MIN_CHARACTERS = 6;
const MAX_AVERAGE_MS = 35;
/** A longer pause than this is never inside of one code. */
const MAX_GAP_MS = 100;
/** Some scanners send CR and LF: what ends a code again so soon after it is part of it. */
const AFTER_SCAN_MS = 120;

export type BurstVerdict =
  /** First character of what may become a burst: remember what the field holds now. */
  | { kind: "first" }
  | { kind: "more" }
  /** A whole code; the end key must do nothing else. */
  | { kind: "scan"; code: string }
  /** A second end key of the code just read. */
  | { kind: "swallow" }
  /** An end key a person pressed. */
  | { kind: "typed" };

export interface BurstDetector {
  character: (character: string, atMs: number) => BurstVerdict;
  end: (atMs: number) => BurstVerdict;
  /** A key that types nothing: a person's. */
  reset: () => void;
}

/** One detector per keyboard. Times are milliseconds of any one clock, e.g. `event.timeStamp`. */
export function createBurstDetector(): BurstDetector {
  let typed = "";
  let firstMs = 0;
  let lastMs = -Infinity;
  let scannedMs = -Infinity;

  const reset = () => {
    typed = "";
    lastMs = -Infinity;
  };

  return {
    character: (character, atMs) => {
      const isFirst = typed === "" || atMs - lastMs > MAX_GAP_MS;
      if (isFirst) firstMs = atMs;
      typed = isFirst ? character : typed + character;
      lastMs = atMs;
      return { kind: isFirst ? "first" : "more" };
    },
    end: (atMs) => {
      if (typed === "" && atMs - scannedMs <= AFTER_SCAN_MS) return { kind: "swallow" };
      const code = typed;
      const averageMs = (lastMs - firstMs) / Math.max(1, code.length - 1);
      const isBurst =
        code.length >= MIN_CHARACTERS && averageMs <= MAX_AVERAGE_MS && atMs - lastMs <= MAX_GAP_MS;
      reset();
      if (!isBurst) return { kind: "typed" };
      scannedMs = atMs;
      return { kind: "scan", code };
    },
    reset,
  };
}
