import { cellsOf, clustersOf, type Cluster, type TextLine } from "../../domain/receipt/line.ts";
import { isShaped } from "../../domain/receipt/scripts.ts";
import type { PlacedCluster } from "../raster/draw-row.ts";
import { missingSign } from "../raster/ink.ts";
import type { Shaping } from "../raster/typeface.ts";
import { gbkCode } from "./gbk.ts";
import { isWithoutSign, neighbourOf, printerCode } from "./printable.ts";

const SPACE = 0x20;

/**
 * One line of cells being set. In GBK a character has as many bytes as cells, so the bytes of a text can be put
 * straight where its cells are. Reused from line to line; nothing is kept.
 */
export class RowSetter {
  /** The bytes of the line just set. */
  bytes = new Uint8Array(1024).fill(SPACE);
  /** How many of them are in use, without blanks at the end. */
  length = 0;

  /**
   * Sets a line in the printer's own font. False when it has a character that takes more than a look at a table:
   * nothing of it has been sent then, and `bytes` means nothing.
   */
  set({ segments }: TextLine, asciiOnly: boolean): boolean {
    this.bytes.fill(SPACE, 0, this.length);
    this.length = 0;
    let end = 0;
    for (const { text, cell, cells, align } of segments) {
      // Written where it would stand at the left, then moved if it belongs elsewhere.
      const from = Math.max(cell, end);
      if (!this.#write(text, from, asciiOnly)) {
        this.length = this.bytes.length;
        return false;
      }
      const taken = this.length - from;
      const start = Math.max(from, cell + offsetOf(align, cells - taken));
      if (start > from) this.#move(from, taken, start);
      end = start + taken;
      this.length = end;
    }
    while (this.length > 0 && this.bytes[this.length - 1] === SPACE) this.length -= 1;
    return true;
  }

  /** Writes at `at`; afterwards `length` is behind it. */
  #write(text: string, at: number, asciiOnly: boolean): boolean {
    this.#reserve(at + text.length * 2);
    const { bytes } = this;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit >= 0x20 && unit <= 0x7e) {
        bytes[at] = unit;
        at += 1;
        continue;
      }
      const code = asciiOnly ? 0 : gbkCode(unit);
      if (code === 0) return false;
      bytes[at] = code >> 8;
      bytes[at + 1] = code & 0xff;
      at += 2;
    }
    this.length = at;
    return true;
  }

  #move(from: number, count: number, to: number): void {
    this.#reserve(to + count);
    this.bytes.copyWithin(to, from, from + count);
    this.bytes.fill(SPACE, from, Math.min(to, from + count));
  }

  #reserve(wanted: number): void {
    if (wanted <= this.bytes.length) return;
    const larger = new Uint8Array(wanted * 2).fill(SPACE);
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

function offsetOf(align: "left" | "center" | "right", free: number): number {
  if (align === "left" || free <= 0) return 0;
  return align === "right" ? free : Math.floor(free / 2);
}

/** What `placeClusters` has to know of the fonts that draw. */
export interface Signs {
  /** Whether some font can show this character. */
  canShow(cluster: string): boolean;
  /** Whether two characters of scripts that are set as words belong to one. */
  areOneWord(text: string, next: string): boolean;
  /** Cells such a word needs. */
  cellsOfWord(text: string, isRightToLeft: boolean): number;
}

/**
 * The characters of a line in their cells as they are read on paper, each as it is printed: neighbours in place of
 * what GBK lacks, a question mark for what can't be shown, nothing for what is never seen. What its script sets as words
 * is one piece for each word, in the cells of its letters together.
 * @param shaping what sets words; a line that has none is placed without.
 */
export function placeClusters(
  { segments }: TextLine,
  signs: Signs,
  shaping: Shaping | undefined,
): PlacedCluster[] {
  const placed: PlacedCluster[] = [];
  let end = 0;
  for (const { text, cell, cells, align } of segments) {
    const pieces =
      shaping !== undefined && isShaped(text)
        ? fitted(wordsOf(text, signs, shaping), Math.max(cells, cellsOf(text)))
        : clustersOf(text).flatMap((cluster) => (cluster.cells > 0 ? shownAs(cluster, signs) : []));
    const taken = pieces.reduce((sum, piece) => sum + piece.cells, 0);
    let at = Math.max(end, cell + offsetOf(align, cells - taken));
    for (const piece of pieces) {
      placed.push({ ...piece, cell: at });
      at += piece.cells;
    }
    end = at;
  }
  return placed;
}

type Piece = Omit<PlacedCluster, "cell">;

/** A text of mixed writing from left to right, whole words of one script each in one piece. */
function wordsOf(text: string, signs: Signs, shaping: Shaping): Piece[] {
  const pieces: Piece[] = [];
  let word: { texts: string[]; isRightToLeft: boolean } | null = null;
  const endWord = () => {
    if (word === null) return;
    const { texts, isRightToLeft } = word;
    const whole = (isRightToLeft ? texts.toReversed() : texts).join("");
    const cells = signs.cellsOfWord(whole, isRightToLeft);
    pieces.push({ text: whole, cells, word: { isRightToLeft } });
    word = null;
  };
  for (const cluster of shaping.inVisualOrder(text, clustersOf(text))) {
    // A mark without a letter would be moved over its neighbour.
    if (cluster.cells === 0) continue;
    if (!isShaped(cluster.text) || !signs.canShow(cluster.text)) {
      endWord();
      pieces.push(shownAs({ ...cluster, cells: Math.min(2, cluster.cells) }, signs));
      continue;
    }
    const { isRightToLeft } = cluster;
    const last: string | undefined = word?.texts.at(-1);
    if (
      word === null ||
      last === undefined ||
      word.isRightToLeft !== isRightToLeft ||
      !signs.areOneWord(last, cluster.text)
    ) {
      endWord();
      word = { texts: [], isRightToLeft };
    }
    word.texts.push(cluster.text);
  }
  endWord();
  return pieces;
}

/** Words that need more room than there is are squeezed, all alike; what has cells of its own keeps them. */
function fitted(pieces: readonly Piece[], cells: number): Piece[] {
  const sum = (of: readonly Piece[]) => of.reduce((total, piece) => total + piece.cells, 0);
  const words = sum(pieces.filter(({ word }) => word !== undefined));
  const room = cells - (sum(pieces) - words);
  if (words <= room) return [...pieces];
  const squeeze = Math.max(0.3, room / words);
  return pieces.map((piece) =>
    piece.word === undefined ? piece : { ...piece, cells: piece.cells * squeeze },
  );
}

function shownAs({ text, cells }: Cluster, signs: Signs): Piece {
  const shown = neighbourOf(text);
  if (printerCode(shown) !== 0) return { text: shown, cells };
  return isWithoutSign(shown) || !signs.canShow(shown)
    ? { text: missingSign(cells), cells, isLost: true }
    : { text: shown, cells };
}

/** Placed characters as bytes of the printer's own font; null when one of them is not in it, or wider there. */
export function rowOf(placed: readonly PlacedCluster[], asciiOnly: boolean): Uint8Array | null {
  const last = placed.at(-1);
  if (last === undefined) return new Uint8Array();
  const row = new Uint8Array(last.cell + last.cells).fill(SPACE);
  for (const { text, cell, cells, word } of placed) {
    const code = printerCode(text);
    const taken = code < 0x80 ? 1 : 2;
    if (code === 0 || word !== undefined || taken > cells || (asciiOnly && taken === 2))
      return null;
    if (taken === 2) row[cell] = code >> 8;
    row[cell + taken - 1] = code & 0xff;
  }
  let length = row.length;
  while (length > 0 && row[length - 1] === SPACE) length -= 1;
  return row.subarray(0, length);
}
