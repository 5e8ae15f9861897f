import { inflateSync } from "node:zlib";

const WOFF_SIGNATURE = 0x774f4646;
const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;
const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;

/**
 * Unpacks a WOFF 1.0 file to the plain font inside (https://www.w3.org/TR/WOFF). opentype.js can read WOFF itself,
 * but its inflate refuses some valid files; zlib's does not, and is faster.
 * @throws Error when it is not a WOFF file or its data is damaged.
 */
export function unpackWoff(file: Uint8Array): ArrayBuffer {
  const woff = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (woff.byteLength < WOFF_HEADER || woff.getUint32(0) !== WOFF_SIGNATURE)
    throw new Error("not a WOFF font");
  const count = woff.getUint16(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const entry = WOFF_HEADER + index * WOFF_ENTRY;
    const [offset, packed, length] = [4, 8, 12].map((at) => woff.getUint32(entry + at));
    const bytes = file.subarray(offset, (offset ?? 0) + (packed ?? 0));
    const data = packed === length ? bytes : inflateSync(bytes);
    if (data.length !== length) throw new Error("a table of the font has the wrong length");
    return { tag: woff.getUint32(entry), checksum: woff.getUint32(entry + 16), data };
  });
  return writeFont(woff.getUint32(4), tables);
}

/** https://learn.microsoft.com/typography/opentype/spec/otff#organization-of-an-opentype-font */
function writeFont(
  flavor: number,
  tables: readonly { tag: number; checksum: number; data: Uint8Array }[],
): ArrayBuffer {
  const padded = (length: number) => (length + 3) & ~3;
  const start = SFNT_HEADER + tables.length * SFNT_ENTRY;
  const size = tables.reduce((sum, { data }) => sum + padded(data.length), start);
  const font = new ArrayBuffer(size);
  const view = new DataView(font);
  const largest = 2 ** Math.floor(Math.log2(tables.length));
  view.setUint32(0, flavor);
  view.setUint16(4, tables.length);
  view.setUint16(6, largest * SFNT_ENTRY);
  view.setUint16(8, Math.log2(largest));
  view.setUint16(10, (tables.length - largest) * SFNT_ENTRY);
  let offset = start;
  for (const [index, { tag, checksum, data }] of tables.entries()) {
    const entry = SFNT_HEADER + index * SFNT_ENTRY;
    view.setUint32(entry, tag);
    view.setUint32(entry + 4, checksum);
    view.setUint32(entry + 8, offset);
    view.setUint32(entry + 12, data.length);
    new Uint8Array(font, offset).set(data);
    offset += padded(data.length);
  }
  return font;
}
