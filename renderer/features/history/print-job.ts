import type { TillStatus } from "../../../main/contract/status.ts";

type LastJob = NonNullable<TillStatus["lastJob"]>;

/** What the till's newest job tells about the paper somebody asked for on this page. */
export interface JobView {
  outcome: LastJob["outcome"];
  cause: LastJob["cause"];
  /** Modelled time for the paper under way; null when none is. */
  durationMs: number | null;
}

/**
 * The print job of `saleId` that began after `sinceJobId` was the newest one.
 * @returns null while no such job is known: what is shown must belong to this press of the key
 */
export function jobOfSale(
  status: Pick<TillStatus, "lastJob" | "progress">,
  saleId: number,
  sinceJobId: string | null,
): JobView | null {
  const durationMs = status.progress?.saleId === saleId ? status.progress.durationMs : null;
  const job = status.lastJob;
  if (job === null || job.jobId === sinceJobId || job.saleId !== saleId) return null;
  return { outcome: job.outcome, cause: job.cause, durationMs };
}

/**
 * A copy of `saleId` that somebody asked for elsewhere and that has come to nothing yet: it has stopped, or it was
 * lost. null when there is none.
 */
export function troubledCopy(
  { lastJob }: Pick<TillStatus, "lastJob">,
  saleId: number,
): JobView | null {
  if (lastJob === null || lastJob.kind !== "copy" || lastJob.saleId !== saleId) return null;
  const { outcome, cause } = lastJob;
  if (outcome !== "blocked" && outcome !== "failed" && outcome !== "unknown") return null;
  return { outcome, cause, durationMs: null };
}

/** True while the job can still change by itself. */
export function isUnderWay(outcome: JobView["outcome"]): boolean {
  return outcome === "waiting" || outcome === "printing" || outcome === "blocked";
}
