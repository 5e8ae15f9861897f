import { expect, test } from "vitest";
import { previewImport } from "../../../main/catalogue/import/preview.ts";
import type { RowError } from "../../../main/catalogue/import/rows.ts";

const HEADER = "条码,品名,英文名,售价,单位,分类,税率,货号";

async function errorsOf(...rows: string[]): Promise<RowError[]> {
  const bytes = new TextEncoder().encode([HEADER, ...rows].join("\n"));
  const preview = await previewImport(bytes, { currency: "CNY" }, new Set());
  expect(preview.accepted).toBe(false);
  expect(preview.errorCount).toBe(preview.errors.length);
  return preview.errors;
}

const long = (length: number) => "水".repeat(length);

test.each([
  ["6901234567892,,,2,瓶,,,", "nameZh", "missingName", ""],
  [",水,,,瓶,,,", null, "onlyName", "水"],
  ["6901234567892,水,,两块,瓶,,,", "price", "badPrice", "两块"],
  ["6901234567892,水,,$2,瓶,,,", "price", "otherCurrency", "$2"],
  ["6901234567892,水,,2.0051,瓶,,,", "price", "tooManyDecimals", "2.0051"],
  ["6901234567890,水,,2,瓶,,,", "barcode", "badBarcode", "6901234567890"],
  ["条码贴纸,水,,2,瓶,,,", "barcode", "badBarcode", "条码贴纸"],
  ["6.90123E+12,水,,2,瓶,,,", "barcode", "barcodeLostDigits", "6.90123E+12"],
  [",水,,2,瓶,,,6.90123E+12", "code", "barcodeLostDigits", "6.90123E+12"],
  [",水,,2,瓶,,,A 1", "code", "badCode", "A 1"],
  ["6901234567892,水,,2,瓶,,0.13,", "taxRate", "badTaxRate", "0.13"],
  [`6901234567892,${long(101)},,2,瓶,,,`, "nameZh", "nameTooLong", long(80)],
  [`6901234567892,水,${"w".repeat(101)},2,瓶,,,`, "nameEn", "nameTooLong", "w".repeat(80)],
  [`6901234567892,水,,2,${long(11)},,,`, "unit", "textTooLong", long(11)],
  [`6901234567892,水,,2,瓶,${long(41)},,`, "category", "textTooLong", long(41)],
  [
    "6901234567892,水,天然,550ml,2,瓶,,,",
    null,
    "tooManyCells",
    "6901234567892 水 天然 550ml 2 瓶   ",
  ],
  ["6901234567892,水,,2,瓶,,,,新品", null, "tooManyCells", "6901234567892 水  2 瓶    新品"],
  ['6901234567892,"水"瓶,,2,瓶,,,', null, "badQuotes", '6901234567892 水"瓶,,2,瓶,,,'],
])("%s", async (row, field, code, value) => {
  const good = "6901234567885,茶,,3,瓶,,,";
  const [error, ...others] = await errorsOf(good, row);
  expect(error).toMatchObject({ row: 3, field, code, value });
  expect(others).toEqual([]);
});

test("empty cells at the end of every row are no fault", async () => {
  const rows = "6901234567892,水,,2,,,,,\n6901234567885,茶,,3,,,,,";
  expect(await productOf(rows)).toMatchObject({ nameZh: "水" });
});

test("names both rows of a duplicate, whichever column the code stands in", async () => {
  const rows = [
    "6901234567892,水,,2,,,,",
    "",
    "6901234567892,茶,,3,,,,",
    ",奶,,3,,,,6901234567892",
    ",蛋,,1,,,,E1",
    "E1,糖,,1,,,,",
  ];
  expect(await errorsOf(...rows)).toMatchObject([
    { row: 4, field: "barcode", value: "6901234567892", otherRow: 2, name: "茶" },
    { row: 5, field: "code", value: "6901234567892", otherRow: 2, name: "奶" },
    { row: 7, field: "barcode", value: "E1", otherRow: 6, name: "糖" },
  ]);
});

test("lists every fault of a row, and codes that lost their digits are not duplicates as well", async () => {
  const errors = await errorsOf("6.90123E+12,,,x,,,x,", "6.90123E+12,水,,2,,,,");
  expect(errors.map(({ row, code }) => `${row} ${code}`)).toEqual([
    "2 barcodeLostDigits",
    "2 missingName",
    "2 badPrice",
    "2 badTaxRate",
    "3 barcodeLostDigits",
  ]);
});

async function productOf(row: string, header = HEADER) {
  const bytes = new TextEncoder().encode(`${header}\n${row}\n`);
  const preview = await previewImport(bytes, { currency: "CNY" }, new Set());
  expect(preview.errors).toEqual([]);
  return preview.products[0];
}

test("reads a full row", async () => {
  expect(await productOf("6901234567892,农夫山泉,Nongfu,￥2.00,瓶,饮料,13%,A1")).toEqual({
    code: "A1",
    barcode: "6901234567892",
    nameZh: "农夫山泉",
    nameEn: "Nongfu",
    priceMinor: 200,
    unit: "瓶",
    category: "饮料",
    taxRateBp: 1300,
  });
});

test("a short row and missing columns leave the rest empty; the barcode is the key", async () => {
  expect(await productOf("6901234567892,,Water,2")).toEqual({
    code: "6901234567892",
    barcode: "6901234567892",
    nameZh: "Water",
    nameEn: "Water",
    priceMinor: 200,
    unit: "",
    category: "",
    taxRateBp: null,
  });
});

test.each([
  '"=""6901234567892"""',
  "'6901234567892",
  "`6901234567892\t",
  "６９０１２３４５６７８９２",
  "6901234567892.0",
])("takes the wrapping off the barcode %s", async (cell) => {
  expect((await productOf(`${cell},水,,2`))?.barcode).toBe("6901234567892");
});

test.each(["96385074", "036000291452", "A-100", "20001"])(
  "takes the barcode %s",
  async (barcode) => {
    expect((await productOf(`${barcode},水,,2`))?.barcode).toBe(barcode);
  },
);

test("a line break inside a name becomes a blank", async () => {
  expect((await productOf('6901234567892,"天然水\r\n550ml",,2'))?.nameZh).toBe("天然水 550ml");
});

test("a total line is no product, a product called total is", async () => {
  expect(await productOf("6901234567892,水,,2,,,,\n合计,,,2,,,,\n,总计：,,2,,,,")).toMatchObject({
    nameZh: "水",
  });
  expect(await productOf("A1,合计,1", "货号,品名,售价")).toMatchObject({ nameZh: "合计" });
  expect(await productOf("合计,A1,1", "品名,货号,售价")).toMatchObject({ nameZh: "合计" });
});
