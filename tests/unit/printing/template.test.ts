import { describe, expect, it } from "vitest";
import {
  FIRST_TEMPLATE,
  logoSchema,
  qrTextBytes,
  receiptTemplateSchema,
} from "../../../main/contract/template.ts";
import { LOGO_LIMIT, logoFromPixels } from "../../../main/domain/receipt/logo.ts";
import { fillQrText, templateSnapshot } from "../../../main/domain/receipt/template.ts";
import { qrCode } from "../../../main/printing/escpos/symbols.ts";

const accepts = (change: object) =>
  receiptTemplateSchema.safeParse({ ...FIRST_TEMPLATE, ...change }).success;

describe("the template", () => {
  it("takes what an older version stored, and fills in the rest", () => {
    expect(receiptTemplateSchema.parse({ pack: "cn" })).toEqual(FIRST_TEMPLATE);
    expect(receiptTemplateSchema.parse({ pack: "uk", taxId: " GB 1 " })).toEqual({
      ...FIRST_TEMPLATE,
      pack: "uk",
      taxId: "GB 1",
    });
    expect(receiptTemplateSchema.safeParse({ pack: "us" }).success).toBe(false);
  });

  it("refuses a QR text that would not fit, counted with its placeholders filled", () => {
    expect(accepts({ qrText: "https://example.com/{no}/{total}/{date}" })).toBe(true);
    expect(accepts({ qrText: "中".repeat(93) })).toBe(true);
    expect(accepts({ qrText: "中".repeat(94) })).toBe(false);
    expect(accepts({ qrText: "{total}".repeat(18) })).toBe(false);
    expect(accepts({ qrText: "x".repeat(201) })).toBe(false);
    const longest = "x".repeat(280);
    expect(qrTextBytes("{no}{total}{date}{else}")).toBe(12 + 16 + 10 + 6);
    // What the limit lets through can be printed on the narrowest paper, five dots a module.
    expect(Buffer.from(qrCode(longest, 384)?.bytes ?? []).toString("hex")).toContain("31430");
  });

  it("refuses a logo whose dots are not as many as its size says", () => {
    const logo = logoFromPixels(new Uint8Array(9 * 2 * 4), 9, 2);
    expect(logoSchema.safeParse(logo).success).toBe(true);
    expect(logoSchema.safeParse({ ...logo, widthDots: 17 }).success).toBe(false);
    expect(logoSchema.safeParse({ ...logo, heightDots: 3 }).success).toBe(false);
    expect(logoSchema.safeParse({ ...logo, bits: "!" }).success).toBe(false);
    const { widthDots, heightDots } = LOGO_LIMIT;
    const pixels = new Uint8Array(widthDots * heightDots * 4).fill(255);
    expect(logoSchema.safeParse(logoFromPixels(pixels, widthDots, heightDots)).success).toBe(true);
    expect(logoSchema.safeParse({ ...logo, widthDots: 577 }).success).toBe(false);
  });
});

describe("the snapshot kept with a sale", () => {
  it("holds what can be seen on paper, the logo by name only", () => {
    const logo = logoFromPixels(new Uint8Array(8 * 8 * 4), 8, 8);
    const snapshot = templateSnapshot({ ...FIRST_TEMPLATE, logo } as typeof FIRST_TEMPLATE, "hash");
    expect(snapshot.logoId).toBe("hash");
    expect(Object.keys(snapshot)).not.toContain("logo");
    expect(Object.keys(snapshot)).not.toContain("buzzer");
    expect(Object.keys(snapshot)).not.toContain("drawerOnCash");
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  });

  it("fills the QR text with the sale's own, once, whatever it contains", () => {
    const values = { no: "{total}", total: "9.90", date: "2026-11-23" };
    expect(fillQrText("{no}/{no}/{total}/{date}/{x}/$&", values)).toBe(
      "{total}/{total}/9.90/2026-11-23/{x}/$&",
    );
  });
});
