/**
 * Words of scripts whose signs depend on their neighbours, shaped by HarfBuzz, and the order of mixed writing by the
 * Unicode Bidirectional Algorithm (UAX #9). Loaded with the first text that has to be drawn: most receipts never do.
 */

import bidiFactory from "bidi-js";
import { Blob, Buffer as TextBuffer, Direction, Face, Font, shape } from "harfbuzzjs";
import type { Cluster } from "../../domain/receipt/line.ts";
import type { Outline, PathCommand } from "./font-files.ts";

const bidi = bidiFactory();

/** Joiners, direction marks, variation selectors: no sign of their own. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/** One glyph of a shaped text, by its number in the font, left to right. Font units; y grows upwards. */
interface PlacedGlyph {
  glyph: number;
  x: number;
  y: number;
}

/** A font as HarfBuzz reads it: TrueType, OpenType, or the first of a collection. */
export class ShapedFont {
  readonly #font: Font;
  readonly #unitsPerEm: number;

  /** @param file what is no font has no characters */
  constructor(file: Uint8Array | ArrayBuffer) {
    const face = new Face(new Blob(file), 0);
    this.#font = new Font(face);
    this.#unitsPerEm = face.upem;
  }

  /** Whether it has every sign of this text, also once they are taken apart or put together. */
  has(text: string): boolean {
    const seen = text.replace(UNSEEN, "");
    const isThere = [...seen].every(
      (sign) => (this.#font.nominalGlyph(sign.codePointAt(0) ?? 0) ?? 0) !== 0,
    );
    // A sign that is taken apart, or turned, may need another one that is not there.
    return (
      isThere &&
      [true, false].every((isRightToLeft) =>
        this.glyphs(seen, isRightToLeft).placed.every(({ glyph }) => glyph !== 0),
      )
    );
  }

  /** The glyphs of a text in one direction, joined and stacked as its script wants it. */
  glyphs(text: string, isRightToLeft: boolean): { placed: PlacedGlyph[]; advance: number } {
    const buffer = new TextBuffer();
    buffer.addText(text);
    buffer.setDirection(isRightToLeft ? Direction.RTL : Direction.LTR);
    buffer.guessSegmentProperties();
    shape(this.#font, buffer);
    const places = buffer.getGlyphPositions();
    let pen = 0;
    const placed = buffer.getGlyphInfos().map(({ codepoint: glyph }, index) => {
      const { xAdvance = 0, xOffset = 0, yOffset = 0 } = places[index] ?? {};
      const at = { glyph, x: pen + xOffset, y: yOffset };
      pen += xAdvance;
      return at;
    });
    return { placed, advance: pen };
  }

  /** A whole text as one outline. */
  outline(text: string, isRightToLeft: boolean): Outline {
    const { placed, advance } = this.glyphs(text, isRightToLeft);
    const commands = placed.flatMap(({ glyph, x, y }) =>
      this.#font.glyphToJson(glyph).map(({ type, values }) => commandOf(type, values, x, y)),
    );
    return { commands, unitsPerEm: this.#unitsPerEm, advance };
  }
}

/** In our outlines y grows downwards. */
function commandOf(type: string, values: readonly number[], x: number, y: number): PathCommand {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = values.map((value, index) =>
    index % 2 === 0 ? value + x : -value - y,
  );
  switch (type) {
    case "M":
    case "L":
      return { type, x: a, y: b };
    case "Q":
      return { type, x1: a, y1: b, x: c, y: d };
    case "C":
      return { type, x1: a, y1: b, x2: c, y2: d, x: e, y: f };
    default:
      return { type: "Z" };
  }
}

/** A character at its place among the others, as it is read on paper. */
interface VisualCluster extends Cluster {
  isRightToLeft: boolean;
}

/**
 * The characters of a text from left to right. The direction of the whole is that of its first letter; brackets are
 * turned where they stand in writing from right to left.
 */
export function inVisualOrder(text: string, clusters: readonly Cluster[]): VisualCluster[] {
  const embedding = bidi.getEmbeddingLevels(text);
  const { levels } = embedding;
  const clusterAt: VisualCluster[] = [];
  for (const cluster of clusters) {
    const isRightToLeft = (levels[clusterAt.length] ?? 0) % 2 === 1;
    const mirrored = isRightToLeft ? bidi.getMirroredCharacter(cluster.text) : null;
    const placed = { text: mirrored ?? cluster.text, cells: cluster.cells, isRightToLeft };
    for (let unit = 0; unit < cluster.text.length; unit += 1) clusterAt.push(placed);
  }
  const order = bidi.getReorderedIndices(text, embedding);
  return [...new Set(order.flatMap((index) => clusterAt[index] ?? []))];
}
