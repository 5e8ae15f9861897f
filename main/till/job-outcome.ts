import type { TillStatus } from "../contract/status.ts";
import type { JobEvent } from "../printing/job.ts";

/** What a page is told about a paper after each thing that happens to it. */
export const JOB_OUTCOME = {
  started: "printing",
  blocked: "blocked",
  resumed: "printing",
  printed: "printed",
  notCut: "printed",
  failed: "failed",
  notTaken: "failed",
  cleared: "failed",
  unknown: "unknown",
} as const satisfies Record<JobEvent["type"], NonNullable<TillStatus["lastJob"]>["outcome"]>;
