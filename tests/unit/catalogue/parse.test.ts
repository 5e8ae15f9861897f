import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { parseTable } from "../../../main/catalogue/import/parse.ts";

test.each([",", ";", "\t"] as const)("finds the delimiter %j", async (delimiter) => {
  const text = [
    ["条码", "品名", "售价"],
    ["6901234567892", "水", "2"],
  ]
    .map((cells) => cells.join(delimiter))
    .join("\r\n");
  const table = await parseTable(text);
  expect(table).toMatchObject({ delimiter, headers: ["条码", "品名", "售价"], headerRow: 1 });
  expect(table.rows.map(({ cells }) => cells)).toEqual([["6901234567892", "水", "2"]]);
});

test("commas in preface and names do not win over the delimiter of the header", async () => {
  const text = "幸福路店,2026年,全部商品,导出\n条码;品名;售价\n1;a,b,c,d,e;2,5\n2;f,g,h,i,j;3,5\n";
  expect(await parseTable(text)).toMatchObject({ delimiter: ";", headerRow: 2 });
});

test("skips a preface of any length below fifty rows and keeps the row numbers of the file", async () => {
  const preface = Array.from({ length: 22 }, (_, index) => `说明${index}`).join("\n");
  const table = await parseTable(`${preface}\n\n条码,品名,售价\n\n1,水,2\n`);
  expect(table.headerRow).toBe(24);
  expect(table.rows).toMatchObject([{ row: 26, cells: ["1", "水", "2"] }]);
});

test("a quoted line break stays in its cell and counts as one row", async () => {
  const table = await parseTable('条码,品名,售价\r\n1,"天然水\r\n""大""瓶",2\r\n2,茶,3\r\n');
  expect(table.rows).toMatchObject([
    { row: 2, cells: ["1", '天然水\n"大"瓶', "2"] },
    { row: 3, cells: ["2", "茶", "3"] },
  ]);
});

test("short and long rows come through as they are", async () => {
  const table = await parseTable("条码,品名,售价\n1,水\n2,茶,3,,\n3,a,4,5\n");
  expect(table.rows.map(({ cells }) => cells.length)).toEqual([2, 5, 4]);
});

test("headers become unique, empty ones get their column number", async () => {
  expect((await parseTable("品名,, 售价 ,品名,,\n")).headers).toEqual([
    "品名",
    "#2",
    "售价",
    "品名 (2)",
  ]);
});

test("without any known header the widest of the first rows is taken", async () => {
  expect(await parseTable("Meine Liste\nStrich;Artikel;Preis\n1;Wasser;2\n")).toMatchObject({
    delimiter: ";",
    headers: ["Strich", "Artikel", "Preis"],
  });
});

test("headers chosen by a person find the header row", async () => {
  const text = "a,b,c,d\nStrich,Artikel,Preis\n1,Wasser,2\n";
  expect(await parseTable(text, { barcode: "Strich", price: "Preis" })).toMatchObject({
    headerRow: 2,
  });
});

test.each([
  ["never closed", '1,水,2\n2,"茶,3\n3,奶,4\n'],
  ["closed in the middle", '1,水,2\n2,"茶"叶,3\n3,奶,4\n'],
])("marks a row whose quotes are %s", async (_name, rows) => {
  const table = await parseTable(`条码,品名,售价\n${rows}`);
  expect(table.rows.map(({ hasBadQuotes }) => hasBadQuotes).slice(0, 2)).toEqual([false, true]);
});

test("slices change nothing: any table comes back as it was written", async () => {
  const cell = fc.stringMatching(/^[a-z"，,;\n\t 水茶]{0,12}$/);
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom(",", ";", "\t"), async (some, delimiter) => {
      // Repeated until the text spans several slices.
      const records = Array.from({ length: 2000 }, (_, index) => [
        `${index}`,
        ...(some[index % some.length] ?? []),
      ]);
      const text = Papa.unparse([["条码", "品名", "售价", "单位"], ...records], {
        delimiter,
        newline: "\r\n",
      });
      const table = await parseTable(text);
      expect(table.rows.map(({ cells }) => cells)).toEqual(records);
      expect(table.rows.at(-1)?.row).toBe(2001);
    }),
    { numRuns: 15 },
  );
});
