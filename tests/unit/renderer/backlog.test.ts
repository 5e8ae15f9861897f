import { describe, expect, it } from "vitest";
import { backlogGroups } from "../../../renderer/features/backlog/backlog-groups.ts";
import { owedReceipt } from "./samples.ts";

const rail = [
  owedReceipt({ saleId: 3, totalMinor: 100 }),
  owedReceipt({ saleId: 4, totalMinor: 250 }),
  owedReceipt({ saleId: 5, totalMinor: 4000, state: "unknown" }),
  owedReceipt({ saleId: 6, totalMinor: 75 }),
];

describe("a backlog", () => {
  it("is nothing while the till asks nothing", () => {
    expect(backlogGroups({ backlog: null, rail })).toBeNull();
  });

  it("counts and sums exactly what the till asks about, in its order", () => {
    const groups = backlogGroups({
      backlog: {
        waiting: [6],
        waitingCount: 1,
        late: [4, 3],
        lateCount: 2,
        totalMinor: 425,
        lateMinor: 350,
        oldestAtMs: 77,
      },
      rail,
    });
    expect(groups?.waiting.map(({ saleId }) => saleId)).toEqual([6]);
    expect(groups?.late.map(({ saleId }) => saleId)).toEqual([4, 3]);
    expect(groups).toMatchObject({ count: 3, totalMinor: 425, oldestAtMs: 77 });
  });

  it("leaves out what has gone from the rail meanwhile", () => {
    const counts = { waitingCount: 1, lateCount: 1, totalMinor: 175, lateMinor: 100 };
    const groups = backlogGroups({
      backlog: { waiting: [99], late: [3], ...counts, oldestAtMs: 0 },
      rail,
    });
    expect(groups?.waiting).toEqual([]);
    expect(groups?.late.map(({ saleId }) => saleId)).toEqual([3]);
  });

  it("counts and sums also what no longer fits on the rail", () => {
    const counts = { waitingCount: 700, lateCount: 800, totalMinor: 99_000, lateMinor: 66_000 };
    const groups = backlogGroups({
      backlog: { waiting: [6], late: [4], ...counts, oldestAtMs: 0 },
      rail,
    });
    expect(groups).toMatchObject({ count: 1500, totalMinor: 99_000, lateMinor: 66_000 });
  });
});
