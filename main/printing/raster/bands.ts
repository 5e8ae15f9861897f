/** Printers take one-bit pictures row by row; Epson and every clone know GS v 0. */

/** Dots of a stretch of paper: one byte each, 1 is burnt, row by row. */
export interface Dots {
  width: number;
  height: number;
  dots: Uint8Array;
}

/** Rows packed to whole bytes, highest bit left. */
export interface PackedRows {
  rowBytes: number;
  rows: number;
  bytes: Uint8Array;
}

/** The rows one command may have: clones with a small buffer take no more. */
const BAND_ROWS = 255;

/** Packs `rows` rows from row `top`; empty bytes at the right of all rows are left out. */
export function packRows({ width, dots }: Dots, top: number, rows: number): PackedRows {
  let right = 0;
  for (let y = top; y < top + rows; y += 1)
    for (let x = width - 1; x >= right; x -= 1)
      if (dots[y * width + x] === 1) {
        right = x + 1;
        break;
      }
  const rowBytes = Math.max(1, Math.ceil(right / 8));
  const bytes = new Uint8Array(rowBytes * rows);
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < right; x += 1) {
      if (dots[(top + y) * width + x] !== 1) continue;
      const at = y * rowBytes + (x >> 3);
      bytes[at] = (bytes[at] ?? 0) | (0x80 >> (x & 7));
    }
  return { rowBytes, rows, bytes };
}

/**
 * GS v 0 commands for packed rows, in bands of at most 255 rows. No band contains the bytes of a real-time command:
 * a printer looks for those in everything it receives, pictures included (Epson ESC/POS reference, DLE EOT), and
 * one of them opens the drawer.
 */
export function* rasterCommands(picture: PackedRows): Generator<Uint8Array> {
  for (let top = 0; top < picture.rows; top += BAND_ROWS) {
    const rows = Math.min(BAND_ROWS, picture.rows - top);
    const from = top * picture.rowBytes;
    const data = picture.bytes.slice(from, from + rows * picture.rowBytes);
    hideRealTimeCommands(data);
    const { rowBytes } = picture;
    const header = [0x1d, 0x76, 0x30, 0x00, rowBytes & 0xff, rowBytes >> 8, rows & 0xff, rows >> 8];
    const command = new Uint8Array(header.length + data.length);
    command.set(header);
    command.set(data, header.length);
    yield command;
  }
}

const DLE = 0x10;
/** EOT, ENQ and DC4: what makes a real-time command of DLE. */
const SECOND = new Set([0x04, 0x05, 0x14]);

/** Burns one dot more where two bytes would read as a real-time command. Nobody sees it. */
function hideRealTimeCommands(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length - 1; at += 1)
    if (bytes[at] === DLE && SECOND.has(bytes[at + 1] ?? 0)) bytes[at] = DLE | 0x08;
}
