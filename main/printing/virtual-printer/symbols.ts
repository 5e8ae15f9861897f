/**
 * Bar patterns of the one-dimensional codes, from the public symbol tables (ISO/IEC 15417 CODE128,
 * 15420 EAN/UPC, 16388 CODE39, 16390 ITF). A pattern is a list of widths in modules, starting with a bar.
 */
export interface BarSymbol {
  /** What a scanner would read. */
  data: string;
  widths: number[];
}

const EAN_L = ["3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"];
const EAN_PARITY = [
  "LLLLLL",
  "LLGLGG",
  "LLGGLG",
  "LLGGGL",
  "LGLLGG",
  "LGGLLG",
  "LGGGLL",
  "LGLGLG",
  "LGLGGL",
  "LGGLGL",
];

// prettier-ignore
const CODE128 = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 ' +
  '113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 ' +
  '212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 ' +
  '113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 ' +
  '314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 ' +
  '241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 ' +
  '214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 ' +
  '211232 2331112'
).split(' ');

const CODE39_ALPHABET = "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-. *$/+%";
/** Which of the nine elements are wide, as bars-and-spaces bit strings. */
// prettier-ignore
const CODE39 = (
  '100100001 001100001 101100000 000110001 100110000 001110000 000100101 100100100 001100100 000110100 ' +
  '100001001 001001001 101001000 000011001 100011000 001011000 000001101 100001100 001001100 000011100 ' +
  '100000011 001000011 101000010 000010011 100010010 001010010 000000111 100000110 001000110 000010110 ' +
  '110000001 011000001 111000000 010010001 110010000 011010000 010000101 110000100 011000100 010010100 ' +
  '010101000 010100010 010001010 000101010'
).split(' ');

const ITF = [
  "00110",
  "10001",
  "01001",
  "11000",
  "00101",
  "10100",
  "01100",
  "00011",
  "10010",
  "01010",
];

const digits = (text: string): number[] => [...text].map(Number);
const modules = (pattern: string): number[] => digits(pattern);

/**
 * Builds the symbol for GS k. `mode` is m of function A (0-6) or B (65-79), `bytes` the data.
 * Undefined when the printer would refuse the data or does not know the symbology.
 */
export function barSymbol(mode: number, bytes: Uint8Array): BarSymbol | undefined {
  const text = String.fromCharCode(...bytes);
  switch (mode >= 65 ? mode - 65 : mode) {
    case 0:
      return /^\d{11,12}$/.test(text) ? eanUpc(`0${withCheckDigit(text, 11)}`, 1) : undefined;
    case 2:
      return /^\d{12,13}$/.test(text) ? eanUpc(withCheckDigit(text, 12), 0) : undefined;
    case 3:
      return /^\d{7,8}$/.test(text) ? ean8(withCheckDigit(text, 7)) : undefined;
    case 4:
      return code39(text);
    case 5:
      return /^(?:\d\d)+$/.test(text) ? itf(text) : undefined;
    case 8:
      return mode >= 65 ? code128(bytes) : undefined;
    default:
      return undefined;
  }
}

/** Keeps `length` digits and puts the modulo-10 check digit behind them. */
function withCheckDigit(text: string, length: number): string {
  const body = text.slice(0, length);
  const sum = digits(body)
    .toReversed()
    .reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 1), 0);
  return body + String((10 - (sum % 10)) % 10);
}

const eanDigit = (digit: number): number[] => modules(EAN_L[digit] ?? "");

function eanUpc(thirteen: string, hiddenDigits: 0 | 1): BarSymbol {
  const all = digits(thirteen);
  const parity = EAN_PARITY[all[0] ?? 0] ?? "LLLLLL";
  const left = all
    .slice(1, 7)
    .flatMap((digit, index) =>
      parity[index] === "G" ? eanDigit(digit).toReversed() : eanDigit(digit),
    );
  const right = all.slice(7).flatMap((digit) => eanDigit(digit));
  return {
    data: thirteen.slice(hiddenDigits),
    widths: [1, 1, 1, ...left, 1, 1, 1, 1, 1, ...right, 1, 1, 1],
  };
}

function ean8(eight: string): BarSymbol {
  const all = digits(eight);
  const half = (from: number) => all.slice(from, from + 4).flatMap((digit) => eanDigit(digit));
  return { data: eight, widths: [1, 1, 1, ...half(0), 1, 1, 1, 1, 1, ...half(4), 1, 1, 1] };
}

function code39(text: string): BarSymbol | undefined {
  const framed = `*${text.replaceAll("*", "")}*`;
  const widths: number[] = [];
  for (const character of framed) {
    const pattern = CODE39[CODE39_ALPHABET.indexOf(character)];
    if (pattern === undefined) return undefined;
    if (widths.length > 0) widths.push(1);
    widths.push(...digits(pattern).map((wide) => (wide === 1 ? 3 : 1)));
  }
  return { data: text.replaceAll("*", ""), widths };
}

function itf(text: string): BarSymbol {
  const widths = [1, 1, 1, 1];
  for (let index = 0; index < text.length; index += 2) {
    const bars = ITF[Number(text[index])] ?? "";
    const spaces = ITF[Number(text[index + 1])] ?? "";
    for (let element = 0; element < 5; element += 1) {
      widths.push(bars[element] === "1" ? 3 : 1, spaces[element] === "1" ? 3 : 1);
    }
  }
  return { data: text, widths: [...widths, 3, 1, 1] };
}

const CODE128_SHIFT = 98;
const CODE128_FNC: Record<string, Record<string, number>> = {
  A: { "1": 102, "2": 97, "3": 96, "4": 101 },
  B: { "1": 102, "2": 97, "3": 96, "4": 100 },
  C: { "1": 102 },
};
const CODE128_START: Record<string, number> = { A: 103, B: 104, C: 105 };
const CODE128_SWITCH: Record<string, number> = { A: 101, B: 100, C: 99 };

/** CODE128 as GS k takes it: `{A` `{B` `{C` choose the set, `{S` shifts, `{1`-`{4` are FNC, `{{` is a brace. */
function code128(bytes: Uint8Array): BarSymbol | undefined {
  const values: number[] = [];
  let set = "";
  let data = "";
  let shift = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    const next = String.fromCharCode(bytes[index + 1] ?? 0);
    if (byte === 0x7b && next !== "{") {
      index += 1;
      if (next in CODE128_START) {
        values.push((set === "" ? CODE128_START : CODE128_SWITCH)[next] ?? 0);
        set = next;
      } else if (next === "S") {
        values.push(CODE128_SHIFT);
        shift = true;
      } else {
        const fnc = CODE128_FNC[set]?.[next];
        if (fnc === undefined) return undefined;
        values.push(fnc);
      }
      continue;
    }
    if (set === "") return undefined;
    if (byte === 0x7b) index += 1;
    const value = code128Value(shift ? (set === "A" ? "B" : "A") : set, byte);
    if (value === undefined) return undefined;
    shift = false;
    values.push(value);
    data += set === "C" ? String(byte).padStart(2, "0") : String.fromCharCode(byte);
  }
  const [start, ...rest] = values;
  if (start === undefined || rest.length === 0) return undefined;
  const check = rest.reduce((sum, value, index) => sum + value * (index + 1), start) % 103;
  return {
    data,
    widths: [...values, check, 106].flatMap((value) => modules(CODE128[value] ?? "")),
  };
}

function code128Value(set: string, byte: number): number | undefined {
  if (set === "C") return byte < 100 ? byte : undefined;
  if (set === "A") {
    if (byte < 32) return byte + 64;
    return byte < 96 ? byte - 32 : undefined;
  }
  return byte >= 32 && byte < 128 ? byte - 32 : undefined;
}

/** Symbol width in modules. */
export function symbolModules(symbol: BarSymbol): number {
  return symbol.widths.reduce((sum, width) => sum + width, 0);
}

/** Draws the bars, one byte per dot, row by row. */
export function drawBars(symbol: BarSymbol, moduleDots: number, heightDots: number): Uint8Array {
  const row = new Uint8Array(symbolModules(symbol) * moduleDots);
  let x = 0;
  for (const [index, width] of symbol.widths.entries()) {
    if (index % 2 === 0) row.fill(1, x, x + width * moduleDots);
    x += width * moduleDots;
  }
  const dots = new Uint8Array(row.length * heightDots);
  for (let y = 0; y < heightDots; y += 1) dots.set(row, y * row.length);
  return dots;
}
