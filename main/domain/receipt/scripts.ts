/**
 * Writing whose signs change, join or move with their neighbours, or run from right to left: it is set as whole words,
 * by the rules of its fonts. Here is only what a layout must know of it: which it is, and how much room it takes.
 */

/** First and last character. */
type Range = readonly [number, number];

/**
 * Hebrew, Arabic and what runs like them; the Indic scripts, Thai, Lao, Tibetan, Burmese, Khmer; the forms of Hebrew
 * and Arabic that old files hold. (Unicode, Blocks)
 */
const SHAPED: readonly Range[] = [
  [0x590, 0x109f],
  [0x1780, 0x17ff],
  [0x1cd0, 0x1cff],
  [0xa8e0, 0xa8ff],
  [0xfb1d, 0xfdff],
  [0xfe70, 0xfefc],
];

/** Letters that take two cells, as Chinese characters do: scripts wider than Latin. */
const WIDE: readonly Range[] = [
  [0xa80, 0xdff],
  [0xf00, 0x109f],
  [0x1780, 0x17ff],
];

/** Of those, what is not: the narrow letters of Tamil and its vowel signs that stand beside a letter. */
const TAMIL_NARROW: readonly Range[] = [
  [0xb9f, 0xb9f],
  [0xbb0, 0xbb0],
  [0xbbe, 0xbc2],
];
/** Vowel signs that stand on both sides of their letter. */
const TAMIL_AROUND: readonly Range[] = [[0xbca, 0xbcc]];

const TAKES_NO_ROOM = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** One conjunct can have any number of letters; what has more than these is nobody's word, and is squeezed. */
const MOST_CELLS = 6;

/** Whether a text has letters that are set as words. */
export function isShaped(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (isIn(SHAPED, text.charCodeAt(at))) return true;
  return false;
}

function isIn(ranges: readonly Range[], code: number): boolean {
  return ranges.some(([from, to]) => code >= from && code <= to);
}

/**
 * Cells of one character as people count them, of such a script. Whole words are drawn in the cells of their
 * characters together, so a letter may be somewhat wider or narrower than its own.
 */
export function shapedCells(cluster: string): number {
  let cells = 0;
  for (const sign of cluster) {
    if (TAKES_NO_ROOM.test(sign)) continue;
    const code = sign.codePointAt(0) ?? 0;
    if (isIn(TAMIL_AROUND, code)) cells += 3;
    else cells += isIn(WIDE, code) && !isIn(TAMIL_NARROW, code) ? 2 : 1;
  }
  return Math.min(MOST_CELLS, cells);
}
