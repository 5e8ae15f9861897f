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
      backlog: { waiting: [6], late: [4, 3], oldestAtMs: 77 },
      rail,
    });
    expect(groups?.waiting.map(({ saleId }) => saleId)).toEqual([6]);
    expect(groups?.late.map(({ saleId }) => saleId)).toEqual([4, 3]);
    expect(groups).toMatchObject({ count: 3, totalMinor: 425, oldestAtMs: 77 });
  });

  it("leaves out what has gone from the rail meanwhile", () => {
    const groups = backlogGroups({ backlog: { waiting: [99], late: [3], oldestAtMs: 0 }, rail });
    expect(groups).toMatchObject({ count: 1, totalMinor: 100 });
  });
});
