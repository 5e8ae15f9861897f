import { describe, expect, it } from "vitest";
import { FIRST_TEMPLATE } from "../../../main/contract/template.ts";
import { shopSchema } from "../../../main/contract/values.ts";
import { layoutReceipt } from "../../../main/domain/receipt/layout.ts";
import { CURRENCIES } from "../../../main/domain/money.ts";
import { TAX_MODES } from "../../../main/domain/sale.ts";
import { sampleSale } from "../../../renderer/features/settings/sample-sale.ts";
import {
  cashierProblem,
  patchOf,
  shopProblems,
  type OwnerSettings,
} from "../../../renderer/features/settings/settings-draft.ts";

const saved: OwnerSettings = {
  receiptLocale: "zh-CN",
  shop: { name: "小店", address: "", phone: "", footer: "" },
  currency: "CNY",
  decimalSign: ".",
  taxMode: "none",
  widthMm: 80,
  printer: { kind: "practice" },
  backupPrinter: { kind: "tcp", host: "10.0.0.9", port: 9100 },
  autoPrint: true,
  template: FIRST_TEMPLATE,
  cashiers: ["王芳"],
  customerDisplay: false,
  customerScreen: null,
  startWithSystem: false,
  kiosk: false,
  scaleLabels: { holds: "price", patterns: ["2?IIIIIAAAAAC"] },
};

describe("what is sent when settings are saved", () => {
  it("is only what differs", () => {
    expect(patchOf(saved, { ...saved, widthMm: 58 })).toEqual({ widthMm: 58 });
    expect(patchOf(saved, { shop: { ...saved.shop } })).toEqual({});
  });

  it("says that there is no backup any more", () => {
    expect(patchOf(saved, { backupPrinter: null, autoPrint: true })).toEqual({
      backupPrinter: null,
    });
  });
});

describe("the form's rules and the contract's", () => {
  it("agree about the shop's head and foot", () => {
    const texts = [
      "",
      "  ",
      "店",
      "x".repeat(40),
      "x".repeat(41),
      "x".repeat(61),
      "x".repeat(121),
      "x".repeat(201),
    ];
    for (const field of ["name", "address", "phone", "footer"] as const)
      for (const text of texts) {
        const shop = { ...saved.shop, [field]: text };
        expect(shopProblems(shop).length === 0, `${field} ${text.length}`).toBe(
          shopSchema.safeParse(shop).success,
        );
      }
  });
});

describe("shop and cashiers", () => {
  it("names every shop field that can't be saved", () => {
    expect(shopProblems(saved.shop)).toEqual([]);
    expect(shopProblems({ ...saved.shop, name: "  ", footer: "长".repeat(201) })).toEqual([
      "name",
      "footer",
    ]);
  });

  it("refuses a name twice, an empty one and the fifty-first", () => {
    expect(cashierProblem(" 王芳 ", saved.cashiers)).toBe("taken");
    expect(cashierProblem("  ", saved.cashiers)).toBe("empty");
    expect(
      cashierProblem(
        "李",
        Array.from({ length: 50 }, (_, i) => `c${i}`),
      ),
    ).toBe("tooMany");
    expect(cashierProblem("李", saved.cashiers)).toBeNull();
  });
});

describe("sample sale", () => {
  it("lays out in every currency, tax mode, language and width", () => {
    for (const currency of CURRENCIES)
      for (const taxMode of TAX_MODES)
        for (const receiptLocale of ["zh-CN", "en"] as const)
          for (const columns of [32, 48]) {
            const sale = sampleSale({ ...saved, currency, taxMode, receiptLocale }, "王芳", 0);
            expect(sale.changeMinor).toBeGreaterThan(0);
            const lines = layoutReceipt(sale, columns, { kind: "original" });
            expect(lines.length).toBeGreaterThan(10);
          }
  });
});
