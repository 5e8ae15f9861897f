/**
 * Which Unicode characters have a place in the printers' GBK font, and where. Made from the platform's own decoder,
 * so nothing is loaded; the square every printer knows (GB 2312) at once, the rest when it is first needed.
 */

/** Two bytes of every UTF-16 unit; 0 where there are none. */
const codes = new Uint16Array(0x1_0000);
let filled: "nothing" | "gb2312" | "all" = "nothing";

/** First and last of the lead bytes, and of the trail bytes. */
interface Square {
  leads: [number, number];
  trails: [number, number];
}

/** GB 2312: the characters of nearly every receipt. */
const COMMON: Square = { leads: [0xa1, 0xf7], trails: [0xa1, 0xfe] };
const WHOLE: Square = { leads: [0x81, 0xfe], trails: [0x40, 0xfe] };

/**
 * Places that printers fill differently, or not at all: the user-defined areas (private use in Unicode), the
 * vertical forms and parts that newer tables moved out of them (cp936 has none of these), and the euro sign, which
 * cp936 has as the single byte 80.
 */
function isDisputed(unit: number): boolean {
  return (
    (unit >= 0xe000 && unit <= 0xf8ff) ||
    (unit >= 0x9fb4 && unit <= 0x9fbb) ||
    (unit >= 0xfe10 && unit <= 0xfe19) ||
    unit === 0x20ac ||
    unit === 0xfffd
  );
}

/** The font has these as wide as a Chinese character, for pinyin; as letters of a word they are drawn. */
function isAccentedLatin(unit: number): boolean {
  if (unit === 0xd7 || unit === 0xf7) return false;
  return (unit >= 0xc0 && unit <= 0x2af) || (unit >= 0x1e00 && unit <= 0x1eff);
}

/** The two bytes of a UTF-16 unit in GBK, as one number; 0 when the printer's font can't show it. */
export function gbkCode(unit: number): number {
  if (filled === "nothing") {
    fill(COMMON);
    filled = "gb2312";
  }
  const code = codes[unit] ?? 0;
  if (code !== 0 || filled === "all") return code;
  fillGbk();
  return codes[unit] ?? 0;
}

/** Fills the whole table; afterwards no character costs more than another. */
export function fillGbk(): void {
  if (filled === "all") return;
  fill(WHOLE);
  filled = "all";
}

function fill({ leads, trails }: Square): void {
  const bytes = new Uint8Array((leads[1] - leads[0] + 1) * (trails[1] - trails[0] + 1) * 2);
  let at = 0;
  for (let lead = leads[0]; lead <= leads[1]; lead += 1)
    for (let trail = trails[0]; trail <= trails[1]; trail += 1) {
      bytes[at] = lead;
      // 7F is no trail byte; its neighbour a second time keeps one character for every two bytes.
      bytes[at + 1] = trail === 0x7f ? 0x7e : trail;
      at += 2;
    }
  const text = new TextDecoder("gbk").decode(bytes);
  if (text.length !== bytes.length / 2) throw new Error("this platform's GBK decoder is not whole");
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (isDisputed(unit) || isAccentedLatin(unit)) continue;
    const code = ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0);
    // A3A0 is a second ideographic space that cp936 does not have.
    if (code !== 0xa3a0) codes[unit] = code;
  }
}
