import { describe, expect, it } from "vitest";
import { lastDigitsOf } from "../../../renderer/features/reminder/exits/exit-kind.ts";
import { settleDraft } from "../../../renderer/features/sell/pay/tender-draft.ts";

const cash = (amountMinor: number | null) => ({
  method: "cash" as const,
  amountMinor,
  reference: "",
});

describe("taking money", () => {
  it("takes all that is due when nothing is typed", () => {
    expect(settleDraft(cash(null), [], 3500)).toEqual({
      kind: "complete",
      tenders: [{ method: "cash", amountMinor: 3500, reference: null }],
    });
  });

  it("takes more only in cash", () => {
    expect(settleDraft(cash(5000), [], 3500).kind).toBe("complete");
    expect(settleDraft({ method: "wechat", amountMinor: 5000, reference: "" }, [], 3500)).toEqual({
      kind: "tooMuch",
    });
  });

  it("takes less as a part and the rest afterwards", () => {
    const part = settleDraft(cash(2000), [], 3500);
    expect(part.kind).toBe("part");
    const taken = part.kind === "part" ? [part.tender] : [];
    const rest = { method: "alipay" as const, amountMinor: null, reference: " 1234 " };
    expect(settleDraft(rest, taken, 3500)).toEqual({
      kind: "complete",
      tenders: [
        { method: "cash", amountMinor: 2000, reference: null },
        { method: "alipay", amountMinor: 1500, reference: "1234" },
      ],
    });
  });

  it("does not take nothing, but completes a sale that costs nothing", () => {
    expect(settleDraft(cash(0), [], 3500)).toEqual({ kind: "nothing" });
    expect(settleDraft(cash(null), [], 0).kind).toBe("complete");
  });
});

describe("the two digits of an exit", () => {
  it("are the end of the amount", () => {
    expect([12345, 3500, 5, 0].map(lastDigitsOf)).toEqual(["45", "00", "05", "00"]);
  });
});
