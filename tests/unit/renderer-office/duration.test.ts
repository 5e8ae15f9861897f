import { describe, expect, it } from "vitest";
import { durationText } from "../../../renderer/features/day-end/duration.ts";

describe("how long a receipt was owed", () => {
  it.each([
    [0, "seconds", { d: 0, h: 0, m: 0, s: 0 }],
    [59_999, "seconds", { d: 0, h: 0, m: 0, s: 59 }],
    [60_000, "minutes", { d: 0, h: 0, m: 1, s: 0 }],
    [2 * 3_600_000 + 5 * 60_000, "hours", { d: 0, h: 2, m: 5, s: 0 }],
    [3 * 86_400_000 + 4 * 3_600_000, "days", { d: 3, h: 4, m: 0, s: 0 }],
  ] as const)("%i ms in %s", (ms, unit, values) => {
    expect(durationText(ms)).toEqual({ unit, values });
  });

  it("never goes below nothing when clocks were set back", () => {
    expect(durationText(-5000)).toEqual({ unit: "seconds", values: { d: 0, h: 0, m: 0, s: 0 } });
  });
});
