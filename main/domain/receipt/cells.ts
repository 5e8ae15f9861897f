/** Which cells text takes on paper, and where it may be broken. */

import { isShaped, shapedCells } from "./scripts.ts";

/** A character as people count them: a base with its marks, a whole emoji. Never torn apart. */
export interface Cluster {
  text: string;
  /** 0, 1 or 2 cells of the normal font; up to 6 of scripts that are set as words. */
  cells: number;
}

/**
 * Narrow: letters and signs that get one cell because the line they stand in is drawn: Latin with its accents,
 * Vietnamese, currency signs. What a Chinese printer has in its own double-width font stays out
 * (`§ ¨ ° ± · × ÷`, Greek, Cyrillic), and so does U+00A5, which is printed as `￥`.
 */
const NARROW =
  /^[\u00a0-\u00a3\u00a6\u00a9-\u00ac\u00ae\u00af\u00b2-\u00b6\u00b8-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff\u2000-\u200a\u2011\u202f\u205f\u20a0-\u20cf\u2212]/;

/** Nothing to see: joiners, direction marks, variation selectors, marks without a letter. */
const UNSEEN = /^[\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}]+$/u;
const EMOJI = /[\ufe0f\u20e3]|\p{Emoji_Presentation}/u;

/** Loaded with the first text that needs it; most receipts never do. */
let segmenter: Intl.Segmenter | undefined;

/** Cells of a character that stands alone and never joins its neighbours; 0 when that can't be told at a glance. */
function plainCells(code: number): 0 | 1 | 2 {
  if (code >= 0x20 && code <= 0x7e) return 1;
  if (code >= 0x4e00 && code <= 0x9fff) return 2;
  if (code >= 0xff01 && code <= 0xff60) return 2;
  if (code >= 0x3001 && code <= 0x3029) return 2;
  return 0;
}

/** The characters of a text as a person counts them, with the cells each takes. */
export function clustersOf(text: string): Cluster[] {
  const clusters: Cluster[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const cells = plainCells(text.charCodeAt(at));
    if (cells === 0) return mixedClusters(text);
    clusters.push({ text: text.charAt(at), cells });
  }
  return clusters;
}

function mixedClusters(text: string): Cluster[] {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => ({
    text: segment,
    cells: cellsOfCluster(segment),
  }));
}

function cellsOfCluster(cluster: string): number {
  const plain = cluster.length === 1 ? plainCells(cluster.charCodeAt(0)) : 0;
  if (plain > 0) return plain;
  if (UNSEEN.test(cluster)) return 0;
  if (EMOJI.test(cluster)) return 2;
  if (isShaped(cluster)) return shapedCells(cluster);
  const first = cluster.charCodeAt(0);
  return NARROW.test(cluster) || (first >= 0x20 && first <= 0x7e) ? 1 : 2;
}

/**
 * Cells a text takes on paper. Printable ASCII is one cell; Chinese and everything else that comes from the
 * printer's double-width font is two; accented Latin and currency signs are one (their line is drawn);
 * scripts that are set as words have cells by their letters (`scripts.ts`);
 * an emoji is two however many code points it has; zero-width characters take none.
 */
export function cellsOf(text: string): number {
  let cells = 0;
  for (let at = 0; at < text.length; at += 1) {
    const own = plainCells(text.charCodeAt(at));
    if (own === 0) return mixedClusters(text).reduce((sum, cluster) => sum + cluster.cells, 0);
    cells += own;
  }
  return cells;
}

/**
 * Breaks a text into lines of at most `cells`, at spaces where that leaves no line very short,
 * else anywhere but inside a character. Never drops anything but the spaces at a break.
 */
export function wrap(text: string, cells: number): string[] {
  const lines: string[] = [];
  let rest = text.trim();
  while (cellsOf(rest) > cells) {
    const hard = prefixOf(rest, cells);
    const space = hard.lastIndexOf(" ");
    const next = rest[hard.length];
    const cut = next === " " || space < hard.length / 2 ? hard.length : space;
    lines.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  if (rest !== "" || lines.length === 0) lines.push(rest);
  return lines;
}

/** The longest start of `text` that fits into `cells`; at least one character. */
function prefixOf(text: string, cells: number): string {
  let used = 0;
  let prefix = "";
  for (const cluster of clustersOf(text)) {
    used += cluster.cells;
    if (used > cells && prefix !== "") break;
    prefix += cluster.text;
  }
  return prefix;
}
