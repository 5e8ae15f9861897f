import iconv from "iconv-lite";
import { expect, test } from "vitest";
import {
  decodeTable,
  IMPORT_FILE_ERROR_WORDS,
  type ImportFileErrorCode,
} from "../../../main/catalogue/import/decode.ts";
import { countTurnsDuring } from "./turns.ts";

const TEXT = "条码,品名,售价\n6901234567892,农夫山泉饮用天然水550ml,2.00\n";

test.each([
  ["utf-8", new TextEncoder().encode(TEXT)],
  ["utf-8", iconv.encode(TEXT, "utf8", { addBOM: true })],
  ["utf-16le", iconv.encode(TEXT, "utf16le", { addBOM: true })],
  ["utf-16be", iconv.encode(TEXT, "utf16be", { addBOM: true })],
  ["gb18030", iconv.encode(TEXT, "gb18030")],
  ["gb18030", iconv.encode(TEXT, "gbk")],
] as const)("reads %s", async (encoding, bytes) => {
  expect(await decodeTable(bytes)).toMatchObject({ text: TEXT, encoding, isSure: true });
});

test("reads GB18030 characters of four bytes", async () => {
  const text = "品名,售价\n㐂寿司𠮷野家,3.50\n";
  const bytes = iconv.encode(text, "gb18030");
  expect(bytes.length).toBeGreaterThan(
    iconv.encode("品名,售价\n寿司野家,3.50\n", "gbk").length + 7,
  );
  expect(await decodeTable(bytes)).toMatchObject({ text, encoding: "gb18030" });
});

test.each(["utf8", "gb18030"])(
  "characters cut by a slice boundary stay whole in %s",
  async (encoding) => {
    // An odd number of bytes in front moves the boundary through every position within a character.
    for (const front of ["", "a", "ab"]) {
      const text = front + "农夫山泉\n".repeat(40_000);
      expect((await decodeTable(iconv.encode(text, encoding))).text === text).toBe(true);
    }
  },
);

test.each(["utf8", "gb18030"])("a megabyte of %s leaves other work its turns", async (encoding) => {
  const bytes = iconv.encode("农夫山泉\n".repeat(120_000), encoding);
  expect((await countTurnsDuring(() => decodeTable(bytes))).turns).toBeGreaterThanOrEqual(8);
});

const damaged = Buffer.from(TEXT.repeat(20));
damaged[damaged.indexOf("泉") + 1] = 0x2c;

const REFUSED: [string, ImportFileErrorCode, Uint8Array][] = [
  [
    "an .xlsx file",
    "isSpreadsheet",
    Buffer.from("PK\u0003\u0004\u0014\u0000\u0006\u0000", "latin1"),
  ],
  ["an .xls file", "isSpreadsheet", Buffer.from("d0cf11e0a1b11ae1", "hex")],
  [
    "a web page named .xls",
    "isSpreadsheet",
    Buffer.from("\n<html><table><tr><td>条码</td></tr></table></html>"),
  ],
  ["a PDF", "isBinary", Buffer.from("%PDF-1.7\n1 0 obj")],
  ["a PNG", "isBinary", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")],
  ["no bytes", "isEmpty", new Uint8Array(0)],
  ["a mark and blank lines", "isEmpty", Buffer.from("\uFEFF\r\n \r\n")],
  ["UTF-8 with a broken character", "isDamaged", damaged],
  [
    "UTF-8 by its mark, GBK by its bytes",
    "unknownEncoding",
    Buffer.concat([Buffer.from("\uFEFF"), iconv.encode(TEXT, "gbk")]),
  ],
  [
    "a byte that is nothing in GB18030",
    "isDamaged",
    Buffer.concat([iconv.encode(TEXT, "gbk"), Buffer.from([0xff, 0x0a])]),
  ],
  ["17 MB", "isTooLarge", new Uint8Array(17 * 1024 * 1024).fill(0x61)],
];

test.each(REFUSED)("refuses %s", async (_name, code, bytes) => {
  await expect(decodeTable(bytes)).rejects.toMatchObject({ name: "ImportFileError", code });
});

test("every refusal has words in both languages, and the one for workbooks says what to do", () => {
  for (const words of Object.values(IMPORT_FILE_ERROR_WORDS)) {
    expect(words.zh).toMatch(/\p{Script=Han}/u);
    expect(words.en).toMatch(/^[\x20-\x7e→]+$/);
  }
  expect(IMPORT_FILE_ERROR_WORDS.isSpreadsheet.zh).toContain("另存为");
  expect(IMPORT_FILE_ERROR_WORDS.isSpreadsheet.en).toContain("Save As");
});
