import { describe, expect, it } from "vitest";
import { rangeOf } from "../../../renderer/features/history/time-range.ts";

const days = (from: string, to: string) => ({ from, to, fromTime: "", toTime: "" });
const none = days("", "");
const noon = new Date(2026, 2, 29, 12, 0, 0).getTime();
const at = (day: number) => new Date(2026, 2, day).getTime();

describe("time range of the history list", () => {
  it("today starts at midnight of the wall clock and has no end", () => {
    expect(rangeOf("today", none, noon)).toEqual({ fromMs: at(29), toMs: null });
  });

  it("yesterday ends one millisecond before today, also over a summer time change", () => {
    expect(rangeOf("yesterday", none, noon)).toEqual({ fromMs: at(28), toMs: at(29) - 1 });
  });

  it("a week is today and six days before", () => {
    expect(rangeOf("week", none, noon)).toEqual({ fromMs: at(23), toMs: null });
  });

  it("a custom span includes its whole last day, whichever way round it was given", () => {
    const whole = { fromMs: at(3), toMs: at(6) - 1 };
    expect(rangeOf("custom", days("2026-03-03", "2026-03-05"), noon)).toEqual(whole);
    expect(rangeOf("custom", days("2026-03-05", "2026-03-03"), noon)).toEqual(whole);
    expect(rangeOf("custom", days("2026-03-03", ""), noon).toMs).toBeNull();
  });

  it("a time of day narrows a day down to the whole minute it ends with", () => {
    const span = { from: "2026-03-03", to: "2026-03-03", fromTime: "14:00", toTime: "16:30" };
    expect(rangeOf("custom", span, noon)).toEqual({
      fromMs: new Date(2026, 2, 3, 14, 0).getTime(),
      toMs: new Date(2026, 2, 3, 16, 31).getTime() - 1,
    });
  });

  it("reads half-typed dates as no limit", () => {
    expect(rangeOf("custom", days("2026-3", "x"), noon)).toEqual({
      fromMs: null,
      toMs: null,
    });
  });
});
