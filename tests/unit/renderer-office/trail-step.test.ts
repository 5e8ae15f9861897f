import { describe, expect, it } from "vitest";
import { trailEntrySchema, type TrailEntry } from "../../../main/contract/history.ts";
import { trailStep } from "../../../renderer/features/history/trail-step.ts";
import en from "../../../renderer/i18n/en/history.json" with { type: "json" };
import zhCN from "../../../renderer/i18n/zh-CN/history.json" with { type: "json" };

const blank: TrailEntry = {
  seq: 1,
  atMs: 0,
  type: "opened",
  by: "",
  attempt: null,
  copy: null,
  mark: null,
  cause: null,
  grade: null,
  how: null,
  reason: null,
  paperNo: null,
  late: false,
  printer: null,
  untilMs: null,
};

const everyEntry: TrailEntry[] = trailEntrySchema.shape.type.options.flatMap((type) =>
  (["original", "reprint", "replacement"] as const).flatMap((mark) =>
    (["person", "declined", "handwritten"] as const).flatMap((how) =>
      [true, false].map((late) => ({ ...blank, type, mark, how, late })),
    ),
  ),
);

describe("paper trail in words", () => {
  it("has a sentence in both languages for every step the log can hold", () => {
    for (const entry of everyEntry) {
      const { sentence } = trailStep(entry);
      expect(Object.keys(en.trail), sentence).toContain(sentence);
      expect(Object.keys(zhCN.trail), sentence).toContain(sentence);
    }
  });

  it("shows proof as done and a lost outcome as owed", () => {
    expect(trailStep({ ...blank, type: "attemptPrinted" }).tone).toBe("go");
    expect(trailStep({ ...blank, type: "attemptUnknown" }).tone).toBe("owed");
    expect(trailStep({ ...blank, type: "attemptBlocked" }).tone).toBe("wait");
  });

  it("says who when a person acted", () => {
    expect(trailStep({ ...blank, type: "settled", how: "declined" })).toEqual({
      sentence: "settled_declined",
      tone: "go",
      byPerson: true,
    });
    expect(trailStep({ ...blank, type: "attemptFailed" }).byPerson).toBe(false);
  });
});
