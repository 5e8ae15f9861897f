import { describe, expect, it } from "vitest";
import { trailEntrySchema, type TrailEntry } from "../../../main/contract/history.ts";
import type { TillStatus } from "../../../main/contract/status.ts";
import { troubledCopy } from "../../../renderer/features/history/print-job.ts";
import { trailStep } from "../../../renderer/features/history/trail-step.ts";
import en from "../../../renderer/i18n/en/history.json" with { type: "json" };
import zhCN from "../../../renderer/i18n/zh-CN/history.json" with { type: "json" };

const started: TrailEntry = {
  seq: 1,
  atMs: 0,
  type: "attemptStarted",
  by: "",
  attempt: 1,
  copy: 0,
  mark: "original",
  cause: null,
  grade: null,
  how: null,
  reason: null,
  paperNo: null,
  late: false,
  printer: "192.168.1.60:9100",
  untilMs: null,
};

describe("words of the paper trail", () => {
  it("tell every mark a paper can carry, and what the print key would make of it", () => {
    for (const mark of trailEntrySchema.shape.mark.unwrap().options) {
      const { sentence } = trailStep({ ...started, mark });
      for (const texts of [en, zhCN]) {
        expect(Object.keys(texts.trail), sentence).toContain(sentence);
        expect(Object.keys(texts.reprint), mark).toContain(mark);
        expect(Object.keys(texts.reprint), mark).toContain(`${mark}_note`);
      }
    }
  });

  it("tell a late original from an ordinary one", () => {
    expect(trailStep({ ...started, mark: "late" }).sentence).toBe("started_late");
    expect(zhCN.trail.started_late).toContain("迟打");
  });
});

type LastJob = NonNullable<TillStatus["lastJob"]>;

describe("a copy that came to nothing", () => {
  const job: LastJob = {
    jobId: "7-2",
    kind: "copy",
    saleId: 7,
    outcome: "blocked",
    cause: "paperOut",
  };
  const seen = (own: Partial<LastJob>, saleId = 7) =>
    troubledCopy({ lastJob: { ...job, ...own } }, saleId)?.outcome ?? null;

  it("is told on its own sale, whoever asked for it", () => {
    expect(seen({})).toBe("blocked");
    expect(seen({ outcome: "failed" })).toBe("failed");
    expect(seen({ outcome: "unknown" })).toBe("unknown");
    expect(seen({}, 8)).toBeNull();
  });

  it("is not told while it goes well, nor of a first receipt", () => {
    expect(seen({ outcome: "printing" })).toBeNull();
    expect(seen({ outcome: "printed" })).toBeNull();
    expect(seen({ kind: "receipt" })).toBeNull();
    expect(troubledCopy({ lastJob: null }, 7)).toBeNull();
  });
});
