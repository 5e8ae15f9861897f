import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { IMPORT_FIELDS as TILL_FIELDS } from "../../../main/catalogue/import/mapping.ts";
import { TEXT_ENCODINGS } from "../../../main/catalogue/import/encodings.ts";
import { WARNING_CODES as TILL_WARNINGS } from "../../../main/catalogue/import/warnings.ts";
import {
  chooseColumn,
  ENCODINGS,
  FILE_ERROR_CODES,
  IMPORT_FIELDS,
  ROW_ERROR_CODES,
  rowErrorSentence,
  SKIP_CODES,
  WARNING_CODES,
} from "../../../renderer/features/catalogue/import-fields.ts";
import en from "../../../renderer/i18n/en/catalogue.json" with { type: "json" };
import zhCN from "../../../renderer/i18n/zh-CN/catalogue.json" with { type: "json" };

/** Codes in the string unions of the reader's own source, by the end of their names. */
function codesIn(file: string, kind = "ErrorCode"): Set<string> {
  const source = readFileSync(
    new URL(`../../../main/catalogue/import/${file}`, import.meta.url),
    "utf8",
  );
  const unions = source.matchAll(new RegExp(`export type \\w*${kind} =([^;]+);`, "g"));
  return new Set(
    [...unions].flatMap((union) =>
      [...(union[1] ?? "").matchAll(/["'](\w+)["']/g)].map((m) => m[1] ?? ""),
    ),
  );
}

describe("import texts", () => {
  it("offers every field the till can read", () => {
    expect([...IMPORT_FIELDS].sort()).toEqual([...TILL_FIELDS].sort());
  });

  it("knows every row and file error the reader can give, in both languages", () => {
    const rowCodes = new Set([...codesIn("rows.ts"), ...codesIn("price.ts")]);
    expect(new Set<string>(ROW_ERROR_CODES)).toEqual(rowCodes);
    expect(new Set<string>(FILE_ERROR_CODES)).toEqual(codesIn("decode.ts"));
    for (const texts of [en, zhCN]) {
      expect(Object.keys(texts.rowError)).toEqual(expect.arrayContaining([...rowCodes, "other"]));
      expect(Object.keys(texts.fileError)).toEqual(
        expect.arrayContaining([...FILE_ERROR_CODES, "other"]),
      );
    }
  });

  it("knows every warning and every kind of line that is no product, in both languages", () => {
    expect([...WARNING_CODES]).toEqual([...TILL_WARNINGS]);
    expect(new Set<string>(SKIP_CODES)).toEqual(codesIn("rows.ts", "SkipCode"));
    for (const { skip, warning, reason } of [en, zhCN]) {
      expect(Object.keys(skip)).toEqual(expect.arrayContaining([...SKIP_CODES, "other"]));
      expect(Object.keys(reason)).toEqual(expect.arrayContaining([...ROW_ERROR_CODES, "other"]));
      for (const code of [...WARNING_CODES, "other"])
        expect(Object.keys(warning)).toContain(`${code}_other`);
    }
  });

  it("offers every encoding the till can read, each with its name", () => {
    expect([...ENCODINGS].sort()).toEqual([...TEXT_ENCODINGS].sort());
    for (const texts of [en, zhCN])
      expect(Object.keys(texts.encodingName).sort()).toEqual([...ENCODINGS].sort());
  });

  it("tells an unknown code plainly", () => {
    expect(rowErrorSentence("fromTheFuture")).toBe("other");
    expect(rowErrorSentence("badPrice")).toBe("badPrice");
  });
});

describe("choosing columns", () => {
  it("takes a column from the field that had it", () => {
    expect(chooseColumn({ price: "售价", nameZh: "品名" }, "nameEn", "品名")).toEqual({
      price: "售价",
      nameZh: "",
      nameEn: "品名",
    });
  });

  it("lets several fields go without a column", () => {
    expect(chooseColumn({ unit: "" }, "category", "")).toEqual({ unit: "", category: "" });
  });
});
