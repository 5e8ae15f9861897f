import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { previewImport } from "../../../main/catalogue/import/preview.ts";
import { ean13IsValid } from "../../../main/domain/gtin.ts";

const bytes = await readFile(new URL("../../../assets/sample-catalogue.csv", import.meta.url));
const preview = await previewImport(bytes, { currency: "CNY" }, new Set());
const barcodes = preview.products.flatMap(({ barcode }) => (barcode === null ? [] : [barcode]));

test("the sample imports without a question", () => {
  expect(preview).toMatchObject({
    encoding: "utf-8",
    accepted: true,
    errorCount: 0,
    errors: [],
    missingFields: [],
  });
  expect(Object.keys(preview.mapping)).toHaveLength(8);
  expect(preview.products.length).toBeGreaterThanOrEqual(240);
});

test("every barcode of the sample is a Chinese EAN-13 and stands there once", () => {
  expect(barcodes.filter((code) => !ean13IsValid(code) || !/^69\d/.test(code))).toEqual([]);
  expect(new Set(barcodes).size).toBe(barcodes.length);
  expect(new Set(barcodes.map((code) => code.slice(0, 7))).size).toBeGreaterThan(40);
});

test("the sample has loose goods with short codes, both names, a price, a unit and a tax rate throughout", () => {
  const loose = preview.products.filter(({ barcode }) => barcode === null);
  expect(loose.length).toBeGreaterThanOrEqual(6);
  expect(loose.every(({ code }) => /^\d{3}$/.test(code))).toBe(true);
  for (const product of preview.products) {
    expect(product.nameZh).toMatch(/\p{Script=Han}/u);
    expect(product.nameEn).toMatch(/[A-Za-z]{2}/);
    expect(product.priceMinor).toBeGreaterThan(0);
    expect([product.unit, product.category]).not.toContain("");
    expect([1300, 900]).toContain(product.taxRateBp);
  }
});
