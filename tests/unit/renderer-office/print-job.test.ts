import { describe, expect, it } from "vitest";
import { isUnderWay, jobOfSale } from "../../../renderer/features/history/print-job.ts";

const job = {
  jobId: "job-2",
  kind: "copy",
  saleId: 7,
  outcome: "printing",
  cause: null,
} as const;
const progress = {
  slot: "receipt",
  saleId: 7,
  attempt: 2,
  paperMm: 90,
  durationMs: 900,
  state: "sending",
} as const;

describe("the job a press of the print key began", () => {
  it("is shown with the time its paper takes", () => {
    expect(jobOfSale({ lastJob: job, progress }, 7, "job-1")).toEqual({
      outcome: "printing",
      cause: null,
      durationMs: 900,
    });
  });

  it("is never an older job or another sale's", () => {
    expect(jobOfSale({ lastJob: job, progress }, 7, "job-2")).toBeNull();
    expect(jobOfSale({ lastJob: job, progress }, 8, null)).toBeNull();
    expect(jobOfSale({ lastJob: null, progress: null }, 7, null)).toBeNull();
  });

  it("keeps waiting while the printer holds it", () => {
    expect(isUnderWay("blocked")).toBe(true);
    expect(isUnderWay("printed")).toBe(false);
    expect(isUnderWay("unknown")).toBe(false);
  });
});
