/**
 * Where an ESC/POS command ends. Sources: Epson ESC/POS command reference and the Chinese two-byte
 * extensions (FS) of clone manuals. Lengths count from the first byte of the command.
 */

/** Returns the full length once it can be told, undefined while more bytes are needed. */
type LengthRule = number | ((seen: readonly number[]) => number | undefined);

export const DLE = 0x10;
export const ESC = 0x1b;
export const FS = 0x1c;
export const GS = 0x1d;

const at = (seen: readonly number[], index: number): number => seen[index] ?? 0;
const little = (seen: readonly number[], index: number): number =>
  at(seen, index) + at(seen, index + 1) * 256;

/** `X ( f pL pH ...`: five bytes, then as many as pL pH say. */
const byOwnLength: LengthRule = (seen) => (seen.length < 5 ? undefined : 5 + little(seen, 3));

const tabStops: LengthRule = (seen) => {
  const end = seen.indexOf(0, 2);
  if (end >= 0) return end + 1;
  return seen.length > 34 ? seen.length : undefined;
};

const bitImage: LengthRule = (seen) => {
  if (seen.length < 5) return undefined;
  const bytesPerColumn = at(seen, 2) >= 32 ? 3 : 1;
  return 5 + little(seen, 3) * bytesPerColumn;
};

/** ESC & y c1 c2 [x d(y*x)] for every code from c1 to c2. */
const userCharacters: LengthRule = (seen) => {
  if (seen.length < 5) return undefined;
  const characters = Math.max(0, at(seen, 4) - at(seen, 3) + 1);
  let end = 5;
  for (let index = 0; index < characters; index += 1) {
    const columns = seen[end];
    if (columns === undefined) return undefined;
    end += 1 + columns * at(seen, 2);
  }
  return end;
};

/** GS k m d..NUL (m 0-6) or GS k m n d1..dn (m 65-79). */
const barcode: LengthRule = (seen) => {
  const mode = seen[2];
  if (mode === undefined) return undefined;
  if (mode <= 6) {
    const end = seen.indexOf(0, 3);
    return end < 0 ? (seen.length >= 260 ? seen.length : undefined) : end + 1;
  }
  if (mode < 65 || mode > 79) return 3;
  return seen.length < 4 ? undefined : 4 + at(seen, 3);
};

const cut: LengthRule = (seen) => {
  const mode = seen[2];
  if (mode === undefined) return undefined;
  return [65, 66, 97, 98, 103, 104].includes(mode) ? 4 : 3;
};

/** GS v 0 m xL xH yL yH d(x*y). */
const raster: LengthRule = (seen) => {
  if (seen.length < 3) return undefined;
  if (seen[2] !== 0x30) return 3;
  return seen.length < 8 ? undefined : 8 + little(seen, 4) * little(seen, 6);
};

const largeGraphics: LengthRule = (seen) =>
  seen.length < 7 ? undefined : 7 + little(seen, 3) + little(seen, 5) * 65_536;

const downloadedImage: LengthRule = (seen) =>
  seen.length < 4 ? undefined : 4 + at(seen, 2) * at(seen, 3) * 8;

/** FS q n [xL xH yL yH d(x*y*8)] n times. */
const storedImages: LengthRule = (seen) => {
  if (seen.length < 3) return undefined;
  let end = 3;
  for (let index = 0; index < at(seen, 2); index += 1) {
    if (seen.length < end + 4) return undefined;
    end += 4 + little(seen, end) * little(seen, end + 2) * 8;
  }
  return end;
};

const dc4: LengthRule = (seen) => {
  switch (seen[2]) {
    case undefined:
      return undefined;
    case 1:
    case 2:
      return 5;
    case 3:
      return 8;
    case 7:
      return 4;
    case 8:
      return 10;
    default:
      return 3;
  }
};

function table(
  rules: Record<string, LengthRule>,
  more: [number, LengthRule][] = [],
): Map<number, LengthRule> {
  const entries = Object.entries(rules).map(([letter, rule]): [number, LengthRule] => [
    letter.charCodeAt(0),
    rule,
  ]);
  return new Map([...entries, ...more]);
}

const ESC_COMMANDS = table(
  // prettier-ignore
  { '@': 2, '!': 3, '%': 3, '&': userCharacters, '(': byOwnLength, '*': bitImage, '-': 3, '2': 2, '3': 3,
    '=': 3, '?': 3, ' ': 3, '$': 4, '\\': 4, '{': 3, 'a': 3, 'B': 4, 'c': 4, 'd': 3, 'D': tabStops, 'E': 3,
    'e': 3, 'G': 3, 'i': 2, 'J': 3, 'K': 3, 'L': 2, 'M': 3, 'm': 2, 'p': 5, 'R': 3, 'r': 3, 'S': 2, 'T': 3,
    't': 3, 'U': 3, 'u': 3, 'V': 3, 'v': 2, 'W': 10 },
  [[0x0c, 2]],
);
const FS_COMMANDS = table(
  // prettier-ignore
  { '&': 2, '.': 2, '!': 3, '-': 3, '(': byOwnLength, '2': 76, '?': 4, 'C': 3, 'p': 4, 'q': storedImages,
    'S': 4, 'W': 3 },
);
const GS_COMMANDS = table(
  // prettier-ignore
  { '!': 3, '$': 4, '(': byOwnLength, '*': downloadedImage, '/': 3, '8': largeGraphics, ':': 2, '\\': 4,
    '^': 5, 'a': 3, 'B': 3, 'b': 3, 'c': 2, 'f': 3, 'g': 6, 'H': 3, 'h': 3, 'I': 3, 'k': barcode, 'L': 4,
    'P': 4, 'r': 3, 'T': 3, 'V': cut, 'v': raster, 'W': 4, 'w': 3 },
);
const DLE_COMMANDS = new Map<number, LengthRule>([
  [0x04, 3],
  [0x05, 3],
  [0x14, dc4],
]);

const FAMILIES = new Map([
  [ESC, ESC_COMMANDS],
  [FS, FS_COMMANDS],
  [GS, GS_COMMANDS],
  [DLE, DLE_COMMANDS],
]);

/** True for a byte that begins a command of several bytes. */
export function beginsCommand(byte: number): boolean {
  return FAMILIES.has(byte);
}

/** Full length of the command that starts with `seen`; undefined: read on; 'unknown': no such command. */
export function commandLength(seen: readonly number[]): number | undefined | "unknown" {
  const letter = seen[1];
  if (letter === undefined) return undefined;
  const rule = FAMILIES.get(at(seen, 0))?.get(letter);
  if (rule === undefined) return "unknown";
  return typeof rule === "number" ? rule : rule(seen);
}
