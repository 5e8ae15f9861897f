import { describe, expect, it } from "vitest";
import {
  FIRST_TEMPLATE,
  receiptTemplateSchema,
  type ReceiptTemplate,
} from "../../../main/contract/template.ts";
import { layoutReceipt } from "../../../main/domain/receipt/layout.ts";
import {
  isBlank,
  logoOf,
  type LogoSize,
  type Pixels,
} from "../../../renderer/features/settings/template/picture-file.ts";
import { sampleSale } from "../../../renderer/features/settings/sample-sale.ts";
import {
  fitNotes,
  maxCharsOf,
  templateProblems,
  type TemplateText,
} from "../../../renderer/features/settings/template/template-draft.ts";

const FIELDS = ["header", "taxId", "returns", "notes", "qrText", "qrCaption"] as const;

/** A picture all of one grey. */
function picture(width: number, height: number, grey: number, alpha = 255): Pixels {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < rgba.length; at += 4) rgba.set([grey, grey, grey, alpha], at);
  return { rgba, width, height };
}

describe("the form's rules and the contract's", () => {
  const accepts = (template: ReceiptTemplate) => receiptTemplateSchema.safeParse(template).success;

  it.each(FIELDS)("agree about %s", (field) => {
    const max = maxCharsOf(field);
    for (const length of [0, 1, max - 1, max, max + 1])
      for (const text of ["x".repeat(length), ` ${"x".repeat(length)} `, "店".repeat(length)]) {
        const template = { ...FIRST_TEMPLATE, [field]: text };
        const problems: TemplateText[] = accepts(template) ? [] : [field];
        expect(templateProblems(template), `${length} ${text.slice(0, 3)}`).toEqual(problems);
      }
  });

  it("agree about how much a QR code holds", () => {
    const parts = ["{no}", "{total}", "{date}", "{other}", "二维码", "https://example.com/"];
    for (const part of parts)
      for (let times = 1; times <= 30; times += 1) {
        const template = { ...FIRST_TEMPLATE, qrText: part.repeat(times) };
        expect(templateProblems(template).length === 0, `${part} × ${times}`).toBe(
          accepts(template),
        );
      }
    // 17 totals take 272 bytes at worst; the limit lies a few letters further.
    for (let letters = 0; letters <= 20; letters += 1) {
      const template = {
        ...FIRST_TEMPLATE,
        qrText: "{total}".repeat(17) + "x".repeat(letters),
      };
      expect(templateProblems(template).length === 0, `${letters} letters`).toBe(accepts(template));
    }
  });
});

describe("what does not go with the paper", () => {
  const template: ReceiptTemplate = {
    ...FIRST_TEMPLATE,
    header: `短\n${"宽".repeat(17)}`,
    taxId: "9".repeat(28),
    qrCaption: "x".repeat(33),
    logo: logoOf(picture(600, 20, 0), "whole", 48),
  };

  it("is said for narrow paper and not for wide", () => {
    expect(fitNotes(template, 32, "zh-CN")).toEqual(["header", "taxId", "qrCaption", "logo"]);
    expect(fitNotes(template, 48, "zh-CN")).toEqual([]);
    expect(fitNotes(FIRST_TEMPLATE, 32, "zh-CN")).toEqual([]);
  });

  it("is what the layout breaks", () => {
    const look = {
      shop: { name: "店", address: "", phone: "", footer: "" },
      currency: "CNY",
      taxMode: "none",
      receiptLocale: "zh-CN",
      template,
    } as const;
    const rows = (columns: number) =>
      layoutReceipt(sampleSale(look, "王芳", 0), columns, { kind: "original" }).filter(
        (line) => line.kind === "text" && line.role === "shop" && line.size === "normal",
      ).length;
    // Two rows of header and one of the tax number, and one more for each that is too wide.
    expect(rows(48)).toBe(3);
    expect(rows(32)).toBe(5);
  });
});

describe("a logo from a picture", () => {
  it.each([
    ["small", 192],
    ["medium", 288],
    ["large", 432],
    ["whole", 576],
  ] as const)("%s takes %i dots of wide paper", (size: LogoSize, widthDots) => {
    expect(logoOf(picture(1200, 300, 0), size, 48).widthDots).toBe(widthDots);
  });

  it("is never wider than the paper, nor made larger than it is", () => {
    expect(logoOf(picture(1200, 300, 0), "whole", 32).widthDots).toBe(384);
    expect(logoOf(picture(100, 40, 0), "whole", 48)).toMatchObject({
      widthDots: 100,
      heightDots: 40,
    });
  });

  it("can be kept by the contract, whatever its shape", () => {
    for (const [width, height] of [
      [1200, 1200],
      [1, 1200],
      [1200, 1],
    ] as const) {
      const logo = logoOf(picture(width, height, 0), "whole", 48);
      expect(receiptTemplateSchema.safeParse({ ...FIRST_TEMPLATE, logo }).success).toBe(true);
    }
  });

  it("is known to be empty when nothing of it would be burnt", () => {
    expect(isBlank(logoOf(picture(64, 64, 255), "whole", 48))).toBe(true);
    expect(isBlank(logoOf(picture(64, 64, 0, 0), "whole", 48))).toBe(true);
    expect(isBlank(logoOf(picture(65, 63, 0), "whole", 48))).toBe(false);
  });
});
