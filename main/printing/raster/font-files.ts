import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ligate } from "./ligatures.ts";
import { unpackWoff } from "./woff.ts";

const require = createRequire(import.meta.url);

/** The little of opentype.js that is used; it ships no types. */
interface OpenTypeFont {
  unitsPerEm: number;
  charToGlyphIndex(character: string): number;
  glyphs: {
    get(index: number): {
      advanceWidth?: number;
      getPath(x: number, y: number, fontSize: number): { commands: PathCommand[] };
    };
  };
  tables: { gsub?: { lookups: { lookupType: number; subtables: unknown[] }[] } };
}

export type PathCommand =
  | { type: "M"; x: number; y: number }
  | { type: "L"; x: number; y: number }
  | { type: "Q"; x: number; y: number; x1: number; y1: number }
  | { type: "C"; x: number; y: number; x1: number; y1: number; x2: number; y2: number }
  | { type: "Z" };

/** An outline in font units, y downwards from the baseline. */
export interface Outline {
  commands: PathCommand[];
  unitsPerEm: number;
  advance: number;
}

interface Face {
  file: string;
  ranges: { from: number; to: number }[];
  font?: OpenTypeFont;
}

/**
 * A font family delivered in many small files. The package's style sheet says which file has which
 * characters; a file is read when the first of its characters is asked for.
 */
export class FontFamily {
  readonly #package: string;
  #faces: Face[] | undefined;

  constructor(packageName: `@fontsource/noto-${string}`) {
    this.#package = packageName;
  }

  /** Undefined when the family has no such character. Throws when the font package is not installed. */
  outline(character: string): Outline | undefined {
    const code = character.codePointAt(0) ?? 0;
    for (const face of this.#facesWith([code])) {
      const font = fontOf(face);
      const glyph = font.charToGlyphIndex(character);
      if (glyph !== 0) return outlineOf(font, glyph);
    }
    return undefined;
  }

  /**
   * The one glyph the family has for several characters together, such as an emoji made of others; undefined when
   * it has none.
   */
  sequence(text: string): Outline | undefined {
    const characters = [...text];
    for (const face of this.#facesWith(characters.map((each) => each.codePointAt(0) ?? 0))) {
      const font = fontOf(face);
      const glyphs = ligate(
        font,
        characters.map((each) => font.charToGlyphIndex(each)),
      );
      const [only = 0] = glyphs;
      if (glyphs.length === 1 && only !== 0) return outlineOf(font, only);
    }
    return undefined;
  }

  /** The unpacked files that may have all signs of a text; which really have them, the files say. */
  *files(text: string): Generator<{ name: string; read: () => ArrayBuffer }> {
    for (const { file } of this.#facesWith(Array.from(text, (sign) => sign.codePointAt(0) ?? 0)))
      yield { name: file, read: () => unpackWoff(readFileSync(file)) };
  }

  #facesWith(codes: readonly number[]): Face[] {
    this.#faces ??= readFaces(this.#package);
    return this.#faces.filter((face) =>
      codes.every((code) => face.ranges.some(({ from, to }) => code >= from && code <= to)),
    );
  }
}

function outlineOf(font: OpenTypeFont, index: number): Outline {
  const { unitsPerEm } = font;
  const glyph = font.glyphs.get(index);
  return {
    commands: glyph.getPath(0, 0, unitsPerEm).commands,
    unitsPerEm,
    advance: glyph.advanceWidth ?? unitsPerEm,
  };
}

function readFaces(packageName: string): Face[] {
  let sheet: string;
  try {
    sheet = require.resolve(`${packageName}/400.css`);
  } catch (cause) {
    throw new Error(`the font package ${packageName} is needed to draw paper`, { cause });
  }
  const css = readFileSync(sheet, "utf8");
  return [...css.matchAll(/@font-face\s*\{([^}]*)\}/g)].flatMap(([, body = ""]) => {
    const file = /url\(([^)]+\.woff)\)/.exec(body)?.[1];
    if (file === undefined) return [];
    const ranges = /unicode-range:\s*([^;]+)/.exec(body)?.[1] ?? "U+0-10FFFF";
    return [{ file: join(dirname(sheet), file), ranges: parseRanges(ranges) }];
  });
}

function parseRanges(text: string): Face["ranges"] {
  return [...text.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)].map(([, from = "0", to]) => ({
    from: Number.parseInt(from, 16),
    to: Number.parseInt(to ?? from, 16),
  }));
}

interface OpenTypeModule {
  parse(buffer: ArrayBuffer): OpenTypeFont;
}

function isOpenType(loaded: unknown): loaded is OpenTypeModule {
  return (
    typeof loaded === "object" &&
    loaded !== null &&
    "parse" in loaded &&
    typeof loaded.parse === "function"
  );
}

function fontOf(face: Face): OpenTypeFont {
  return (face.font ??= parseFont(face.file));
}

function parseFont(file: string): OpenTypeFont {
  const loaded: unknown = require("opentype.js");
  if (!isOpenType(loaded)) throw new Error("opentype.js has no parse function");
  return loaded.parse(unpackWoff(readFileSync(file)));
}
