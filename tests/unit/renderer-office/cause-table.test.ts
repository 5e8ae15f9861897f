import { describe, expect, it } from "vitest";
import { causeTable } from "../../../renderer/features/day-end/cause-table.ts";

describe("causes and cashiers", () => {
  const table = causeTable([
    { cause: "unknown", cashier: "王", count: 1 },
    { cause: "paperOut", cashier: "李", count: 1 },
    { cause: "coverOpen", cashier: "王", count: 3 },
    { cause: "skipped", cashier: "李", count: 2 },
    { cause: "paperOut", cashier: "王", count: 4 },
    { cause: null, cashier: "李", count: 1 },
  ]);

  it("orders classes A to D, the commonest cause first in each, no cause last", () => {
    expect(table.rows.map((row) => [row.causeClass, row.cause])).toEqual([
      ["A", "skipped"],
      ["C", "paperOut"],
      ["C", "coverOpen"],
      ["D", "unknown"],
      [null, null],
    ]);
  });

  it("adds up across cashiers and down", () => {
    expect(table.cashiers).toEqual(["王", "李"]);
    expect(table.rows[1]).toMatchObject({ counts: [4, 1], total: 5 });
    expect(table.total).toBe(12);
  });
});
