import { setImmediate as nextTurn } from "node:timers/promises";
import {
  LATIN_ALPHABETS,
  NATIVE_SCRIPTS,
  TEXT_ENCODINGS,
  WIDE_ENCODINGS,
  type GuessedEncoding,
} from "./encodings.ts";

/** An encoding in which a file can be read, and some of its lines as they then read. */
export interface EncodingCandidate {
  encoding: GuessedEncoding;
  /** Lines with characters beyond ASCII, cut. */
  lines: string[];
}

export interface EncodingVerdict {
  /** The likeliest reading has bytes that mean nothing: the file was cut or changed on its way. */
  isDamaged: boolean;
  /** Likeliest first, each with a text of its own; empty when the bytes are text in none. */
  candidates: EncodingCandidate[];
  /** False when another one is about as likely: a person must look at the names. */
  isSure: boolean;
}

/** Enough for every kind of name a list has; takes a slow counter PC some 20 ms per encoding. */
const SAMPLE_BYTES = 8 * 1024;
const SHOWN_LINES = 6;
const SHOWN_CHARS = 80;
const MOST_CANDIDATES = 5;

/**
 * Judges every encoding by what comes out of it: how rare its characters are, whether scripts are mixed
 * within words, whether the letters belong to one language. Costs are rough bits: 8 of them make one
 * reading 256 times as likely as another.
 * @param home what is written where the shop is
 */
export async function judgeEncodings(
  bytes: Uint8Array,
  home: ReadonlySet<GuessedEncoding>,
): Promise<EncodingVerdict> {
  const sample = telltaleLines(bytes);
  const highBytes = sample.filter((byte) => byte >= 0x80).length;
  const judged: { encoding: GuessedEncoding; text: string; cost: number }[] = [];
  for (const encoding of TEXT_ENCODINGS) {
    if (encoding === "utf-8" || encoding === "utf-16le" || encoding === "utf-16be") continue;
    await nextTurn();
    const text = new TextDecoder(encoding).decode(sample);
    const broken = text.split("\uFFFD").length - 1;
    if (broken * MOST_BROKEN > highBytes && broken > 1) continue;
    const bonus = home.has(encoding) ? 6 + highBytes * 0.3 : 0;
    const cost = costOf(text, encoding) + priorOf(encoding) + broken * BROKEN_BITS - bonus;
    judged.push({ encoding, text, cost });
  }
  judged.sort((a, b) => a.cost - b.cost);
  const [best] = judged;
  // Text has no control characters of the C1 range, and no page of it is rare characters only.
  if (best === undefined || best.cost > highBytes * WORST_BITS + asciiCost(best.text))
    return { candidates: [], isSure: false, isDamaged: false };
  const distinct = judged.filter(
    ({ text }, index) =>
      judged.findIndex((other) => other.text === text) === index &&
      (index === 0 || !text.includes("\uFFFD")),
  );
  const rival = distinct[1];
  const lead = rival === undefined ? Infinity : rival.cost - best.cost;
  return {
    candidates: distinct
      .slice(0, MOST_CANDIDATES)
      .map(({ encoding, text }) => ({ encoding, lines: linesToShow(text) })),
    isDamaged: best.text.includes("\uFFFD"),
    isSure: lead >= SURE_BITS && lead >= highBytes * SURE_BITS_PER_BYTE,
  };
}

/** One broken character in so many bytes is damage; more of them are another encoding. */
const MOST_BROKEN = 50;
const BROKEN_BITS = 16;
const SURE_BITS = 10;
const SURE_BITS_PER_BYTE = 0.4;
/** Noise costs more than this for each byte beyond ASCII. */
const WORST_BITS = 11;

function linesToShow(text: string): string[] {
  const lines = text.split(/[\r\n]+/).filter((line) => /[^\0-\x7f]/.test(line));
  return lines.slice(0, SHOWN_LINES).map((line) => line.slice(0, SHOWN_CHARS));
}

/** Whole lines that hold bytes beyond ASCII, wherever in the file they stand. */
function telltaleLines(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  let start = 0;
  while (start < bytes.length && size < SAMPLE_BYTES) {
    let end = start;
    let isTelling = false;
    for (; end < bytes.length && bytes[end] !== 0x0a && bytes[end] !== 0x0d; end += 1)
      if ((bytes[end] ?? 0) >= 0x80) isTelling = true;
    if (isTelling) {
      const line = bytes.subarray(start, Math.min(end + 1, bytes.length));
      parts.push(line);
      size += line.length;
    }
    start = end + 1;
  }
  return Buffer.concat(parts);
}

/** Encodings that hardly anybody writes any more start behind. */
function priorOf(encoding: GuessedEncoding): number {
  if (encoding === "macintosh" || encoding === "koi8-r") return 10;
  return encoding === "windows-1252" || encoding in WIDE_ENCODINGS ? 0 : 4;
}

const ASCII_BITS = 4;

function asciiCost(text: string): number {
  return text.replace(/[^\0-\x7f]/g, "").length * ASCII_BITS;
}

function costOf(text: string, encoding: GuessedEncoding): number {
  if (encoding in WIDE_ENCODINGS) return wideCost(text, encoding);
  const native = NATIVE_SCRIPTS[encoding];
  if (native !== undefined) {
    const bitsOf = (char: string) => {
      if (!native.letters.test(char)) return null;
      const small = char.toLowerCase();
      return native.frequent.includes(small) ? 4.4 : native.rare.includes(small) ? 7 : 5.2;
    };
    return narrowCost(text, bitsOf, true);
  }
  const alphabets = LATIN_ALPHABETS[encoding] ?? [""];
  return Math.min(
    ...alphabets.map((alphabet) =>
      narrowCost(text, (char) => (alphabet.includes(char) ? 5.5 : null), false),
    ),
  );
}

const LETTER = /\p{L}|\p{M}/u;
const ASCII_LETTER = /[A-Za-z]/;
const LOWER = /\p{Ll}/u;
const UPPER = /\p{Lu}/u;
const CONTROL = /[\u0080-\u009F]/;
const USUAL_SIGNS = "€°–—‘’“”„…®©™²³½¼¾£§´«»·×ºª•¡¿\u00A0";

/** Single bytes: letters of one language are cheap; odd signs within words and mixed scripts are not. */
function narrowCost(
  text: string,
  lettersOf: (char: string) => number | null,
  hasOwnScript: boolean,
): number {
  let cost = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char < "\u0080") {
      cost += ASCII_BITS;
      continue;
    }
    const before = text.charAt(at - 1);
    const after = text.charAt(at + 1);
    const known = lettersOf(char);
    if (CONTROL.test(char)) cost += 40;
    else if (LETTER.test(char)) {
      cost += known ?? 10;
      if (LOWER.test(before) && UPPER.test(char)) cost += 6;
      if (hasOwnScript) {
        if (ASCII_LETTER.test(before) || ASCII_LETTER.test(after)) cost += known === null ? 0 : 6;
      } else if (before >= "\u0080" && LETTER.test(before)) cost += 4;
    } else {
      cost += USUAL_SIGNS.includes(char) ? 9 : 15;
      const joins = char === "’" || char === "·" || char === "\u00A0";
      if (!joins && LETTER.test(before) && LETTER.test(after)) cost += 9;
    }
  }
  return cost;
}

interface WideSets {
  frequent: ReadonlySet<string>;
  common: ReadonlySet<string>;
  rare: ReadonlySet<string>;
}

const setsByEncoding = new Map<GuessedEncoding, WideSets>();

/** Made when first needed: which characters an encoding counts as usual. */
function setsOf(encoding: GuessedEncoding): WideSets {
  const known = setsByEncoding.get(encoding);
  if (known !== undefined) return known;
  const facts = WIDE_ENCODINGS[encoding];
  const decoder = new TextDecoder(encoding);
  const charsOf = ([from, to]: readonly [number, number]) => {
    const bytes: number[] = [];
    for (let lead = from; lead <= to; lead += 1)
      for (const [first, last] of facts?.trails ?? [])
        for (let trail = first; trail <= last; trail += 1) bytes.push(lead, trail);
    return decoder.decode(Uint8Array.from(bytes)).replaceAll("\uFFFD", "");
  };
  const made: WideSets = {
    frequent: new Set(facts?.frequent),
    common: new Set(charsOf(facts?.common ?? [1, 0])),
    rare: new Set((facts?.rare ?? []).map(charsOf).join("")),
  };
  setsByEncoding.set(encoding, made);
  return made;
}

/** Double bytes: what stands in every list is cheap, what needs an extension of the encoding is not. */
function wideCost(text: string, encoding: GuessedEncoding): number {
  const sets = setsOf(encoding);
  let cost = 0;
  let before = "";
  const chars = Array.from(text);
  chars.forEach((char, at) => {
    cost += char < "\u0080" ? ASCII_BITS : wideCharCost(char, encoding, sets);
    // "M黶li": no name has a hanzi in the middle of a Latin word.
    if (char >= "\u2E80" && /[a-z]/.test(before) && /[a-z]/.test(chars[at + 1] ?? "")) cost += 5;
    before = char;
  });
  return cost;
}

function wideCharCost(char: string, encoding: GuessedEncoding, sets: WideSets): number {
  if (sets.frequent.has(char)) return 6.5;
  if (/[\u3041-\u30FE]/.test(char)) return encoding === "shift_jis" ? 6.5 : 12;
  if (sets.common.has(char)) return 9.5;
  if (sets.rare.has(char)) return 15;
  if (/[\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]/.test(char)) return 8;
  if (/[\uFF61-\uFF9F]/.test(char)) return 8.5;
  if (/[\u2010-\u203B×·°℃①-⑳Ⅰ-Ⅹ]/.test(char)) return 10;
  if (/\p{Co}|[\u0080-\u009F]/u.test(char)) return 40;
  if (/\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic}/u.test(char)) return 14;
  return char.length > 1 ? 24 : 20;
}
