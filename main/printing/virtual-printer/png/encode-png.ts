import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const DOTS_PER_METRE = 8000;

/**
 * Encodes an 8-bit greyscale picture (one byte per pixel, row by row) as PNG at 8 dots per mm.
 * Pixels of the grey `seeThrough` become transparent.
 */
export function encodeGreyPng(
  pixels: Uint8Array,
  width: number,
  height: number,
  seeThrough?: number,
): Uint8Array {
  if (pixels.length !== width * height) throw new Error("pixel count does not match the size");
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8);
  const physical = new DataView(new ArrayBuffer(9));
  physical.setUint32(0, DOTS_PER_METRE);
  physical.setUint32(4, DOTS_PER_METRE);
  physical.setUint8(8, 1);
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("pHYs", new Uint8Array(physical.buffer)),
    ...(seeThrough === undefined ? [] : [chunk("tRNS", Uint8Array.of(0, seeThrough))]),
    chunk("IDAT", deflateSync(rows, { level: 6 })),
    chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, "latin1");
  out.set(data, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}
