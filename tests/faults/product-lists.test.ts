import fc from "fast-check";
import iconv from "iconv-lite";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { ImportFileError } from "../../main/catalogue/import/decode.ts";
import { IMPORT_FIELDS } from "../../main/catalogue/import/mapping.ts";
import { previewImport } from "../../main/catalogue/import/preview.ts";
import { productSchema } from "../../main/contract/values.ts";
import { dayCsv } from "../../main/till/day-csv.ts";
import { PIN, TillBench } from "../unit/support/till-bench.ts";
import { anyDamage, hunt, spoil } from "./support/fuzz.ts";
import { HOSTILE_TEXTS } from "./support/hostile-values.ts";

const HEADER = ["商品条码", "商品名称", "英文名", "零售价", "单位", "分类", "税率", "编码"];
const ROWS = [
  ["6901234567892", "农夫山泉", "Spring water", "2.00", "瓶", "饮料", "13", "001"],
  ["6901028075831", '带"引号"的', "a, b", "￥1,234.50", "包", "烟", "", "002"],
];
const LIST = Papa.unparse([HEADER, ...ROWS]);
const OPTIONS = { currency: "CNY" } as const;

/** Reads a list as the till does; everything that must hold of what comes out. */
async function read(bytes: Uint8Array, mapping: Record<string, string> = {}): Promise<void> {
  try {
    const preview = await previewImport(bytes, { ...OPTIONS, mapping }, new Set());
    expect(preview.products.length === 0).toBe(!preview.accepted);
    expect(preview.errors.length).toBeLessThanOrEqual(200);
    for (const product of preview.products) {
      expect(productSchema.safeParse(product).success).toBe(true);
      // Nothing is ever stored that was not in the file: no replaced characters, no control characters.
      expect(JSON.stringify(product)).not.toMatch(/\\u00[01]|\ufffd/);
    }
    expect(() => JSON.stringify(preview)).not.toThrow();
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error;
  }
}

const anyCell = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS, ...ROWS.flat()),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    "9".repeat(40),
    "1e9",
    "0x10",
    "１２．５０",
    "-0.01",
    "1.005",
    "(3)",
    "Infinity",
    "١٢",
  ),
);
const anyTable = fc
  .tuple(
    fc.shuffledSubarray([...HEADER, "未知", "", "__proto__", "商品名称"], { minLength: 1 }),
    fc.array(fc.array(anyCell, { maxLength: 12 }), { maxLength: 12 }),
  )
  .map(([header, rows]) => [header, ...rows]);

test("lists of any cells in any order and encoding are read, or refused in words", async () => {
  const lists = fc.record({
    table: anyTable,
    delimiter: fc.constantFrom(",", ";", "\t"),
    newline: fc.constantFrom("\n", "\r\n", "\r"),
    quotes: fc.boolean(),
    encoding: fc.constantFrom("utf8", "gb18030", "gbk", "utf16le", "utf16-be", "big5", "shiftjis"),
    addBOM: fc.boolean(),
    mapping: fc.dictionary(
      fc.constantFrom(...IMPORT_FIELDS, "constructor", "__proto__"),
      fc.constantFrom(...HEADER, "", "no such", "__proto__"),
    ),
  });
  await hunt(lists, 400, async ({ table, encoding, addBOM, mapping, ...format }) => {
    const text = Papa.unparse(table, format);
    await read(iconv.encode(text, encoding, { addBOM }), mapping);
  });
});

test("a list that is damaged anywhere is read, or refused in words", async () => {
  const whole = ["utf8", "gb18030", "utf16le"].map((encoding) => iconv.encode(LIST, encoding));
  await hunt(fc.tuple(fc.constantFrom(...whole), anyDamage), 600, ([bytes, damage]) =>
    read(spoil(bytes, damage)),
  );
  await hunt(fc.uint8Array({ maxLength: 500 }), 300, (bytes) => read(bytes));
});

/** Files that are too much of one thing. */
const LARGE: Record<string, () => string> = {
  "one cell of 2 MB": () => `${LIST}\n6901234567892,${"x".repeat(2_000_000)}`,
  "a quote that is never closed": () => `${LIST}\n"${"a,b\n".repeat(200_000)}`,
  "quotes only": () => `${LIST}\n${'"'.repeat(600_000)}`,
  "100 000 columns": () => `${"a,".repeat(100_000)}\n${"1,".repeat(100_000)}`,
  "a header repeated 20 000 times": () => `${"条码,".repeat(20_000)}\n1`,
  "blank rows only": () => "\n".repeat(1_000_000),
  "brackets in a header": () => `${"(".repeat(60_000)},条码\n1,2`,
  "blanks in a price": () => `条码,品名,零售价\n6901234567892,a,${" ".repeat(500_000)}1`,
  "commas in a price": () => `条码;品名;零售价\n6901234567892;a;${"1,".repeat(100_000)}`,
};

test.each(Object.entries(LARGE))("%s", async (_what, make) => {
  await read(Buffer.from(make()));
});

test("200 000 rows are read row by row, and others have their turn meanwhile", async () => {
  const rows = Array.from({ length: 200_000 }, (_, n) => `c${n},商品${n},1.00`);
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  const bytes = Buffer.from(["编码,商品名称,零售价", ...rows].join("\n"));
  const preview = await previewImport(bytes, OPTIONS, new Set());
  clearInterval(timer);
  expect(preview.accepted).toBe(true);
  expect(preview.products.length).toBe(200_000);
  expect(turns).toBeGreaterThan(20);
});

test("a workbook is not opened, so there is nothing a zip bomb could swell in", async () => {
  const zip = Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(1_000_000)]);
  await expect(previewImport(zip, OPTIONS, new Set())).rejects.toMatchObject({
    code: "isSpreadsheet",
  });
});

test("what looks like a formula stays text: in the list, on paper and in what is exported", async () => {
  const bench = await TillBench.open();
  const names = ["=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"];
  const rows = names.map((name, n) => [`f${n}`, name, "1.00"]);
  const bytes = Buffer.from(Papa.unparse([["编码", "商品名称", "零售价"], ...rows]));
  const file = { fileName: "=1.csv", bytes: bytes.toString("base64"), mapping: null };
  await bench.call("catalogue.import", { ...file, requestId: bench.requestId(), pin: PIN });
  const { product } = await bench.call("catalogue.find", { code: "f0" });
  expect(product?.nameZh).toBe(names[0]);
  bench.device.openCover();
  for (const reason of names.filter((name) => name.trim() === name)) {
    const saleId = await bench.sell();
    await bench.until(({ rail }) => rail.some((owed) => owed.saleId === saleId));
    await bench.until(({ printer }) => printer.queue === 0);
    await bench.call("receipt.declined", { ...bench.exit(saleId), reason });
  }
  const { text } = await bench.call("day.csv", { dayId: null });
  const cells = Papa.parse<string[]>(text.replace("\ufeff", "")).data.flat();
  expect(cells).toContain("'=cmd|'/C calc'!A0");
  expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
});

test("no text in an exported report begins a formula or another cell", async () => {
  const bench = await TillBench.open();
  await bench.sell();
  const report = await bench.call("day.report", { dayId: null });
  const receipt = {
    saleId: 1,
    atMs: 0,
    totalMinor: 100,
    state: "declined" as const,
    cause: null,
    causeClass: null,
    owedMs: 0,
    settledAtMs: null,
  };
  const texts = fc.record({ cashier: anyCell, settledBy: anyCell, reason: anyCell });
  await hunt(texts, 300, (said) => {
    const unproven = [{ ...report.unproven[0], ...receipt, ...said }] as typeof report.unproven;
    const csv = dayCsv({ ...report, unproven }, "CNY", "en", 480);
    const rows = Papa.parse<string[]>(csv.replace("\ufeff", ""), { skipEmptyLines: true }).data;
    expect(rows.length).toBe(4);
    expect(rows[1]?.length).toBe(10);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝]/);
  });
});
