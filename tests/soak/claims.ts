import type { TillStatus } from "../../main/contract/status.ts";
import type { VirtualPrinter } from "../../main/printing/virtual-printer/index.ts";
import { readReceipts } from "./paper-reader.ts";

/** Papers that can have come out since the claim before. */
const RECENT_SLIPS = 40;

/**
 * Watches every claim "the printer proved this paper" at the moment it is made: by then the paper
 * must be there. At the end would be too late, because a stopped printer prints what it holds once
 * somebody mends it, and by then the customer has gone.
 */
export class ProofClaims {
  readonly tooEarly: number[] = [];
  private readonly printer: VirtualPrinter;
  private readonly seen = new Set<string>();
  private readonly claimed = new Map<number, number>();

  constructor(printer: VirtualPrinter) {
    this.printer = printer;
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
    if (whole.length < Math.min(claims, 1)) this.tooEarly.push(saleId);
  }
}
