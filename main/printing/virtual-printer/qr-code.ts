import { GaloisField } from "./galois-field.ts";

/**
 * QR code model 2 in byte mode, versions 1-40, after ISO/IEC 18004. One byte per module while drawing:
 * the matrix holds 0 or 1, `reserved` marks what the data must not touch.
 */
export type QrLevel = "L" | "M" | "Q" | "H";

const LEVEL_INDEX: Record<QrLevel, number> = { L: 0, M: 1, Q: 2, H: 3 };
/** The two level bits of the format information. */
const LEVEL_BITS: Record<QrLevel, number> = { L: 1, M: 0, Q: 3, H: 2 };

// Table 9 of the standard: error-correction codewords per block, and number of blocks, per version.
// prettier-ignore
const EC_PER_BLOCK = [
  [7,10,15,20,26,18,20,24,30,18,20,24,26,30,22,24,28,30,28,28,28,28,30,30,26,28,30,30,30,30,30,30,30,30,30,30,30,30,30,30],
  [10,16,26,18,24,16,18,22,22,26,30,22,22,24,24,28,28,26,26,26,26,28,28,28,28,28,28,28,28,28,28,28,28,28,28,28,28,28,28,28],
  [13,22,18,26,18,24,18,22,20,24,28,26,24,20,30,24,28,28,26,30,28,30,30,30,30,28,30,30,30,30,30,30,30,30,30,30,30,30,30,30],
  [17,28,22,16,22,28,26,26,24,28,24,28,22,24,24,30,28,28,26,28,30,24,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30],
] as const;
// prettier-ignore
const BLOCKS = [
  [1,1,1,1,1,2,2,2,2,4,4,4,4,4,6,6,6,6,7,8,8,9,9,10,12,12,12,13,14,15,16,17,18,19,19,20,21,22,24,25],
  [1,1,1,2,2,4,4,4,5,5,5,8,9,9,10,10,11,13,14,16,17,17,18,20,21,23,25,26,28,29,31,33,35,37,38,40,43,45,47,49],
  [1,1,2,2,4,4,6,6,8,8,8,10,12,16,12,17,16,18,21,20,23,23,25,27,29,34,34,35,38,40,43,45,48,51,53,56,59,62,65,68],
  [1,1,2,4,4,4,5,6,8,8,11,11,16,16,18,16,19,21,25,25,25,34,30,32,35,37,40,42,45,48,51,54,57,60,63,66,70,74,77,81],
] as const;

const sizeOf = (version: number): number => 17 + 4 * version;

/** Modules left for data and error correction. */
function rawModules(version: number): number {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const alignments = Math.floor(version / 7) + 2;
    modules -= (25 * alignments - 10) * alignments - 55;
    if (version >= 7) modules -= 36;
  }
  return modules;
}

function blockShape(version: number, level: QrLevel): { ecLength: number; blocks: number } {
  const row = LEVEL_INDEX[level];
  return {
    ecLength: EC_PER_BLOCK[row]?.[version - 1] ?? 0,
    blocks: BLOCKS[row]?.[version - 1] ?? 1,
  };
}

function dataCodewords(version: number, level: QrLevel): number {
  const { ecLength, blocks } = blockShape(version, level);
  return Math.floor(rawModules(version) / 8) - ecLength * blocks;
}

function versionFor(dataBytes: number, level: QrLevel): number | undefined {
  for (let version = 1; version <= 40; version += 1) {
    const headerBits = 4 + (version < 10 ? 8 : 16);
    if (dataBytes * 8 + headerBits <= dataCodewords(version, level) * 8) return version;
  }
  return undefined;
}

/** Modules along one side; undefined when the data does not fit any version. */
export function qrModules(dataBytes: number, level: QrLevel): number | undefined {
  const version = versionFor(dataBytes, level);
  return version === undefined ? undefined : sizeOf(version);
}

/** Draws the code, `moduleDots` dots per module, no quiet zone, one byte per dot. Empty when it does not fit. */
export function drawQrCode(data: Uint8Array, level: QrLevel, moduleDots: number): Uint8Array {
  const version = versionFor(data.length, level);
  if (version === undefined) return new Uint8Array();
  const matrix = new QrMatrix(version);
  matrix.drawFunctionPatterns();
  matrix.drawCodewords(interleave(encodeBytes(data, version, level), version, level));
  matrix.applyBestMask(LEVEL_BITS[level]);
  const side = matrix.size * moduleDots;
  const dots = new Uint8Array(side * side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      dots[y * side + x] = matrix.get(Math.floor(x / moduleDots), Math.floor(y / moduleDots));
    }
  }
  return dots;
}

/** Mode 0100, length, data, terminator, pad codewords EC 11. */
function encodeBytes(data: Uint8Array, version: number, level: QrLevel): Uint8Array {
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let bit = count - 1; bit >= 0; bit -= 1) bits.push((value >> bit) & 1);
  };
  put(4, 4);
  put(data.length, version < 10 ? 8 : 16);
  for (const byte of data) put(byte, 8);
  const capacity = dataCodewords(version, level);
  put(0, Math.min(4, capacity * 8 - bits.length));
  while (bits.length % 8 !== 0) bits.push(0);
  const codewords = new Uint8Array(capacity);
  for (const [index, bit] of bits.entries()) {
    codewords[index >> 3] = (codewords[index >> 3] ?? 0) | (bit << (7 - (index & 7)));
  }
  for (let index = bits.length / 8, pad = 0xec; index < capacity; index += 1, pad ^= 0xec ^ 0x11) {
    codewords[index] = pad;
  }
  return codewords;
}

/** Splits into blocks, adds Reed-Solomon codewords, and weaves the blocks together. */
function interleave(data: Uint8Array, version: number, level: QrLevel): Uint8Array {
  const { ecLength, blocks } = blockShape(version, level);
  const total = Math.floor(rawModules(version) / 8);
  const shortBlocks = blocks - (total % blocks);
  const shortLength = Math.floor(total / blocks) - ecLength;
  const field = new GaloisField();
  const generator = field.generator(ecLength);
  const parts: { data: Uint8Array; ec: Uint8Array }[] = [];
  for (let block = 0, from = 0; block < blocks; block += 1) {
    const length = shortLength + (block < shortBlocks ? 0 : 1);
    const slice = data.subarray(from, from + length);
    parts.push({ data: slice, ec: field.remainder(slice, generator) });
    from += length;
  }
  const out: number[] = [];
  for (let index = 0; index <= shortLength; index += 1) {
    for (const part of parts) {
      const codeword = part.data[index];
      if (codeword !== undefined) out.push(codeword);
    }
  }
  for (let index = 0; index < ecLength; index += 1) {
    for (const part of parts) out.push(part.ec[index] ?? 0);
  }
  return Uint8Array.from(out);
}

const MASKS: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

class QrMatrix {
  readonly version: number;
  readonly size: number;
  #modules: Uint8Array;
  readonly #reserved: Uint8Array;

  constructor(version: number) {
    this.version = version;
    this.size = sizeOf(version);
    this.#modules = new Uint8Array(this.size * this.size);
    this.#reserved = new Uint8Array(this.size * this.size);
  }

  get(x: number, y: number): number {
    return this.#modules[y * this.size + x] ?? 0;
  }

  #reserve(x: number, y: number, dark: boolean): void {
    if (x < 0 || y < 0 || x >= this.size || y >= this.size) return;
    this.#modules[y * this.size + x] = dark ? 1 : 0;
    this.#reserved[y * this.size + x] = 1;
  }

  drawFunctionPatterns(): void {
    const { size } = this;
    for (let index = 0; index < size; index += 1) {
      this.#reserve(6, index, index % 2 === 0);
      this.#reserve(index, 6, index % 2 === 0);
    }
    for (const [x, y] of [
      [3, 3],
      [size - 4, 3],
      [3, size - 4],
    ] as const) {
      this.#rings(x, y, 4, (ring) => ring !== 2 && ring !== 4);
    }
    const centres = this.#alignmentCentres();
    const last = centres.at(-1);
    for (const x of centres) {
      for (const y of centres) {
        const onFinder = (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6);
        if (!onFinder) this.#rings(x, y, 2, (ring) => ring !== 1);
      }
    }
    this.#drawFormat(0, 0);
    this.#drawVersion();
  }

  #rings(x: number, y: number, radius: number, dark: (ring: number) => boolean): void {
    for (let dy = -radius; dy <= radius; dy += 1) {
      for (let dx = -radius; dx <= radius; dx += 1) {
        this.#reserve(x + dx, y + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    }
  }

  #alignmentCentres(): number[] {
    if (this.version === 1) return [];
    const count = Math.floor(this.version / 7) + 2;
    const step = Math.floor((this.version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
    const centres = Array.from({ length: count - 1 }, (_, index) => this.size - 7 - index * step);
    return [6, ...centres.toReversed()];
  }

  /** Fifteen format bits, BCH (15,5), in both places, and the dark module. */
  #drawFormat(levelBits: number, mask: number): void {
    const data = (levelBits << 3) | mask;
    let remainder = data;
    for (let index = 0; index < 10; index += 1) {
      remainder = (remainder << 1) ^ ((remainder >> 9) * 0x537);
    }
    const bits = ((data << 10) | remainder) ^ 0x5412;
    const bit = (index: number) => ((bits >> index) & 1) === 1;
    const { size } = this;
    for (let index = 0; index <= 5; index += 1) this.#reserve(8, index, bit(index));
    this.#reserve(8, 7, bit(6));
    this.#reserve(8, 8, bit(7));
    this.#reserve(7, 8, bit(8));
    for (let index = 9; index < 15; index += 1) this.#reserve(14 - index, 8, bit(index));
    for (let index = 0; index < 8; index += 1) this.#reserve(size - 1 - index, 8, bit(index));
    for (let index = 8; index < 15; index += 1) this.#reserve(8, size - 15 + index, bit(index));
    this.#reserve(8, size - 8, true);
  }

  /** Eighteen version bits, BCH (18,6), from version 7 on. */
  #drawVersion(): void {
    if (this.version < 7) return;
    let remainder = this.version;
    for (let index = 0; index < 12; index += 1) {
      remainder = (remainder << 1) ^ ((remainder >> 11) * 0x1f25);
    }
    const bits = (this.version << 12) | remainder;
    for (let index = 0; index < 18; index += 1) {
      const dark = ((bits >> index) & 1) === 1;
      const far = this.size - 11 + (index % 3);
      const near = Math.floor(index / 3);
      this.#reserve(far, near, dark);
      this.#reserve(near, far, dark);
    }
  }

  /** Column pairs from the right, up and down in turn, around the timing column. */
  drawCodewords(codewords: Uint8Array): void {
    const { size } = this;
    let index = 0;
    for (let right = size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < size; step += 1) {
        const upward = ((right + 1) & 2) === 0;
        const y = upward ? size - 1 - step : step;
        for (const x of [right, right - 1]) {
          const at = y * size + x;
          if (this.#reserved[at] === 1) continue;
          if (index >= codewords.length * 8) continue;
          this.#modules[at] = ((codewords[index >> 3] ?? 0) >> (7 - (index & 7))) & 1;
          index += 1;
        }
      }
    }
  }

  applyBestMask(levelBits: number): void {
    const plain = this.#modules;
    let best: { penalty: number; modules: Uint8Array } | undefined;
    for (const [mask, inverts] of MASKS.entries()) {
      this.#modules = plain.slice();
      this.#drawFormat(levelBits, mask);
      for (let y = 0; y < this.size; y += 1) {
        for (let x = 0; x < this.size; x += 1) {
          const at = y * this.size + x;
          if (this.#reserved[at] === 0 && inverts(x, y)) {
            this.#modules[at] = (this.#modules[at] ?? 0) ^ 1;
          }
        }
      }
      const penalty = this.#penalty();
      if (best === undefined || penalty < best.penalty) best = { penalty, modules: this.#modules };
    }
    if (best !== undefined) this.#modules = best.modules;
  }

  #penalty(): number {
    const { size } = this;
    let penalty = 0;
    for (let index = 0; index < size; index += 1) {
      penalty += linePenalty(size, (position) => this.get(position, index));
      penalty += linePenalty(size, (position) => this.get(index, position));
    }
    let dark = 0;
    for (let y = 0; y < size; y += 1) {
      for (let x = 0; x < size; x += 1) {
        const module = this.get(x, y);
        dark += module;
        if (x + 1 === size || y + 1 === size) continue;
        const square = this.get(x + 1, y) + this.get(x, y + 1) + this.get(x + 1, y + 1);
        if (square === module * 3) penalty += 3;
      }
    }
    return penalty + Math.floor(Math.abs((dark / (size * size)) * 100 - 50) / 5) * 10;
  }
}

const FINDER_LIKE = ["10111010000", "00001011101"];

/** Runs of five or more, and patterns that look like a finder, along one row or column. */
function linePenalty(size: number, get: (position: number) => number): number {
  let penalty = 0;
  let line = "";
  let run = 0;
  for (let position = 0; position < size; position += 1) {
    const module = String(get(position));
    run = module === line.at(-1) ? run + 1 : 1;
    if (run === 5) penalty += 3;
    else if (run > 5) penalty += 1;
    line += module;
  }
  for (const pattern of FINDER_LIKE) {
    for (let from = line.indexOf(pattern); from >= 0; from = line.indexOf(pattern, from + 1)) {
      penalty += 40;
    }
  }
  return penalty;
}
