import { CELL, INK_HEIGHT, OVERHANG, type Drawable, type InkStore } from "./ink.ts";
import { packRows, type PackedRows } from "./bands.ts";

/** A character or word at its place in a line of cells. */
export interface PlacedCluster extends Drawable {
  /** First cell; behind a word that may be a fraction. */
  cell: number;
  /** Nothing can show it: `text` is what stands in its place. */
  isLost?: boolean;
}

/** A drawn line: what to leave blank, what to burn, and how much paper it takes at least. */
export interface DrawnRow {
  /** Blank dots above the ink, counted from where the printer's own characters would begin. */
  blankAbove: number;
  /** null when nothing is to be seen. */
  ink: PackedRows | null;
  /** Where the line's cells end: below its ink there must be as much air as below other lines. */
  cellsEnd: number;
}

/**
 * Draws a line of characters in the cells the printer would have put them in. Ink that stands higher than a cell
 * (accents on capitals, Thai tone marks) moves the whole line down, never into the line before.
 * @param scale 2 for double size; places are then cells of double size.
 * @throws Error when a font can't be read.
 */
export function drawRow(
  clusters: readonly PlacedCluster[],
  style: { scale: 1 | 2; bold: boolean; widthDots: number },
  inks: InkStore,
): DrawnRow {
  const { scale, widthDots: width } = style;
  const height = INK_HEIGHT * scale;
  const dots = new Uint8Array(width * height);
  for (const cluster of clusters) {
    if (cluster.text.trim() === "") continue;
    const ink = inks.get(cluster, scale);
    const left = Math.round(cluster.cell * CELL.width * scale) - ink.bleed;
    burn(dots, width, ink, left);
    // Emphasis is the same dots once more, a little further right, as printers do it.
    if (style.bold) burn(dots, width, ink, left + scale);
  }
  const first = dots.indexOf(1);
  const cellsEnd = CELL.height * scale;
  if (first < 0) return { blankAbove: 0, ink: null, cellsEnd };
  const top = Math.floor(first / width);
  const bottom = Math.floor(dots.lastIndexOf(1) / width);
  const belowCellTop = top - OVERHANG.above * scale;
  return {
    blankAbove: Math.max(0, belowCellTop),
    cellsEnd: cellsEnd + Math.max(0, -belowCellTop),
    ink: packRows({ width, height, dots }, top, bottom - top + 1),
  };
}

function burn(
  dots: Uint8Array,
  width: number,
  ink: { width: number; dots: Uint8Array },
  left: number,
): void {
  const height = ink.dots.length / ink.width;
  const visible = Math.min(ink.width, width - left);
  for (let y = 0; y < height; y += 1)
    for (let x = Math.max(0, -left); x < visible; x += 1)
      if (ink.dots[y * ink.width + x] === 1) dots[y * width + left + x] = 1;
}
