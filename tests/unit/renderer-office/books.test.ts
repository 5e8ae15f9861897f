import { describe, expect, it } from "vitest";
import { dateOf, daysOf, isPeriod } from "../../../renderer/features/books/periods.ts";

describe("the period of an archive", () => {
  it("is a day, a month or the one before, over a year's end too", () => {
    expect(daysOf("day", "2026-11-23")).toEqual({ from: "2026-11-23", to: "2026-11-23" });
    expect(daysOf("month", "2028-02-10")).toEqual({ from: "2028-02-01", to: "2028-02-29" });
    expect(daysOf("lastMonth", "2026-03-31")).toEqual({ from: "2026-02-01", to: "2026-02-28" });
    expect(daysOf("lastMonth", "2026-01-05")).toEqual({ from: "2025-12-01", to: "2025-12-31" });
    expect(daysOf("own", "2026-01-05")).toBeNull();
  });

  it("has two dates in their order", () => {
    expect(isPeriod({ from: "2026-11-01", to: "2026-11-01" })).toBe(true);
    expect(isPeriod({ from: "2026-11-02", to: "2026-11-01" })).toBe(false);
    expect(isPeriod({ from: "", to: "2026-11-01" })).toBe(false);
    expect(isPeriod({ from: "2026-11-01", to: "" })).toBe(false);
  });

  it("begins with the date on the wall of the shop", () => {
    expect(dateOf(new Date(2026, 0, 5, 23, 59).getTime())).toBe("2026-01-05");
  });
});
