/** Code 128 element widths by value, from ISO/IEC 15417 table 1; bar and space alternate. */
const PATTERNS =
  "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131".split(
    " ",
  );
const START_B = "211214";
const START_B_VALUE = 104;
const STOP = "2331112";
const FIRST_CHARACTER = 32;

export interface Bar {
  /** Modules from the left edge of the symbol. */
  x: number;
  /** Modules. */
  width: number;
}

/** The bars of a text in Code 128 set B, without quiet zones, and how many modules they span. */
export function code128(text: string): { bars: Bar[]; modules: number } {
  const values = [...text].map((character) => character.charCodeAt(0) - FIRST_CHARACTER);
  const check =
    values.reduce((sum, value, index) => sum + value * (index + 1), START_B_VALUE) % 103;
  const widths = [START_B, ...[...values, check].map((value) => PATTERNS[value] ?? ""), STOP].join(
    "",
  );
  const bars: Bar[] = [];
  let x = 0;
  [...widths].forEach((digit, index) => {
    const width = Number(digit);
    if (index % 2 === 0) bars.push({ x, width });
    x += width;
  });
  return { bars, modules: x };
}

/** EAN-13 left digits with odd parity (set A), from ISO/IEC 15420; set B mirrors the complement. */
const EAN_ODD = "3211 2221 2122 1411 1132 1231 1114 1312 1213 3112".split(" ");
/** Which of the six left digits have even parity, by the first digit. */
const EAN_PARITY = "000000 001011 001101 001110 010011 011001 011100 010101 010110 011010".split(
  " ",
);

/** The bars of an EAN-13 code, without quiet zones; twelve digits get their check digit. */
export function ean13(text: string): { bars: Bar[]; modules: number } {
  const digits = [...text.slice(0, 12)].map(Number);
  const sum = digits.reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
  const [first, ...rest] = [...digits, (10 - (sum % 10)) % 10];
  const parity = EAN_PARITY[first ?? 0] ?? "";
  // Set B is set A read backwards; the right half has set A's widths, beginning with a bar.
  const left = rest.slice(0, 6).map((digit, index) => {
    const widths = EAN_ODD[digit] ?? "";
    return parity[index] === "1" ? [...widths].toReversed().join("") : widths;
  });
  const right = rest.slice(6).map((digit) => EAN_ODD[digit] ?? "");
  const bars: Bar[] = [];
  let x = 0;
  const draw = (widths: string, startsDark: boolean) =>
    [...widths].forEach((character, index) => {
      const width = Number(character);
      if ((index % 2 === 0) === startsDark) bars.push({ x, width });
      x += width;
    });
  draw("111", true);
  for (const widths of left) draw(widths, false);
  draw("11111", false);
  for (const widths of right) draw(widths, true);
  draw("111", true);
  return { bars, modules: x };
}
