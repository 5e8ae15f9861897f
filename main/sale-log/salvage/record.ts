/*
 * Records as they lie in the pages of a database file, read without SQLite: it stops at the first page it
 * can't follow, and what lies behind such a page may be whole. Format: sqlite.org/fileformat2.html, 1.6 and 2.
 */

/** One row as it lies in a leaf page of a table: its number, and its columns still packed. */
export interface PackedRow {
  rowId: number;
  /** Serial types of the columns, in order. */
  types: readonly number[];
  /** Bytes of the whole payload, header and columns. */
  payload: Buffer;
  /** Where the first column begins in the payload. */
  bodyAt: number;
}

/** A leaf page of a table (fileformat2, 1.6). */
const LEAF = 13;
const LEAF_HEADER_BYTES = 8;
/** The header of the file stands before the first page's own. */
const FILE_HEADER_BYTES = 100;
/** Our widest table; anything longer is no row of ours. */
const MOST_COLUMNS = 24;
/** A row of ours is far smaller; a damaged length must not ask for gigabytes. */
const MOST_PAYLOAD_BYTES = 16 * 1024 * 1024;

/** Reads one page of the same file by its number; null when there is none. */
export type ReadPage = (number: number) => Buffer | null;

/** Where the rows of a leaf page begin; nothing when it is another kind of page. */
export function cellsOf(page: Buffer, isFirst: boolean): number[] {
  const at = isFirst ? FILE_HEADER_BYTES : 0;
  if (page[at] !== LEAF) return [];
  const count = page.readUInt16BE(at + 3);
  const cells: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const pointerAt = at + LEAF_HEADER_BYTES + index * 2;
    if (pointerAt + 2 > page.length) break;
    const cell = page.readUInt16BE(pointerAt);
    if (cell >= LEAF_HEADER_BYTES && cell < page.length - 4) cells.push(cell);
  }
  return cells;
}

/** What the columns of a row look like, without the columns; null when it can't be a row. */
export function peekRow(
  page: Buffer,
  cell: number,
): { rowId: number; types: number[]; payloadBytes: number; payloadAt: number } | null {
  const size = varint(page, cell);
  const row = size && varint(page, size.end);
  if (!size || !row || size.value < 2 || size.value > MOST_PAYLOAD_BYTES) return null;
  const types = typesAt(page, row.end);
  if (!types || types.bytes > size.value) return null;
  return { rowId: row.value, types: types.list, payloadBytes: size.value, payloadAt: row.end };
}

/** A row with all its bytes, also those on overflow pages; null when they can't be had. */
export function unpackRow(page: Buffer, cell: number, readPage: ReadPage): PackedRow | null {
  const row = peekRow(page, cell);
  if (!row) return null;
  const { rowId, types, payloadBytes, payloadAt } = row;
  const payload = payloadOf(page, payloadAt, payloadBytes, readPage);
  const header = payload && varint(payload, 0);
  if (!payload || !header) return null;
  const needed = types.reduce((sum, type) => sum + bytesOf(type), header.value);
  return needed === payload.length ? { rowId, types, payload, bodyAt: header.value } : null;
}

/** One column: text, a number, or null. @throws nothing: what is neither comes back as null */
export function columnOf(
  { types, payload, bodyAt }: PackedRow,
  index: number,
): string | number | null {
  let at = bodyAt;
  for (let before = 0; before < index; before += 1) at += bytesOf(types[before] ?? 0);
  const type = types[index] ?? 0;
  if (type >= 13 && type % 2 === 1) return payload.toString("utf8", at, at + bytesOf(type));
  switch (type) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
      return payload.readIntBE(at, bytesOf(type));
    case 6:
      return Number(payload.readBigInt64BE(at));
    case 8:
      return 0;
    case 9:
      return 1;
    default:
      return null;
  }
}

/** Bytes of a column of this serial type (fileformat2, 2.1). */
export function bytesOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type] ?? 0;
}

/** The serial type of a text of so many bytes. */
export function textType(bytes: number): number {
  return bytes * 2 + 13;
}

function typesAt(page: Buffer, at: number): { list: number[]; bytes: number } | null {
  const header = varint(page, at);
  if (!header || header.value < 2 || header.value > 2 + MOST_COLUMNS * 5) return null;
  const end = at + header.value;
  const list: number[] = [];
  for (let next = header.end; next < end;) {
    const type = varint(page, next);
    if (!type || list.length === MOST_COLUMNS) return null;
    list.push(type.value);
    next = type.end;
    if (next > end) return null;
  }
  return { list, bytes: header.value };
}

/** The payload as a whole; what does not fit its page hangs on a chain of others (fileformat2, 1.6). */
function payloadOf(page: Buffer, at: number, bytes: number, readPage: ReadPage): Buffer | null {
  const usable = page.length;
  const most = usable - 35;
  if (bytes <= most) return at + bytes <= usable ? page.subarray(at, at + bytes) : null;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const wanted = least + ((bytes - least) % (usable - 4));
  const local = wanted <= most ? wanted : least;
  if (at + local + 4 > usable) return null;
  const parts = [page.subarray(at, at + local)];
  let left = bytes - local;
  let next = page.readUInt32BE(at + local);
  while (left > 0) {
    const more = next === 0 ? null : readPage(next);
    if (!more) return null;
    const part = more.subarray(4, 4 + Math.min(left, usable - 4));
    parts.push(part);
    left -= part.length;
    next = more.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

/** Seven bits a byte, the highest first; nine bytes at most, of which only numbers we can hold count. */
function varint(bytes: Buffer, at: number): { value: number; end: number } | null {
  let value = 0;
  for (let index = 0; index < 8; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return Number.isSafeInteger(value) ? { value, end: at + index + 1 } : null;
  }
  return null;
}
