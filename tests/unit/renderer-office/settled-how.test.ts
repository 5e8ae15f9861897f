import { describe, expect, it } from "vitest";
import type { UnprovenReceipt } from "../../../main/contract/day.ts";
import { receiptStateSchema } from "../../../main/contract/values.ts";
import { inReportOrder, settledHow } from "../../../renderer/features/day-end/settled-how.ts";

const receipt = (saleId: number, state: UnprovenReceipt["state"]): UnprovenReceipt => ({
  saleId,
  atMs: saleId,
  totalMinor: 100,
  cashier: "王",
  state,
  cause: null,
  causeClass: null,
  settledBy: null,
  reason: null,
  owedMs: 0,
});

describe("how an unproven receipt stands", () => {
  it("is owed in every state that is not settled", () => {
    const owed = receiptStateSchema.options.filter((state) => settledHow({ state }) === "owed");
    expect(owed).toEqual(["due", "printing", "blocked", "failed", "unknown"]);
  });

  it("printed without device proof is a person's word", () => {
    expect(settledHow({ state: "printed" })).toBe("person");
    expect(settledHow({ state: "handwritten" })).toBe("handwritten");
  });

  it("puts the owed ones on top, oldest first", () => {
    const order = inReportOrder([
      receipt(5, "declined"),
      receipt(9, "failed"),
      receipt(3, "printed"),
      receipt(4, "unknown"),
    ]);
    expect(order.map((entry) => entry.saleId)).toEqual([4, 9, 3, 5]);
  });
});
