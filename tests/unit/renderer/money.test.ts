import { describe, expect, it } from "vitest";
import { groupThousands, screenMoney } from "../../../renderer/ui/format.ts";

describe("amounts on a screen", () => {
  it("set thousands apart in the whole part only", () => {
    expect(screenMoney(99_999, "CNY")).toBe("¥999.99");
    expect(screenMoney(123_456, "CNY")).toBe("¥1,234.56");
    expect(screenMoney(1_234_567_890_123, "USD")).toBe("$12,345,678,901.23");
    expect(screenMoney(-100_000, "CNY")).toBe("-¥1,000.00");
    expect(screenMoney(1_234_567, "JPY")).toMatch(/1,234,567$/);
  });

  it("leave decimals of any length alone", () => {
    expect(groupThousands("1234.5678")).toBe("1,234.5678");
    expect(groupThousands("0.00")).toBe("0.00");
  });
});
