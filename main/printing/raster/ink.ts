import { fillOutline } from "./fill-outline.ts";
import { Typeface, type Shape } from "./typeface.ts";

/**
 * Characters of drawn lines as dots, 203 dpi. Cells are those of the printer's own fonts, 12 by 24 and 24 by 24
 * dots, with room above and below for accents and tails that the printer's fonts would not have either.
 */
export const CELL = { width: 12, height: 24 } as const;
/** Dots above and below the cell. */
export const OVERHANG = { above: 12, below: 10 } as const;
export const INK_HEIGHT = OVERHANG.above + CELL.height + OVERHANG.below;

/** Dots of one character, `INK_HEIGHT` times the scale high, row by row, one byte each. */
export interface Ink {
  width: number;
  dots: Uint8Array;
}

/** Dots an em measures in a narrow and in a wide cell, and where the baseline is in it. */
const NARROW = { emX: 20, emY: 23, baseline: 19 } as const;
const WIDE = { emX: 23.4, emY: 23.4, baseline: 20.8 } as const;
const EM = 1000;
/** Enough for every name in a large shop; a hostile one must not fill the memory. */
const KEEP = 6_000;

const HOLLOW = "□";

/** Draws characters and keeps them. Fonts are read when the first one is asked for. */
export class InkStore {
  readonly #typeface = new Typeface();
  readonly #inks = new Map<string, Ink | null>();

  /** True when some font has this character. @throws Error when a font can't be read. */
  has(cluster: string, cells: number, scale: 1 | 2): boolean {
    return this.#kept(cluster, cells, scale) !== null;
  }

  /**
   * One character in its cells; a hollow box when no font has it.
   * @param scale 2 for double size.
   * @throws Error when a font can't be read.
   */
  get(cluster: string, cells: number, scale: 1 | 2): Ink {
    return this.#kept(cluster, cells, scale) ?? hollowBox(cells, scale);
  }

  #kept(cluster: string, cells: number, scale: 1 | 2): Ink | null {
    const key = `${cells}${scale}${cluster}`;
    let ink = this.#inks.get(key);
    if (ink === undefined) {
      // A font's own hollow square loses strokes at this size.
      const shape = cluster === HOLLOW ? undefined : this.#typeface.shape(cluster);
      ink = shape === undefined ? null : draw(shape, cells, scale);
      if (this.#inks.size >= KEEP) this.#inks.clear();
      this.#inks.set(key, ink);
    }
    return ink;
  }
}

function draw(shape: Shape, cells: number, scale: 1 | 2): Ink {
  const face = cells === 1 || shape.narrow ? NARROW : WIDE;
  const width = cells * CELL.width * scale;
  const height = INK_HEIGHT * scale;
  const natural = (shape.advance / EM) * face.emX * scale;
  // What is wider than its cells is squeezed into them, what is narrower stands in the middle.
  const squeeze = Math.min(1, width / natural);
  const emX = face.emX * scale * squeeze;
  const emY = face.emY * scale * (shape.keepsProportions ? squeeze : 1);
  const left = (width - natural * squeeze) / 2;
  const baseline = (OVERHANG.above + face.baseline) * scale;
  const dots = new Uint8Array(width * height);
  for (const { outline, x, y } of shape.parts) {
    const part = fillOutline(
      outline.commands,
      {
        scaleX: emX / outline.unitsPerEm,
        scaleY: emY / outline.unitsPerEm,
        originX: left + (x / EM) * emX,
        baselineY: baseline + (y / EM) * emY,
      },
      width,
      height,
    );
    for (let at = 0; at < dots.length; at += 1) dots[at] = (dots[at] ?? 0) | (part[at] ?? 0);
  }
  return { width, dots };
}

/** Stands for what no font has. */
function hollowBox(cells: number, scale: 1 | 2): Ink {
  const width = cells * CELL.width * scale;
  const dots = new Uint8Array(width * INK_HEIGHT * scale);
  const [left, right] = [scale, width - 1 - scale];
  const top = (OVERHANG.above + 3) * scale;
  const bottom = (OVERHANG.above + CELL.height - 3) * scale - 1;
  for (let y = top; y <= bottom; y += 1)
    for (let x = left; x <= right; x += 1)
      if (y === top || y === bottom || x === left || x === right) dots[y * width + x] = 1;
  return { width, dots };
}

/** The dots of this process: drawn once, used by every receipt. */
export const inks = new InkStore();
