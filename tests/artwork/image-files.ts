/** Pixels of a picture, row by row from the top: red, green, blue, alpha. */
interface Pixels {
  rgba: Buffer;
  width: number;
  height: number;
}

const ICO_HEADER_BYTES = 6;
const ICO_ENTRY_BYTES = 16;
const BMP_HEADER_BYTES = 54;
const DOTS_PER_M = 3780;

/** A Windows icon of PNG files, which Windows reads since Vista. */
export function encodeIco(pictures: readonly { png: Buffer; width: number }[]): Buffer {
  const header = Buffer.alloc(ICO_HEADER_BYTES + ICO_ENTRY_BYTES * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  pictures.forEach(({ png, width }, at) => {
    const entry = ICO_HEADER_BYTES + at * ICO_ENTRY_BYTES;
    // 0 stands for 256.
    header.writeUInt8(width % 256, entry);
    header.writeUInt8(width % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/** A bitmap of 24 bits a pixel without transparency: the only kind NSIS shows. */
export function encodeBmp({ rgba, width, height }: Pixels): Buffer {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(BMP_HEADER_BYTES + rowBytes * height);
  file.write("BM");
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(BMP_HEADER_BYTES, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  file.writeUInt32LE(rowBytes * height, 34);
  file.writeInt32LE(DOTS_PER_M, 38);
  file.writeInt32LE(DOTS_PER_M, 42);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4;
      // From the bottom row upwards, blue first.
      const to = BMP_HEADER_BYTES + (height - 1 - y) * rowBytes + x * 3;
      file[to] = rgba[from + 2] ?? 0;
      file[to + 1] = rgba[from + 1] ?? 0;
      file[to + 2] = rgba[from] ?? 0;
    }
  return file;
}
