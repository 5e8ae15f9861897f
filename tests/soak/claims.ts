import type { TillStatus } from "../../main/contract/status.ts";
import type { VirtualPrinter } from "../../main/printing/virtual-printer/index.ts";
import { readReceipts } from "./paper-reader.ts";

/** Papers that can have come out since the claim before. */
const RECENT_SLIPS = 40;

/** How often this process checks that it is on time. */
const HEARTBEAT_MS = 2;
/** Being later than this, a lying printer answers so slowly that no till could tell it from paper. */
const LATE_MS = 12;
/** A claim follows the answer it rests on within this time. */
const RECENT_MS = 250;

/**
 * Watches every claim "the printer proved this paper" at the moment it is made: by then the paper
 * must be there. At the end would be too late, because a stopped printer prints what it holds once
 * somebody mends it, and by then the customer has gone.
 */
export class ProofClaims {
  readonly tooEarly: number[] = [];
  /** Lies that this machine told too late to be caught; not the till's fault, but counted. */
  slowLies = 0;
  private readonly printer: VirtualPrinter;
  private readonly seen = new Set<string>();
  private readonly claimed = new Map<number, number>();
  private readonly heartbeat: NodeJS.Timeout;
  private lastBeatMs = performance.now();
  private lastLateMs = -Infinity;
  private lastLieMs = -Infinity;

  constructor(printer: VirtualPrinter) {
    this.printer = printer;
    this.heartbeat = setInterval(() => {
      const nowMs = performance.now();
      if (nowMs - this.lastBeatMs > LATE_MS) this.lastLateMs = nowMs;
      if (printer.faults.lyingOk) this.lastLieMs = nowMs;
      this.lastBeatMs = nowMs;
    }, HEARTBEAT_MS);
  }

  stop(): void {
    clearInterval(this.heartbeat);
  }

  watch({ lastJob }: TillStatus): void {
    if (lastJob?.outcome !== "printed" || lastJob.saleId === null) return;
    if (this.seen.has(lastJob.jobId)) return;
    this.seen.add(lastJob.jobId);
    const { saleId } = lastJob;
    const claims = (this.claimed.get(saleId) ?? 0) + 1;
    this.claimed.set(saleId, claims);
    const slips = this.printer.paper.slips().slice(-RECENT_SLIPS);
    const whole = readReceipts(slips).filter((paper) => paper.saleId === saleId && paper.whole);
    // An older paper of a copy may have left the recent ones: then one new paper is enough.
    if (whole.length >= Math.min(claims, 1)) return;
    if (this.couldHaveBeenSlowLie()) this.slowLies += 1;
    else this.tooEarly.push(saleId);
  }

  private couldHaveBeenSlowLie(): boolean {
    const nowMs = performance.now();
    return nowMs - this.lastLieMs < RECENT_MS && nowMs - this.lastLateMs < RECENT_MS;
  }
}
