import type { TillStatus } from "../../main/contract/status.ts";
import { soonestProofMs } from "../../main/printing/job.ts";
import type { FaultKind } from "../../main/printing/virtual-printer/index.ts";
import { readRecent } from "./paper-reader.ts";
import type { Station } from "./station.ts";
import type { TillDriver } from "./till-driver.ts";

/** Papers that can have come out since the claim before. */
const RECENT_SLIPS = 40;
/** Shorter than any receipt of the soak. */
const SHORTEST_MM = 80;
const MOMENT_MS = 1_000;
const LIES: readonly FaultKind[] = ["lyingOk", "earlyId", "earlySensor", "otherPrinter"];

/** A claim whose paper was not there when it was made. */
interface Suspect {
  saleId: number;
  attempt: number;
  paperMm: number;
  /** Some printer was answering ahead of its paper. */
  wasLying: boolean;
}

/**
 * Watches every claim "the printer proved this paper" at the moment it is made: by then the paper
 * must be there. At the end would be too late, because a stopped printer prints what it holds once
 * somebody mends it, and by then the customer has gone.
 */
export class ProofClaims {
  readonly tooEarly: number[] = [];
  /** Lies that this machine brought so late that no till could tell; counted, but not the till's fault. */
  slowLies = 0;
  private readonly stations: readonly Station[];
  private readonly seen = new Set<string>();
  private readonly claimed = new Map<number, number>();
  private readonly suspects: Suspect[] = [];
  /** By sale and attempt. */
  private readonly paperMm = new Map<string, number>();

  private lastLieMs = -Infinity;

  constructor(stations: readonly Station[]) {
    this.stations = stations;
    for (const { device } of stations)
      device.on((event) => {
        if (event.kind === "fault" && LIES.includes(event.fault))
          this.lastLieMs = performance.now();
      });
  }

  watch({ lastJob, progress }: TillStatus): void {
    if (progress && progress.saleId !== null)
      this.paperMm.set(`${progress.saleId}-${progress.attempt}`, progress.paperMm);
    if (lastJob?.outcome !== "printed" || lastJob.saleId === null) return;
    const { saleId, jobId } = lastJob;
    if (this.seen.has(jobId)) return;
    this.seen.add(jobId);
    const claims = (this.claimed.get(saleId) ?? 0) + 1;
    this.claimed.set(saleId, claims);
    const papers = readRecent(this.stations, RECENT_SLIPS);
    const whole = papers.filter((paper) => paper.saleId === saleId && paper.whole);
    // An older paper of a copy may have left the recent ones: then one new paper is enough.
    if (whole.length >= Math.min(claims, 1)) return;
    this.suspects.push({
      saleId,
      attempt: Number(jobId.split("-")[1]),
      paperMm: this.paperMm.get(jobId) ?? SHORTEST_MM,
      wasLying: this.isLying(),
    });
  }

  /** Now or a moment ago: a claim takes its time to get here, and meanwhile somebody may have mended it. */
  private isLying(): boolean {
    if (performance.now() - this.lastLieMs < MOMENT_MS) return true;
    return this.stations.some(({ device }) => LIES.some((kind) => device.faults[kind]));
  }

  /**
   * A lie that reached the till later than the paper could have is one that no till can tell. Both moments
   * stand in its log; one that was believed sooner is the till's fault.
   */
  async judge(till: TillDriver): Promise<void> {
    for (const { saleId, attempt, paperMm, wasLying } of this.suspects) {
      const { trail } = await till.demand("history.sale", { saleId });
      const at = (type: string) =>
        trail.find((step) => step.type === type && step.attempt === attempt)?.atMs ?? 0;
      const tookMs = at("attemptPrinted") - at("attemptStarted");
      if (wasLying && tookMs >= soonestProofMs(paperMm)) this.slowLies += 1;
      else this.tooEarly.push(saleId);
    }
  }
}
