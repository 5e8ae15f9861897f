/**
 * What a receipt is made of before anybody decides how to show it. The strip on the screen and the
 * bytes for the printer are both made from these lines, so what is seen is what is printed.
 */

/** A piece of text at a place in a line. Places and widths are character cells of that line. */
export interface Segment {
  text: string;
  /** First cell, from 0 at the left. */
  cell: number;
  /** Cells reserved for this segment; the text is never wider. */
  cells: number;
  align: "left" | "center" | "right";
}

/** Why a line is there: lets the screen mark a line without knowing its text. */
export type LineRole =
  | "shop"
  | "meta"
  | "item"
  | "discount"
  | "tax"
  | "total"
  | "tender"
  | "mark"
  | "code"
  | "note"
  | "table";

export interface TextLine {
  kind: "text";
  role: LineRole;
  segments: Segment[];
  bold: boolean;
  /** `double`: twice as wide and twice as high, so half as many cells. */
  size: "normal" | "double";
  /** The basket line (from 0) this belongs to. */
  item?: number;
}

export type ReceiptLine =
  | TextLine
  | { kind: "rule"; role: LineRole; cells: number }
  | { kind: "feed"; role: LineRole; lines: number }
  | { kind: "barcode"; role: LineRole; data: string };

/**
 * Cells a text takes on a Chinese receipt printer: printable ASCII is one cell, everything else
 * comes from the double-width Chinese font (GBK holds Greek, Cyrillic and `￥` there too).
 */
export function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    cells += code >= 0x20 && code <= 0x7e ? 1 : 2;
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
  for (const character of text) {
    used += cellsOf(character);
    if (used > cells && prefix !== "") break;
    prefix += character;
    if (used >= cells) break;
  }
  return prefix;
}
