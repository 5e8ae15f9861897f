/**
 * Writing whose signs change, join or move with their neighbours, or run from right to left: it is set as whole words,
 * by the rules of its fonts. Here is only what a layout must know of it: which it is, and how much room it takes.
 */

/**
 * Hebrew, Arabic and what runs like them; the Indic scripts, Thai, Lao, Tibetan, Burmese, Khmer; the forms of Hebrew
 * and Arabic that old files hold. (Unicode, Blocks)
 */
const SHAPED =
  /[\u0590-\u08ff\u0900-\u0fff\u1000-\u109f\u1780-\u17ff\u1cd0-\u1cff\ua8e0-\ua8ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Letters that take two cells, as Chinese characters do: scripts wider than Latin. */
const WIDE = /[\u0a80-\u0aff\u0b00-\u0dff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff]/;

/** Of those, what is not: the narrow letters of Tamil and its vowel signs that stand beside a letter. */
const TAMIL_NARROW = /[\u0b9f\u0bb0\u0bbe-\u0bc2]/;
/** Vowel signs that stand on both sides of their letter. */
const TAMIL_AROUND = /[\u0bca-\u0bcc]/;

const TAKES_NO_ROOM = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** One conjunct can have any number of letters; what has more than these is nobody's word, and is squeezed. */
const MOST_CELLS = 6;

/** Whether a text has letters that are set as words. */
export function isShaped(text: string): boolean {
  return SHAPED.test(text);
}

/**
 * Cells of one character as people count them, of such a script. Whole words are drawn in the cells of their
 * characters together, so a letter may be somewhat wider or narrower than its own.
 */
export function shapedCells(cluster: string): number {
  let cells = 0;
  for (const sign of cluster) {
    if (TAKES_NO_ROOM.test(sign)) continue;
    if (TAMIL_AROUND.test(sign)) cells += 3;
    else cells += WIDE.test(sign) && !TAMIL_NARROW.test(sign) ? 2 : 1;
  }
  return Math.min(MOST_CELLS, cells);
}
