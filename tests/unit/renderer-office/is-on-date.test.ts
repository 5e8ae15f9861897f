import { describe, expect, it } from "vitest";
import { isOnDate } from "../../../renderer/features/day-end/is-on-date.ts";

describe("whether a sale belongs to the date of the report", () => {
  it("holds from midnight to the last millisecond of the day", () => {
    expect(isOnDate(new Date(2026, 10, 23).getTime(), "2026-11-23")).toBe(true);
    expect(isOnDate(new Date(2026, 10, 24).getTime() - 1, "2026-11-23")).toBe(true);
  });

  it("does not hold a moment before or after", () => {
    expect(isOnDate(new Date(2026, 10, 23).getTime() - 1, "2026-11-23")).toBe(false);
    expect(isOnDate(new Date(2026, 10, 24).getTime(), "2026-11-23")).toBe(false);
    expect(isOnDate(new Date(2025, 10, 23).getTime(), "2026-11-23")).toBe(false);
  });
});
