import fc from "fast-check";
import iconv from "iconv-lite";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { ImportFileError } from "../../../main/catalogue/import/decode.ts";
import { previewImport } from "../../../main/catalogue/import/preview.ts";
import { gtinCheckDigit } from "../../../main/domain/gtin.ts";
import { countTurnsDuring } from "./turns.ts";

const CNY = { currency: "CNY" } as const;
const NONE: ReadonlySet<string> = new Set();
const bytesOf = (text: string) => new TextEncoder().encode(text);
const ean = (index: number) => {
  const digits = `69${String(index).padStart(10, "0")}`;
  return digits + gtinCheckDigit(digits);
};

test("reads a GB18030 export with a preface and says what it found", async () => {
  const text = `幸福路便利店,,\r\n导出时间,2026-11-20,\r\n条码,品名,零售价(元)\r\n${ean(1)},农夫山泉,2.00\r\n${ean(2)},㐂茶,15\r\n`;
  const preview = await previewImport(iconv.encode(text, "gb18030"), CNY, new Set([ean(2)]));
  expect(preview).toMatchObject({
    encoding: "gb18030",
    delimiter: ",",
    headers: ["条码", "品名", "零售价(元)"],
    headerRow: 3,
    mapping: { barcode: "条码", nameZh: "品名", price: "零售价(元)" },
    missingFields: [],
    rowCount: 2,
    newCount: 1,
    changedCount: 1,
    errorCount: 0,
    errors: [],
    accepted: true,
  });
  expect(preview.products.map(({ nameZh, priceMinor }) => [nameZh, priceMinor])).toEqual([
    ["农夫山泉", 200],
    ["㐂茶", 1500],
  ]);
  expect(JSON.parse(JSON.stringify(preview))).toEqual(preview);
});

test("a product known by its barcode counts as changed though the file has its own codes", async () => {
  const bytes = bytesOf(`货号,条码,品名,售价\nA1,${ean(1)},水,2\nA2,${ean(2)},茶,3\n`);
  expect(await previewImport(bytes, CNY, new Set([ean(1), "A2"]))).toMatchObject({
    newCount: 0,
    changedCount: 2,
  });
});

test("missing columns are asked for before any row is judged, and a mapping answers", async () => {
  const bytes = bytesOf("Alpha;Beta;Gamma\n96385074;Wasser;2,5\n");
  const first = await previewImport(bytes, CNY, NONE);
  expect(first).toMatchObject({ accepted: false, errorCount: 0, rowCount: 1, products: [] });
  expect(first.missingFields).toEqual(["barcode", "nameZh", "price"]);
  expect(first.sampleRows).toEqual([["96385074", "Wasser", "2,5"]]);
  const mapping = { barcode: "Alpha", nameZh: "Beta", price: "Gamma" };
  const second = await previewImport(bytes, { ...CNY, mapping }, NONE);
  expect(second).toMatchObject({ accepted: true, mapping });
  expect(second.products[0]?.priceMinor).toBe(250);
});

test("currency decimals are those of the shop", async () => {
  const bytes = bytesOf("code,name,price\nA1,tea,150\n");
  expect((await previewImport(bytes, { currency: "JPY" }, NONE)).products[0]?.priceMinor).toBe(150);
  expect((await previewImport(bytes, CNY, NONE)).products[0]?.priceMinor).toBe(15_000);
});

test("a header without rows is not accepted", async () => {
  expect(await previewImport(bytesOf("条码,品名,售价\n"), CNY, NONE)).toMatchObject({
    accepted: false,
    rowCount: 0,
  });
});

test("lists the first 200 errors and counts all", async () => {
  const rows = Array.from({ length: 300 }, (_, index) => `${ean(index)},水${index},x`).join("\n");
  const preview = await previewImport(bytesOf(`条码,品名,售价\n${rows}`), CNY, NONE);
  expect(preview).toMatchObject({ errorCount: 300, accepted: false });
  expect(preview.errors.map(({ row }) => row)).toEqual(
    Array.from({ length: 200 }, (_, index) => index + 2),
  );
});

test.each(["utf8", "gb18030"])(
  "10 000 rows in %s: every product arrives and other work gets its turns",
  async (encoding) => {
    const rows = Array.from({ length: 10_000 }, (_, index) => [
      ean(index),
      `天然水"${index}",大`,
      `${index}.05`,
      "瓶",
    ]);
    const text = Papa.unparse([["条码", "品名", "售价", "单位"], ...rows], { newline: "\r\n" });
    const { result, turns } = await countTurnsDuring(() =>
      previewImport(iconv.encode(text, encoding), CNY, NONE),
    );
    expect(result).toMatchObject({ accepted: true, rowCount: 10_000, newCount: 10_000 });
    expect(result.products[9_999]).toMatchObject({
      code: ean(9_999),
      priceMinor: 999_905,
      nameZh: '天然水"9999",大',
    });
    // 40 slices of rows and at least as many again for decoding and parsing would pass; far fewer would mean a freeze.
    expect(turns).toBeGreaterThan(45);
  },
);

const name = fc.stringMatching(/^[水茶奶糖A-Za-z0-9,"; ]{0,20}$/).map((text) => `品${text}`);
const goodRow = fc.record({ name, minor: fc.integer({ min: 0, max: 9_999_999 }) });
const badPart = fc.constantFrom(
  { price: "$1" },
  { price: "1.0051" },
  { price: "x" },
  { name: " " },
  { code: "6.90123E+12" },
  { code: "苹果" },
);

test("an import is all or nothing", async () => {
  const rows = fc.array(goodRow, { minLength: 1, maxLength: 30 });
  const bad = fc.option(fc.tuple(fc.nat(), badPart));
  await fc.assert(
    fc.asyncProperty(
      rows,
      bad,
      fc.constantFrom("utf8", "gb18030"),
      async (good, fault, encoding) => {
        const cells = good.map((row, index) => ({
          code: ean(index),
          name: row.name,
          price: `${Math.trunc(row.minor / 100)}.${String(row.minor % 100).padStart(2, "0")}`,
        }));
        const at = fault === null ? -1 : fault[0] % cells.length;
        if (fault !== null) Object.assign(cells[at] ?? {}, fault[1]);
        const text = Papa.unparse([
          ["条码", "品名", "售价"],
          ...cells.map(({ code, name, price }) => [code, name, price]),
        ]);
        const preview = await previewImport(iconv.encode(text, encoding), CNY, NONE);
        expect(preview.rowCount).toBe(good.length);
        if (fault === null) {
          expect(preview).toMatchObject({ accepted: true, errorCount: 0 });
          expect(preview.products.map(({ priceMinor }) => priceMinor)).toEqual(
            good.map(({ minor }) => minor),
          );
        } else {
          expect(preview).toMatchObject({ accepted: false, errorCount: 1, products: [] });
          expect(preview.errors[0]?.row).toBe(at + 2);
        }
      },
    ),
  );
});

test("whatever bytes come in, the answer is a preview or a typed refusal", async () => {
  const noise = fc.uint8Array({ maxLength: 300 });
  const listed = fc
    .stringMatching(/^[条码品名售价,;"\n\t 0-9a]{0,200}$/)
    .map((text) => bytesOf(`条码,品名,售价\n${text}`));
  await fc.assert(
    fc.asyncProperty(fc.oneof(noise, listed), async (bytes) => {
      const answer = await previewImport(bytes, CNY, NONE).catch((error: unknown) => error);
      if (answer instanceof ImportFileError) return;
      expect(answer).toHaveProperty("accepted");
    }),
    { numRuns: 500 },
  );
});
