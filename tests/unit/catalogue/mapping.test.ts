import { expect, test } from "vitest";
import { guessMapping, resolveMapping } from "../../../main/catalogue/import/mapping.ts";

test.each([
  [
    ["条形码", "品名", "英文名", "零售价(元)", "单位", "分类", "税率", "货号"],
    ["barcode", "nameZh", "nameEn", "price", "unit", "category", "taxRate", "code"],
  ],
  [
    [
      "EAN-13",
      "Product Name",
      "English name",
      "Retail price",
      "UoM",
      "Department",
      "VAT rate",
      "SKU",
    ],
    ["barcode", "nameZh", "nameEn", "price", "unit", "category", "taxRate", "code"],
  ],
  [
    ["*商品条码（必填）", " 商品名称 ", "ＰＬＵ码", "售价/元", "条码2"],
    ["barcode", "nameZh", "code", "price", null],
  ],
  [
    ["barcode", "name_zh", "name_en", "price", "unit", "category", "tax_rate", "code"],
    ["barcode", "nameZh", "nameEn", "price", "unit", "category", "taxRate", "code"],
  ],
  [
    ["条码/Barcode", "品名/Name", "价格/Price"],
    ["barcode", "nameZh", "price"],
  ],
])("recognises %j", (headers, fields) => {
  const expected = headers.flatMap((header, index) =>
    fields[index] === null ? [] : [[fields[index], header]],
  );
  expect(guessMapping(headers)).toEqual(Object.fromEntries(expected));
});

test("the more telling of two headers wins, cost and member prices are no selling price", () => {
  const headers = ["单价", "进价", "会员价", "零售价", "名称", "商品名称"];
  expect(guessMapping(headers)).toEqual({ price: "零售价", nameZh: "商品名称" });
});

test("choices of a person go before the guess", () => {
  const headers = ["条码", "品名", "零售价", "会员价"];
  const { mapping, columns, missingFields } = resolveMapping(headers, { price: "会员价" });
  expect(mapping).toEqual({ barcode: "条码", nameZh: "品名", price: "会员价" });
  expect(columns.get("price")).toBe(3);
  expect(missingFields).toEqual([]);
});

test("a column chosen for one field is not guessed for another", () => {
  const { mapping, missingFields } = resolveMapping(["条码", "品名", "售价"], { code: "条码" });
  expect(mapping).toEqual({ code: "条码", nameZh: "品名", price: "售价" });
  expect(missingFields).toEqual([]);
});

test("'' unmaps a field; a header that is not there is missing", () => {
  const headers = ["条码", "品名", "售价", "税率"];
  expect(resolveMapping(headers, { taxRate: "" }).mapping).not.toHaveProperty("taxRate");
  expect(resolveMapping(headers, { unit: "单位" }).missingFields).toEqual(["unit"]);
});

test("names what is needed before anything can be imported", () => {
  expect(resolveMapping(["a", "b"]).missingFields).toEqual(["nameZh", "price"]);
  expect(resolveMapping(["English name", "PLU", "Price"]).missingFields).toEqual([]);
});
