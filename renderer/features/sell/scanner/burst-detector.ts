/**
 * Tells a scanner that types like a keyboard from a person (research: product §4.2; no errors against 80 ms
 * typists), and puts together what it sends: with or without Enter or Tab behind it, in one piece or two.
 */

/** Characters of a code that ends with Enter or Tab; shorter ones a fast hand can type. */
const MIN_ENDED = 3;
/** Characters of a code that ends by itself. */
const MIN_UNENDED = 6;
/** The same where only amounts are typed, or nothing at all. */
const MIN_UNENDED_AMONG_AMOUNTS = 4;
const MAX_AVERAGE_MS = 35;
/** A slow scanner's pace varies by about half, when it was learned. */
const LEARNED_SLACK = 1.6;
/** A longer pause than this is never inside of one piece. */
const MAX_GAP_MS = 100;
/** Nobody types so many digits into an amount, however slowly. */
const MIN_SLOW_AMONG_AMOUNTS = 8;
/** What was typed at a button, and then Enter: that was no person. */
const MIN_SLOW_NOWHERE = 3;
const MAX_SLOW_GAP_MS = 300;
/** Some scanners send CR and LF: what ends a code again so soon after it is part of it. */
const AFTER_SCAN_MS = 120;
/** A piece without an end: its Enter, or the rest of the code, may still come. */
const REST_MS = 700;

interface Run {
  text: string;
  firstMs: number;
  lastMs: number;
}

const EMPTY: Run = { text: "", firstMs: 0, lastMs: -Infinity };

function grown(run: Run, character: string, atMs: number): Run {
  const firstMs = run.text === "" ? atMs : run.firstMs;
  return { text: run.text + character, firstMs, lastMs: atMs };
}

/** Milliseconds from one character to the next; null with fewer than two. */
function averageOf({ text, firstMs, lastMs }: Run): number | null {
  return text.length < 2 ? null : (lastMs - firstMs) / (text.length - 1);
}

/** Where the keys go: the one entry field or another text, an amount, a password, or nowhere. */
export type Focus = "text" | "amount" | "secret" | "nowhere";

export interface ScannerHabits {
  suffix: "enter" | "tab" | "none" | null;
  paceMs: number | null;
}

const NOT_LEARNED: ScannerHabits = { suffix: null, paceMs: null };

export type BurstVerdict =
  /** A person's key, or nothing yet. */
  | { kind: "typed" }
  /** The key belongs to a scanner and must do nothing else; `codes` are whole, `typed` stands in the field. */
  | { kind: "scan"; codes: readonly string[]; typed: string };

/** One per keyboard. Times are milliseconds of any one clock, e.g. `event.timeStamp`. */
export class BurstDetector {
  /** After such a pause `settle` is to be called. */
  readonly settleMs: number;
  /** After such a pause `giveUpRest` is to be called. */
  readonly restMs = REST_MS;
  private readonly maxAverageMs: number;
  private readonly maxGapMs: number;
  /** Characters at a scanner's pauses. */
  private run = EMPTY;
  /** The same at pauses that a slow scanner, or a person, makes. */
  private slow = EMPTY;
  private scannedMs = -Infinity;
  private hadEnd = true;
  private held: string | null = null;
  private readonly isWhole: (text: string) => boolean;
  private readonly habits: ScannerHabits;

  /** @param isWhole true for a text that is a whole code by itself, e.g. a GTIN with the right check digit */
  constructor(isWhole: (text: string) => boolean, habits: ScannerHabits = NOT_LEARNED) {
    this.isWhole = isWhole;
    this.habits = habits;
    const learnedMs = (habits.paceMs ?? 0) * LEARNED_SLACK;
    this.maxAverageMs = Math.max(MAX_AVERAGE_MS, learnedMs);
    this.maxGapMs = Math.max(MAX_GAP_MS, learnedMs * 2);
    this.settleMs = this.maxGapMs + 50;
  }

  /** True when it is the first character of what may become a burst: remember what the field holds now. */
  character(character: string, atMs: number): boolean {
    const isFirst = this.run.text === "" || atMs - this.run.lastMs > this.maxGapMs;
    this.run = grown(isFirst ? EMPTY : this.run, character, atMs);
    const isApart = atMs - this.slow.lastMs > MAX_SLOW_GAP_MS;
    this.slow = grown(isApart ? EMPTY : this.slow, character, atMs);
    return isFirst;
  }

  /** An end key. */
  end(atMs: number, focus: Focus): BurstVerdict {
    const { text, lastMs, firstMs } = this.run;
    if (text === "") {
      if (this.held !== null) return this.scan([this.held], "", atMs, true);
      return this.isLate(atMs) ? { kind: "scan", codes: [], typed: "" } : { kind: "typed" };
    }
    // In short codes the end key has to come at the same pace: a hand is not that fast twice.
    const isPaced =
      text.length >= MIN_UNENDED ||
      ((atMs - firstMs) / text.length <= this.maxAverageMs && focus !== "secret");
    const isBurst = this.isFast() && atMs - lastMs <= this.maxGapMs;
    if (text.length >= MIN_ENDED && isBurst && isPaced)
      return this.scan(this.joined(text), text, atMs, true);
    if (this.isSlowScan(atMs, focus))
      return this.scan([this.slow.text], this.slow.text, atMs, true);
    this.reset();
    return { kind: "typed" };
  }

  /** A pause: what is whole without an end key; what may be the first half is held back. */
  settle(focus: Focus): BurstVerdict {
    const { text, lastMs } = this.run;
    const endsItself = this.habits.suffix === "none";
    const isAmong = focus === "amount" || focus === "nowhere" || endsItself;
    const least = isAmong ? MIN_UNENDED_AMONG_AMOUNTS : MIN_UNENDED;
    const isRest = this.held !== null && text.length >= MIN_ENDED - 1;
    if (!this.isFast() || (text.length < least && !isRest)) return { kind: "typed" };
    const codes = this.joined(text);
    if (codes.every(this.isWhole) || this.held !== null || endsItself)
      return this.scan(codes, text, lastMs, false);
    this.reset();
    this.held = text;
    return { kind: "scan", codes: [], typed: text };
  }

  /** True when a pause has ended what was typed before this moment. */
  isOver(atMs: number): boolean {
    return this.run.text !== "" && atMs - this.run.lastMs > this.maxGapMs;
  }

  /** The rest of a piece did not come: the piece as it is. */
  giveUpRest(): string | null {
    const code = this.held;
    this.held = null;
    return code;
  }

  /** True in the middle of a scanner's burst, where a control or function key is a separator. */
  isInside(atMs: number): boolean {
    const isNow = atMs - this.run.lastMs <= this.maxGapMs;
    return this.run.text.length >= MIN_UNENDED && this.isFast() && isNow;
  }

  /** Milliseconds between the characters typed now, a person's too; null with fewer than three. */
  paceMs(): number | null {
    return this.slow.text.length < 3 ? null : averageOf(this.slow);
  }

  /** A key that types nothing: a person's. */
  reset(): void {
    this.run = EMPTY;
    this.slow = EMPTY;
  }

  private isFast(): boolean {
    return (averageOf(this.run) ?? Infinity) <= this.maxAverageMs;
  }

  private scan(codes: readonly string[], typed: string, atMs: number, isEnded: boolean) {
    this.reset();
    this.held = null;
    this.scannedMs = atMs;
    this.hadEnd = isEnded;
    return { kind: "scan", codes, typed } as const;
  }

  /** A piece that waited belongs to what comes now, when both together are a code. */
  private joined(text: string): string[] {
    if (this.held === null) return [text];
    return this.isWhole(this.held + text) ? [this.held + text] : [this.held, text];
  }

  /** An end key without a code: a second one of the code before, or the late one of a code that ended by itself. */
  private isLate(atMs: number): boolean {
    const sinceMs = atMs - this.scannedMs;
    if (this.hadEnd) return sinceMs <= AFTER_SCAN_MS;
    return this.habits.suffix !== "none" && sinceMs <= REST_MS;
  }

  private isSlowScan(atMs: number, focus: Focus): boolean {
    const least = focus === "amount" ? MIN_SLOW_AMONG_AMOUNTS : MIN_SLOW_NOWHERE;
    const isPlace = focus === "amount" || focus === "nowhere";
    return isPlace && this.slow.text.length >= least && atMs - this.slow.lastMs <= MAX_SLOW_GAP_MS;
  }
}
