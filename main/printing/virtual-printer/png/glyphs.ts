// Fonts are no protocol: what the device shares here says nothing about how receipts are encoded.
// oxlint-disable no-restricted-imports
import { fillOutline } from "../../raster/fill-outline.ts";
import { FontFamily, type Outline } from "../../raster/font-files.ts";
// oxlint-enable no-restricted-imports

/** One character as the printer's own dots. */
export interface Glyph {
  width: number;
  height: number;
  dots: Uint8Array;
}

/** Where a character's outline sits in its cell; scale in dots per em. */
interface CellShape {
  width: number;
  height: number;
  scaleX: number;
  scaleY: number;
  baseline: number;
}

/** Latin cells are narrower than the font is drawn, as printer fonts are. */
const CELLS = {
  kanji: { width: 24, height: 24, scaleX: 23.4, scaleY: 23.4, baseline: 20.8 },
  ankA: { width: 12, height: 24, scaleX: 20, scaleY: 23, baseline: 19 },
  ankB: { width: 9, height: 17, scaleX: 15, scaleY: 16.6, baseline: 13.4 },
} satisfies Record<string, CellShape>;

export type CellKind = keyof typeof CELLS;

/** Glyphs drawn from outlines on demand and kept. Fonts are read when the first glyph is asked for. */
export class GlyphStore {
  readonly #chinese = new FontFamily("@fontsource/noto-sans-sc");
  readonly #latin = new FontFamily("@fontsource/noto-sans-mono");
  readonly #glyphs = new Map<string, Glyph>();

  get(character: string, kind: CellKind): Glyph {
    const key = `${kind}${character}`;
    let glyph = this.#glyphs.get(key);
    if (glyph === undefined) {
      glyph = this.#draw(character, kind);
      this.#glyphs.set(key, glyph);
    }
    return glyph;
  }

  #draw(character: string, kind: CellKind): Glyph {
    const cell = CELLS[kind];
    const { width, height } = cell;
    if (character.trim() === "") return { width, height, dots: new Uint8Array(width * height) };
    const families = kind === "kanji" ? [this.#chinese, this.#latin] : [this.#latin, this.#chinese];
    const outline = families[0]?.outline(character) ?? families[1]?.outline(character);
    // The hollow square itself would lose strokes at this size.
    if (outline === undefined || character === "□")
      return { width, height, dots: hollowBox(width, height) };
    return { width, height, dots: drawOutline(outline, cell) };
  }
}

function drawOutline(outline: Outline, cell: CellShape): Uint8Array {
  const inkWidth = (outline.advance / outline.unitsPerEm) * cell.scaleX;
  // A character wider than its cell is squeezed into it, a narrower one stands in the middle.
  const squeeze = Math.min(1, cell.width / inkWidth);
  return fillOutline(
    outline.commands,
    {
      scaleX: (cell.scaleX * squeeze) / outline.unitsPerEm,
      scaleY: cell.scaleY / outline.unitsPerEm,
      originX: (cell.width - inkWidth * squeeze) / 2,
      baselineY: cell.baseline,
    },
    cell.width,
    cell.height,
  );
}

/** What a printer without the character puts down. */
function hollowBox(width: number, height: number): Uint8Array {
  const dots = new Uint8Array(width * height);
  for (let y = 2; y < height - 2; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const edge = y === 2 || y === height - 3 || x === 1 || x === width - 2;
      if (edge) dots[y * width + x] = 1;
    }
  }
  return dots;
}
