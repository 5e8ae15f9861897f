import { describe, expect, it } from "vitest";
import type { OwedReceipt } from "../../../main/contract/values.ts";
import { isAnyMoving, sheetOf } from "../../../renderer/features/reminder/sheet-of.ts";
import { owedReceipt } from "./samples.ts";

const NOTHING: { backlog: null; reminder: number | null; rail: OwedReceipt[] } = {
  backlog: null,
  reminder: null,
  rail: [],
};
const BACKLOG = {
  waiting: [9],
  waitingCount: 1,
  late: [7, 5],
  lateCount: 2,
  totalMinor: 600,
  lateMinor: 400,
  oldestAtMs: 0,
};
const base = { printing: [], isSelling: true };

describe("what stands over the page", () => {
  it("is nothing until something is raised", () => {
    const status = { ...NOTHING, backlog: BACKLOG, reminder: 5 };
    expect(sheetOf({ ...base, raised: null, status })).toBeNull();
  });

  it("is the receipt, on the sell screen only unless it was asked for", () => {
    const status = { ...NOTHING, reminder: 5 };
    const seam = { saleId: 5, reason: "seam" } as const;
    const asked = { saleId: 5, reason: "asked" } as const;
    expect(sheetOf({ ...base, raised: seam, status })).toEqual({ kind: "receipt", saleId: 5 });
    expect(sheetOf({ ...base, raised: seam, status, isSelling: false })).toBeNull();
    expect(sheetOf({ ...base, raised: asked, status, isSelling: false })).toEqual({
      kind: "receipt",
      saleId: 5,
    });
  });

  it("is the backlog in place of the receipt that holds the next sale", () => {
    const status = { ...NOTHING, backlog: BACKLOG, reminder: 5 };
    for (const reason of ["seam", "complete"] as const)
      expect(sheetOf({ ...base, raised: { saleId: 5, reason }, status })).toEqual({
        kind: "backlog",
      });
  });

  it("is one receipt all the same when somebody asks for it by name", () => {
    const status = { ...NOTHING, backlog: BACKLOG, reminder: 5 };
    const raised = { saleId: 7, reason: "asked" } as const;
    expect(sheetOf({ ...base, raised, status })).toEqual({ kind: "receipt", saleId: 7 });
  });

  it("is a backlog that holds nothing only when it was asked for", () => {
    const status = { ...NOTHING, backlog: BACKLOG };
    const asked = { saleId: null, reason: "asked" } as const;
    const seam = { saleId: null, reason: "seam" } as const;
    expect(sheetOf({ ...base, raised: asked, status })).toEqual({ kind: "backlog" });
    expect(sheetOf({ ...base, raised: seam, status })).toBeNull();
  });

  it("goes when the backlog has its answer", () => {
    const asked = { saleId: null, reason: "asked" } as const;
    expect(sheetOf({ ...base, raised: asked, status: NOTHING })).toBeNull();
  });

  it("stays while a part of the backlog is printed, whatever else is owed", () => {
    const rail = [
      owedReceipt({ saleId: 5, state: "failed" }),
      owedReceipt({ saleId: 9, state: "printing" }),
    ];
    const raised = { saleId: null, reason: "seam" } as const;
    const status = { ...NOTHING, reminder: 5, rail };
    expect(sheetOf({ ...base, raised, printing: [9], status })).toEqual({ kind: "backlog" });
    expect(sheetOf({ ...base, raised, printing: [], status })).toBeNull();
    expect(isAnyMoving([9], rail)).toBe(true);
    expect(isAnyMoving([5], rail)).toBe(false);
  });
});
