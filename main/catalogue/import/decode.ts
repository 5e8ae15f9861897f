import { setImmediate as nextTurn } from "node:timers/promises";
import type { GuessedEncoding, TextEncoding } from "./encodings.ts";
import { judgeEncodings, type EncodingCandidate } from "./judge-encoding.ts";

export interface DecodedText {
  /** Without a byte order mark. */
  text: string;
  encoding: TextEncoding;
  /** False when only a person can tell which of `candidates` it is. */
  isSure: boolean;
  /** What else the file could be, likeliest first; empty where a mark or UTF-8 leaves no doubt. */
  candidates: EncodingCandidate[];
}

export interface DecodeOptions {
  /** Chosen by a person; nothing is judged then. */
  encoding?: TextEncoding | undefined;
  /** See `homeEncodings`. */
  home?: ReadonlySet<GuessedEncoding> | undefined;
}

/** Why a file cannot be read as text at all. */
export type ImportFileErrorCode =
  | "isEmpty"
  | "isTooLarge"
  | "isSpreadsheet"
  | "isBinary"
  | "isDamaged"
  | "unknownEncoding";

/** What happened and what to do about it, for the person at the till. */
export const IMPORT_FILE_ERROR_WORDS: Readonly<
  Record<ImportFileErrorCode, { readonly zh: string; readonly en: string }>
> = {
  isEmpty: {
    zh: "文件是空的。请检查是否选对了文件。",
    en: "The file is empty. Check that this is the right file.",
  },
  isTooLarge: {
    zh: "文件超过 16 MB，不像商品表。请检查是否选对了文件，或分成几个文件导入。",
    en: "The file is larger than 16 MB, which no product list needs. Check that this is the right file, or split it.",
  },
  isSpreadsheet: {
    zh: "这是 Excel/WPS 表格文件。请打开它，选择“另存为”→“CSV（逗号分隔）”，再导入存好的 CSV 文件。",
    en: "This is an Excel or WPS workbook. Open it, choose Save As → CSV (comma delimited), then import the CSV file.",
  },
  isBinary: {
    zh: "这不是文本表格文件。请导入 CSV 文件。",
    en: "This is not a text table. Import a CSV file.",
  },
  isDamaged: {
    zh: "文件中有损坏的字符，可能没有下载或复制完整。请重新导出后再导入。",
    en: "Some characters in the file are damaged; it may not have been copied completely. Export it again, then import it.",
  },
  unknownEncoding: {
    zh: "无法识别文字编码。请把文件另存为“CSV UTF-8”后再导入。",
    en: 'The text encoding was not recognised. Save the file as "CSV UTF-8", then import it again.',
  },
};

/** Thrown before any row is looked at; `code` picks the words. */
export class ImportFileError extends Error {
  readonly code: ImportFileErrorCode;

  constructor(code: ImportFileErrorCode, cause?: unknown) {
    super(IMPORT_FILE_ERROR_WORDS[code].en, { cause });
    this.name = "ImportFileError";
    this.code = code;
  }
}

/** Ten thousand products take about 1 MB. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

const ZIP_MAGIC = [0x50, 0x4b, 0x03, 0x04]; // .xlsx and .ods are zip archives
const EMPTY_ZIP_MAGIC = [0x50, 0x4b, 0x05, 0x06];
const COMPOUND_FILE_MAGIC = [0xd0, 0xcf, 0x11, 0xe0]; // .xls
const PDF_MAGIC = [0x25, 0x50, 0x44, 0x46];
const UTF8_BOM = [0xef, 0xbb, 0xbf];
const UTF16LE_BOM = [0xff, 0xfe];
const UTF16BE_BOM = [0xfe, 0xff];

/** Control bytes that text tables do hold: TAB, LF, VT, FF, CR, the DOS end mark 0x1A and ESC. */
const TEXT_CONTROLS: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a, 0x1b]);

/** Takes a slow counter PC a few milliseconds. */
const BYTES_PER_SLICE = 128 * 1024;

/**
 * Bytes to text: byte order mark, UTF-16 by its zero bytes, strict UTF-8, and else the encoding out of
 * which the likeliest text comes. Nothing is ever replaced by U+FFFD: a byte that does not fit is an
 * error. Yields to the event loop between slices.
 * @throws ImportFileError `isEmpty`, `isTooLarge`, `isSpreadsheet` (.xlsx, .xls, or an HTML page
 *   named .xls), `isBinary`, `isDamaged` (UTF-8 with broken bytes), `unknownEncoding`
 */
export async function decodeTable(
  bytes: Uint8Array,
  options: DecodeOptions = {},
): Promise<DecodedText> {
  if (bytes.length > MAX_FILE_BYTES) throw new ImportFileError("isTooLarge");
  if ([ZIP_MAGIC, EMPTY_ZIP_MAGIC, COMPOUND_FILE_MAGIC].some((magic) => startsWith(bytes, magic))) {
    throw new ImportFileError("isSpreadsheet");
  }
  if (startsWith(bytes, PDF_MAGIC)) throw new ImportFileError("isBinary");
  const decoded = await decodeAny(bytes, options);
  if (decoded.text.trim() === "") throw new ImportFileError("isEmpty");
  // Many back offices export an HTML or XML page under an .xls name; Excel opens it, a CSV reader must not.
  if (/^\s*<(?:!doctype|html|table|meta|\?xml)/i.test(decoded.text.slice(0, 200))) {
    throw new ImportFileError("isSpreadsheet");
  }
  return decoded;
}

async function decodeAny(bytes: Uint8Array, options: DecodeOptions): Promise<DecodedText> {
  if (options.encoding !== undefined) return sure(bytes, options.encoding);
  if (startsWith(bytes, UTF8_BOM)) return sure(bytes, "utf-8");
  if (startsWith(bytes, UTF16LE_BOM)) return sure(bytes, "utf-16le");
  if (startsWith(bytes, UTF16BE_BOM)) return sure(bytes, "utf-16be");
  const utf16 = utf16ByZeros(bytes);
  if (utf16 !== null) return sure(bytes, utf16);
  try {
    return await sure(bytes, "utf-8");
  } catch (error) {
    if (error instanceof ImportFileError && error.code !== "unknownEncoding") throw error;
    // Most encodings give nearly every byte a meaning, so a broken UTF-8 list would come out as wrong names without an error.
    if (isMostlyUtf8(bytes)) throw new ImportFileError("isDamaged", error);
    const verdict = await judgeEncodings(bytes, options.home ?? new Set());
    const { candidates, isSure } = verdict;
    const [best] = candidates;
    if (verdict.isDamaged) throw new ImportFileError("isDamaged", error);
    if (best === undefined) throw new ImportFileError("unknownEncoding", error);
    return { ...(await sure(bytes, best.encoding)), candidates, isSure };
  }
}

/** ASCII in UTF-16 is every other byte zero, and no other text has zero bytes. */
function utf16ByZeros(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const head = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (even + odd < head.length / 50 || Math.min(even, odd) > 0) return null;
  return odd > 0 ? "utf-16le" : "utf-16be";
}

async function sure(bytes: Uint8Array, encoding: TextEncoding): Promise<DecodedText> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const hasByteControls = !encoding.startsWith("utf-16");
  let text = "";
  for (let start = 0; start < bytes.length; start += BYTES_PER_SLICE) {
    if (start > 0) await nextTurn();
    const slice = bytes.subarray(start, start + BYTES_PER_SLICE);
    // The decoders let control bytes through, so without this a picture could pass as text.
    if (hasByteControls && hasBinaryControls(slice)) throw new ImportFileError("isBinary");
    try {
      text += decoder.decode(slice, { stream: start + BYTES_PER_SLICE < bytes.length });
    } catch (cause) {
      throw new ImportFileError("unknownEncoding", cause);
    }
  }
  return { text, encoding, isSure: true, candidates: [] };
}

/** Chinese in GB18030 is almost never valid UTF-8, so the kinds do not come close to each other. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder("utf-8").decode(bytes.subarray(0, BYTES_PER_SLICE));
  const broken = text.split("\uFFFD").length - 1;
  const whole = text.match(/[\u0800-\uFFFC]/g)?.length ?? 0;
  return whole > broken * 4;
}

/** A plain loop: `some` with a callback takes many times as long. */
function hasBinaryControls(bytes: Uint8Array): boolean {
  for (const byte of bytes) {
    if (byte < 0x20 && !TEXT_CONTROLS.has(byte)) return true;
  }
  return false;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
