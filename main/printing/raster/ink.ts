import { clustersOf } from "../../domain/receipt/line.ts";
import { isShaped } from "../../domain/receipt/scripts.ts";
import { fillOutline } from "./fill-outline.ts";
import type { OwnFonts } from "./own-fonts.ts";
import { Turn } from "./turn.ts";
import { Typeface, type Shape, type Shaping } from "./typeface.ts";

/**
 * Characters of drawn lines as dots, 203 dpi. Cells are those of the printer's own fonts, 12 by 24 and 24 by 24
 * dots, with room above and below for accents and tails that the printer's fonts would not have either.
 */
export const CELL = { width: 12, height: 24 } as const;
/** Dots above and below the cell. */
export const OVERHANG = { above: 12, below: 10 } as const;
export const INK_HEIGHT = OVERHANG.above + CELL.height + OVERHANG.below;

/** Dots of one character or word, `INK_HEIGHT` times the scale high, row by row, one byte each. */
export interface Ink {
  width: number;
  dots: Uint8Array;
  /** Dots left of its first cell, and as many right of its last: signs of a word reach out of it. */
  bleed: number;
}

/** What stands in some cells of a drawn line. */
export interface Drawable {
  text: string;
  /** How many cells it takes. A word takes what its letters need, so this may be a fraction. */
  cells: number;
  /** Where it is a word, set as a whole. */
  word?: { isRightToLeft: boolean };
}

/** Dots an em measures in a narrow and in a wide cell, and where the baseline is in it. */
const NARROW = { emX: 20, emY: 23, baseline: 19 } as const;
const WIDE = { emX: 23.4, emY: 23.4, baseline: 20.8 } as const;
const EM = 1000;
/** Enough for every name in a large shop; a hostile one must not fill the memory. */
const KEEP = 6_000;

const HOLLOW = "□";
/** Signs of a word that reach out of its cells: Arabic tails, vowel signs at an end. */
const BLEED = 8;

/** Stands for what no font has, as in type that lacks a sign: a reader sees that something is missing, and goes on. */
export function missingSign(cells: number): string {
  return cells >= 2 ? "？" : "?";
}

/** Draws characters and words and keeps them. Fonts are read when the first one is asked for. */
export class InkStore {
  readonly #typeface = new Typeface();
  readonly #inks = new Map<string, Ink | null>();
  readonly #shown = new Map<string, boolean>();
  #hasOwn = false;
  #own: OwnFonts | null = null;

  /** Fonts beside the shipped ones; read when the first character is asked for that no shipped one has. */
  useOwn(fonts: OwnFonts): void {
    this.#own = fonts;
  }

  /**
   * What drawing these texts needs and can't load by itself. To be waited for before anything of them is asked for.
   * @throws Error (rejects) when a font can't be read.
   */
  async load(texts: Iterable<string>): Promise<Shaping> {
    const shaping = await this.#typeface.load();
    const turn = new Turn();
    for (const text of texts)
      for (const { text: cluster, cells } of clustersOf(text)) {
        if (turn.isOver) await turn.give();
        if (cells === 0 || this.canShow(cluster) || this.#hasOwn || this.#own === null) continue;
        await this.#typeface.loadOwn(this.#own);
        this.#hasOwn = true;
        // Asked for before there was a font for it.
        this.#inks.clear();
        this.#shown.clear();
      }
    return shaping;
  }

  /** True when some font has this character; nothing is drawn. @throws Error when a font can't be read. */
  canShow(cluster: string): boolean {
    let shown = this.#shown.get(cluster);
    if (shown === undefined) {
      shown = this.#inFonts(cluster);
      if (this.#shown.size >= KEEP) this.#shown.clear();
      this.#shown.set(cluster, shown);
    }
    return shown;
  }

  #inFonts(cluster: string): boolean {
    if (cluster === HOLLOW || cluster.trim() === "") return true;
    return isShaped(cluster)
      ? this.#typeface.fontOfWord(cluster) !== undefined
      : this.#typeface.shape(cluster) !== undefined;
  }

  /** True when some font has this character. @throws Error when a font can't be read. */
  has(cluster: string, cells: number, scale: 1 | 2): boolean {
    return cluster === HOLLOW || this.#kept({ text: cluster, cells }, scale) !== null;
  }

  /** Whether two texts of scripts set as words belong to one word: one font has both. */
  areOneWord(text: string, next: string): boolean {
    const font = this.#typeface.fontOfWord(text);
    return font !== undefined && font === this.#typeface.fontOfWord(next);
  }

  /** Cells a word needs, of normal or double size alike. @throws Error when no font has it, or can't be read. */
  cellsOfWord(text: string, isRightToLeft: boolean): number {
    const shape = this.#typeface.word(text, isRightToLeft);
    if (shape === undefined) throw new Error(`no font has ${text}`);
    return ((shape.advance / EM) * NARROW.emX) / CELL.width;
  }

  /**
   * One character or word in its cells; a question mark when no font has it.
   * @param scale 2 for double size.
   * @throws Error when a font can't be read.
   */
  get(drawable: Drawable, scale: 1 | 2): Ink {
    const { text, cells } = drawable;
    if (text === HOLLOW) return hollowBox(cells, scale);
    const ink =
      this.#kept(drawable, scale) ?? this.#kept({ text: missingSign(cells), cells }, scale);
    if (ink === null) throw new Error("no font has a question mark");
    return ink;
  }

  #kept({ text, cells, word }: Drawable, scale: 1 | 2): Ink | null {
    const key = `${cells}${scale}${word === undefined ? "" : word.isRightToLeft ? "<" : ">"}${text}`;
    let ink = this.#inks.get(key);
    if (ink === undefined) {
      const shape =
        word === undefined
          ? this.#typeface.shape(text)
          : this.#typeface.word(text, word.isRightToLeft);
      ink = shape === undefined ? null : draw(shape, cells, scale, word === undefined ? 0 : BLEED);
      if (this.#inks.size >= KEEP) this.#inks.clear();
      this.#inks.set(key, ink);
    }
    return ink;
  }
}

function draw(shape: Shape, cells: number, scale: 1 | 2, bleed: number): Ink {
  const face = cells === 1 || shape.narrow ? NARROW : WIDE;
  const inside = Math.round(cells * CELL.width * scale);
  const width = inside + 2 * bleed;
  const height = INK_HEIGHT * scale;
  const natural = (shape.advance / EM) * face.emX * scale;
  // What is wider than its cells is squeezed into them, what is narrower stands in the middle.
  const squeeze = Math.min(1, inside / natural);
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
  return { width, dots, bleed };
}

/** A hollow square that somebody wrote: a font's own loses strokes at this size. */
function hollowBox(cells: number, scale: 1 | 2): Ink {
  const width = cells * CELL.width * scale;
  const dots = new Uint8Array(width * INK_HEIGHT * scale);
  const [left, right] = [scale, width - 1 - scale];
  const top = (OVERHANG.above + 3) * scale;
  const bottom = (OVERHANG.above + CELL.height - 3) * scale - 1;
  for (let y = top; y <= bottom; y += 1)
    for (let x = left; x <= right; x += 1)
      if (y === top || y === bottom || x === left || x === right) dots[y * width + x] = 1;
  return { width, dots, bleed: 0 };
}

/** The dots of this process: drawn once, used by every receipt. */
export const inks = new InkStore();
