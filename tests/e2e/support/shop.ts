import type { CallInput } from "../../../main/contract/calls.ts";

type SetUp = CallInput<"settings.setUp">;

/** The manager's PIN of every test shop. */
export const MANAGER_PIN = "4711";

/** A small shop as first start would set it up; tests override what they are about. */
export function testShop(overrides: Partial<SetUp> = {}): SetUp {
  return {
    locale: "zh-CN",
    receiptLocale: "zh-CN",
    theme: "light",
    density: "touch",
    sound: false,
    shop: {
      name: "永安便利店",
      address: "长乐路 12 号",
      phone: "021-5555 0101",
      footer: "谢谢惠顾",
    },
    currency: "CNY",
    taxMode: "none",
    widthMm: 80,
    printer: { kind: "practice" },
    cashiers: ["李雷", "Han Mei"],
    managerPin: MANAGER_PIN,
    sampleCatalogue: true,
    ...overrides,
  };
}
