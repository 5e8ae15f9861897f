/** What was learned of how fast one printer answers and takes bytes; kept from one run to the next. */
export interface PaceMemory {
  /** About the longest an answer has taken of late, milliseconds. */
  answerMs: number;
  /** What a byte takes on the way at most, milliseconds. */
  msPerByte: number;
}

/** Below this the till would give up on a printer because the till itself was busy for a moment. */
const SHORTEST_PATIENCE_MS = 300;
/** Nobody waits longer than this for a printer that may be dead. */
const LONGEST_PATIENCE_MS = 6_000;
/** Wi-Fi that sleeps, and boards that wake up late: what is waited for where nothing is known yet. */
const FIRST_PATIENCE_MS = 1_500;
/** A single slow answer is forgotten after a few dozen quick ones. */
const FORGET_SHARE = 0.95;
/** Nothing known yet: 9600 baud, ten bits for a byte, is the slowest line that is common; and half as much again. */
const UNKNOWN_MS_PER_BYTE = 1.5;
const LEAST_MS_PER_BYTE = 0.01;
/** 1200 baud, the slowest that can be chosen. */
const MOST_MS_PER_BYTE = 9;
/** The slowest paper on the market, as in `proofTimeoutMs`. */
const SLOWEST_MM_PER_MS = 0.1;
/** Smaller changes are not worth writing down. */
const NOTABLE_SHARE = 0.25;
const NOTABLE_MS = 25;

/** Time limits for one printer, from what it did. Never shorter than a healthy one could need. */
export class Pace {
  private answerMs: number | null;
  private msPerByte: number;
  private kept: PaceMemory | null;
  private readonly keep: (memory: PaceMemory) => void;

  /** @param keep called when what was learned has changed enough to be kept. */
  constructor(memory: PaceMemory | null = null, keep: (memory: PaceMemory) => void = () => {}) {
    this.answerMs = memory?.answerMs ?? null;
    this.msPerByte = memory?.msPerByte ?? UNKNOWN_MS_PER_BYTE;
    this.kept = memory;
    this.keep = keep;
  }

  /** An answer took this long, with nothing before it on the line. */
  answered(tookMs: number): void {
    this.answerMs = Math.max(tookMs, (this.answerMs ?? 0) * FORGET_SHARE);
    this.note();
  }

  /** So many bytes and so much paper took this long, from sending to the proof behind them. */
  proven(bytes: number, paperMm: number, tookMs: number): void {
    if (bytes === 0) return;
    // The line can't have been slower than all of it, nor faster than what no paper explains.
    const most = tookMs / bytes;
    const least = (tookMs - paperMm / SLOWEST_MM_PER_MS - this.latenessMs()) / bytes;
    const within = Math.max(least, Math.min(most, this.msPerByte));
    this.msPerByte = Math.min(MOST_MS_PER_BYTE, Math.max(LEAST_MS_PER_BYTE, within));
    this.note();
  }

  /** How long an answer is waited for. @param isFirst the first question on a link. */
  patienceMs(isFirst: boolean): number {
    const least = isFirst ? FIRST_PATIENCE_MS : SHORTEST_PATIENCE_MS;
    return Math.min(LONGEST_PATIENCE_MS, Math.max(least, 2 * this.latenessMs() + 200));
  }

  /** How late an answer may be, beyond what its question has to wait for. */
  latenessMs(): number {
    return this.answerMs ?? 0;
  }

  /** How long so many bytes may be under way. */
  lineMs(bytes: number): number {
    return bytes * this.msPerByte;
  }

  private note(): void {
    const { answerMs, msPerByte, kept } = this;
    if (answerMs === null) return;
    const isNotable = (now: number, then: number, least: number) =>
      Math.abs(now - then) > Math.max(least, then * NOTABLE_SHARE);
    const isNews =
      kept === null ||
      isNotable(answerMs, kept.answerMs, NOTABLE_MS) ||
      isNotable(msPerByte, kept.msPerByte, LEAST_MS_PER_BYTE);
    if (!isNews) return;
    this.kept = { answerMs: Math.round(answerMs), msPerByte };
    this.keep(this.kept);
  }
}
