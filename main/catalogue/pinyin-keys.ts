import { setImmediate as nextTurn } from "node:timers/promises";

/**
 * Names as they can be typed in pinyin. One token stands for one character of the name and lists
 * everything that may be typed for it: the character itself and, for a Chinese one, all its readings
 * without tones and with ü as v. Blanks and punctuation give no token, so "kkkl330" finds 可口可乐 330ml.
 */
export interface PinyinKeys {
  tokens: readonly (readonly string[])[];
  /** Bit n is set when letter n (a = 0) can be typed for any token; lets most names be skipped at once. */
  letters: number;
}

export type PinyinKeyMaker = (name: string) => PinyinKeys;

/** Initials of two letters that an input method takes in place of the whole syllable. */
const LONG_INITIALS: ReadonlySet<string> = new Set(["zh", "ch", "sh"]);

/**
 * Loads the dictionary (about 300 kB, tens of milliseconds once) and returns the maker of keys.
 * All readings of a polyphone are kept: 重庆 is found by cq and 单县 by sx, whatever a dictionary
 * would guess from the context.
 */
export async function loadPinyinKeyMaker(): Promise<PinyinKeyMaker> {
  const { pinyin } = await import("pinyin-pro");
  await nextTurn(); // the first call builds tables for another 20 ms
  const tokenByCharacter = new Map<string, readonly string[]>();
  const tokenOf = (character: string): readonly string[] => {
    const known = tokenByCharacter.get(character);
    if (known !== undefined) return known;
    const readings = /\p{Script=Han}/u.test(character)
      ? pinyin(character, { multiple: true, toneType: "none", v: true, type: "array" })
      : [];
    const token = [
      ...new Set([character, ...readings.filter((reading) => /^[a-z]+$/.test(reading))]),
    ];
    tokenByCharacter.set(character, token);
    return token;
  };
  return (name) => {
    const tokens = Array.from(name)
      .filter((character) => /[\p{L}\p{N}]/u.test(character))
      .map(tokenOf);
    const letters = tokens.reduce((bits, token) => bits | letterBits(token.join("")), 0);
    return { tokens, letters };
  };
}

/** Which of the letters a–z a text holds, as bits. */
export function letterBits(text: string): number {
  let bits = 0;
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charCodeAt(index) - 97;
    if (letter >= 0 && letter < 26) bits |= 1 << letter;
  }
  return bits;
}

/**
 * Index of the first token from which `query` can be typed through, or -1. Each token takes its
 * whole reading, its initial, or a character as it stands; the last one may be half typed.
 * @param query lower case, without blanks
 */
export function findPinyin({ tokens }: PinyinKeys, query: string): number {
  for (let start = 0; start < tokens.length; start += 1) {
    if (canType(tokens, start, query, 0)) return start;
  }
  return -1;
}

function canType(
  tokens: PinyinKeys["tokens"],
  tokenIndex: number,
  query: string,
  at: number,
): boolean {
  if (at === query.length) return true;
  const token = tokens[tokenIndex];
  if (token === undefined) return false;
  return token.some((reading) => {
    const shared = sharedLength(reading, query, at);
    if (shared === 0) return false;
    if (at + shared === query.length) return true;
    const isWhole = shared === reading.length;
    if (isWhole && canType(tokens, tokenIndex + 1, query, at + shared)) return true;
    if (
      shared >= 2 &&
      LONG_INITIALS.has(reading.slice(0, 2)) &&
      canType(tokens, tokenIndex + 1, query, at + 2)
    ) {
      return true;
    }
    return reading.length > 1 && canType(tokens, tokenIndex + 1, query, at + 1);
  });
}

function sharedLength(reading: string, query: string, at: number): number {
  let length = 0;
  while (length < reading.length && reading.charCodeAt(length) === query.charCodeAt(at + length))
    length += 1;
  return length;
}
