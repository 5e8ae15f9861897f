import { ankCell, KANJI_CELL, type PrintSettings } from "./print-settings.ts";
import type { PaperBitmap, PaperLine, TextRun } from "./types.ts";

/** What a line will put on the paper, before it has a place there. */
export interface LineContent {
  kind: PaperLine["kind"];
  heightDots: number;
  runs: TextRun[];
  data?: string;
  bitmap?: PaperBitmap;
}

/**
 * ESC $ goes back to the start of a line as often as it likes, so the width of the paper is no limit to what a
 * line can be made of.
 */
const MOST_PARTS = 2_000;

interface PlacedImage {
  xDots: number;
  widthDots: number;
  heightDots: number;
  dots: Uint8Array;
}

/** The print buffer: one line being put together, left to right. */
export class LineLayout {
  readonly #printWidthDots: number;
  #runs: TextRun[] = [];
  #images: PlacedImage[] = [];
  /** Relative to the left margin. */
  #x = 0;

  constructor(printWidthDots: number) {
    this.#printWidthDots = printWidthDots;
  }

  get isEmpty(): boolean {
    return this.#runs.length === 0 && this.#images.length === 0;
  }

  /** True while ESC a, GS L and GS W still take effect. */
  get atLineStart(): boolean {
    return this.isEmpty && this.#x === 0;
  }

  /** Adds a character. False when there is no room: print the line and add it again. */
  addCharacter(character: string, wide: boolean, settings: PrintSettings): boolean {
    const cell = wide ? KANJI_CELL : ankCell(settings.font);
    const sizeX = wide ? settings.kanjiSizeX : settings.ankSizeX;
    const sizeY = wide ? settings.kanjiSizeY : settings.ankSizeY;
    const leftDots = wide ? settings.kanjiLeftDots * sizeX : 0;
    const spacingDots = (wide ? settings.kanjiRightDots : settings.ankSpacingDots) * sizeX;
    const cellDots = cell.widthDots * sizeX;
    const advance = leftDots + cellDots + spacingDots;
    if (this.#x > 0 && this.#x + advance > settings.areaWidthDots) return false;
    if (this.#isFull) return true;
    this.#append({
      text: character,
      xDots: this.#x + leftDots,
      widthDots: cellDots + spacingDots,
      sizeX,
      sizeY,
      bold: settings.bold,
      underline: wide ? settings.kanjiUnderline : settings.ankUnderline,
      reverse: settings.reverse,
      font: settings.font,
      heightDots: cell.heightDots * sizeY,
      cellWidths: [cellDots],
      spacingDots,
      yDots: 0,
      upsideDown: settings.upsideDown,
    });
    this.#x += advance;
    return true;
  }

  /** What sticks out at the right is lost. */
  addImage(widthDots: number, heightDots: number, dots: Uint8Array): void {
    const shownDots = Math.min(widthDots, Math.max(0, this.#printWidthDots - this.#x));
    if (shownDots === 0 || this.#isFull) return;
    const shown = new Uint8Array(shownDots * heightDots);
    for (let y = 0; y < heightDots; y += 1)
      shown.set(dots.subarray(y * widthDots, y * widthDots + shownDots), y * shownDots);
    this.#images.push({ xDots: this.#x, widthDots: shownDots, heightDots, dots: shown });
    this.#x += shownDots;
  }

  get #isFull(): boolean {
    return this.#runs.length + this.#images.length >= MOST_PARTS;
  }

  moveTo(xDots: number): void {
    if (xDots >= 0 && xDots <= this.#printWidthDots) this.#x = xDots;
  }

  moveBy(dots: number): void {
    this.moveTo(this.#x + dots);
  }

  /** HT: on to the next tab stop; nothing when there is none. */
  tab(settings: PrintSettings): void {
    const columnDots =
      (ankCell(settings.font).widthDots + settings.ankSpacingDots) * settings.ankSizeX;
    const stop = settings.tabColumns
      .map((column) => column * columnDots)
      .find((xDots) => xDots > this.#x);
    if (stop !== undefined && stop < settings.areaWidthDots) this.#x = stop;
  }

  clear(): void {
    this.#runs = [];
    this.#images = [];
    this.#x = 0;
  }

  /** Empties the buffer; undefined when nothing was in it. */
  take(settings: PrintSettings): LineContent | undefined {
    if (this.isEmpty) {
      this.clear();
      return undefined;
    }
    const runs = this.#runs;
    const images = this.#images;
    const usedDots = this.#x;
    this.clear();
    const spare = Math.max(0, settings.areaWidthDots - usedDots);
    const offset = settings.leftMarginDots + Math.floor((spare * settings.alignment) / 2);
    const heightDots = Math.max(
      ...runs.map((run) => run.heightDots),
      ...images.map((image) => image.heightDots),
    );
    for (const run of runs) {
      run.xDots += offset;
      run.yDots = heightDots - run.heightDots;
      if (run.upsideDown) run.xDots = this.#printWidthDots - run.xDots - run.widthDots;
    }
    const bitmap = images.length === 0 ? undefined : compose(images, offset);
    return {
      kind: runs.length === 0 ? "raster" : "text",
      heightDots,
      runs,
      ...(bitmap === undefined ? {} : { bitmap }),
    };
  }

  #append(next: TextRun): void {
    const last = this.#runs.at(-1);
    if (last !== undefined && last.xDots + last.widthDots === next.xDots && sameStyle(last, next)) {
      last.text += next.text;
      last.widthDots += next.widthDots;
      last.cellWidths.push(...next.cellWidths);
    } else {
      this.#runs.push(next);
    }
  }
}

function sameStyle(a: TextRun, b: TextRun): boolean {
  return (
    a.sizeX === b.sizeX &&
    a.sizeY === b.sizeY &&
    a.bold === b.bold &&
    a.underline === b.underline &&
    a.reverse === b.reverse &&
    a.font === b.font &&
    a.heightDots === b.heightDots &&
    a.spacingDots === b.spacingDots &&
    a.upsideDown === b.upsideDown
  );
}

function compose(images: readonly PlacedImage[], offset: number): PaperBitmap {
  const left = Math.min(...images.map((image) => image.xDots));
  const right = Math.max(...images.map((image) => image.xDots + image.widthDots));
  const heightDots = Math.max(...images.map((image) => image.heightDots));
  const widthDots = right - left;
  return {
    xDots: left + offset,
    yDots: 0,
    widthDots,
    heightDots,
    dots: lazily(() => {
      const dots = new Uint8Array(widthDots * heightDots);
      for (const image of images) {
        for (let y = 0; y < image.heightDots; y += 1) {
          const row = image.dots.subarray(y * image.widthDots, (y + 1) * image.widthDots);
          dots.set(row, y * widthDots + image.xDots - left);
        }
      }
      return dots;
    }),
  };
}

/** Computes on the first call and keeps the result. */
export function lazily<T>(compute: () => T): () => T {
  let value: { result: T } | undefined;
  return () => (value ??= { result: compute() }).result;
}
