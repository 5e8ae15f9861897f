import { FontFamily, type Outline } from "./font-files.ts";
import { ownFontFiles, type OwnFonts } from "./own-fonts.ts";
import type { ShapedFont } from "./shaping.ts";

/** One outline of a character and where it stands, in its own font's units; y grows downwards. */
export interface PlacedOutline {
  outline: Outline;
  /** From the left edge of the character, in thousandths of an em. */
  x: number;
  /** From its place in the font; negative is up. Thousandths of an em. */
  y: number;
}

/** A character ready to be drawn. Widths in thousandths of an em. */
export interface Shape {
  parts: PlacedOutline[];
  advance: number;
  /** An emoji is never squeezed in one direction only. */
  keepsProportions: boolean;
  /** Drawn as narrow letters are, also where it takes two cells. */
  narrow: boolean;
}

interface Box {
  left: number;
  right: number;
  /** y grows downwards: `top` is less than `bottom`. */
  top: number;
  bottom: number;
}

const EM = 1000;
/** Air between marks that would touch. */
const MARK_GAP = 40;
const MARK = /^\p{M}$/u;
const EMOJI = /[\ufe0f\u20e3]|\p{Emoji_Presentation}/u;
/** Choose how another character looks; there is nothing to draw. */
const SELECTORS = /[\ufe00-\ufe0f\u200c\u200d]/g;

/** What of a text has no sign of its own: joiners and direction marks are in no style sheet of a font. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

export type Shaping = typeof import("./shaping.ts");

/** The fonts a drawn line can use. Nothing is read before the first character is asked for. */
export class Typeface {
  readonly #mono = new FontFamily("@fontsource/noto-sans-mono");
  readonly #sans = new FontFamily("@fontsource/noto-sans");
  readonly #chinese = new FontFamily("@fontsource/noto-sans-sc");
  readonly #korean = new FontFamily("@fontsource/noto-sans-kr");
  readonly #emoji = new FontFamily("@fontsource/noto-emoji");
  /** Of scripts that are set as words. */
  readonly #scripts = [
    new FontFamily("@fontsource/noto-sans-arabic"),
    new FontFamily("@fontsource/noto-sans-hebrew"),
    new FontFamily("@fontsource/noto-sans-devanagari"),
    new FontFamily("@fontsource/noto-sans-bengali"),
    new FontFamily("@fontsource/noto-sans-tamil"),
    new FontFamily("@fontsource/noto-sans-thai"),
  ];
  readonly #read = new Map<string, ShapedFont>();
  #shaping: Shaping | undefined;
  #own: Promise<void> | undefined;
  #ownFonts: ShapedFont[] = [];

  /**
   * Loads what sets words and what reads other font files; the rest is loaded by itself.
   * @throws Error (rejects) when it can't be read.
   */
  async load(): Promise<Shaping> {
    return (this.#shaping ??= await import("./shaping.ts"));
  }

  /** Reads the shop's and the system's fonts, where what is shipped lacks a character. */
  loadOwn(fonts: OwnFonts): Promise<void> {
    return (this.#own ??= this.#readOwn(fonts));
  }

  async #readOwn(fonts: OwnFonts): Promise<void> {
    const { ShapedFont } = await this.load();
    for await (const file of ownFontFiles(fonts)) this.#ownFonts.push(new ShapedFont(file));
  }

  /**
   * The font that has every sign of a text of such a script; undefined when none has.
   * @throws Error when a font can't be read, or `load` was not waited for.
   */
  fontOfWord(text: string): ShapedFont | undefined {
    const shaping = this.#shaping;
    if (shaping === undefined) throw new Error("what sets words has not been loaded");
    const seen = text.replace(UNSEEN, "");
    if (seen === "") return undefined;
    for (const family of this.#scripts)
      for (const { name, read } of family.files(seen)) {
        let font = this.#read.get(name);
        if (font === undefined) {
          font = new shaping.ShapedFont(read());
          this.#read.set(name, font);
        }
        if (font.has(seen)) return font;
      }
    return this.#ownFonts.find((font) => font.has(seen));
  }

  /** A word of such a script, joined and stacked; undefined when no font has all of it. */
  word(text: string, isRightToLeft: boolean): Shape | undefined {
    const outline = this.fontOfWord(text)?.outline(text, isRightToLeft);
    return outline && { ...alone(outline, false), narrow: true };
  }

  /**
   * The outlines of one character as a person counts it; undefined when no font has it.
   * @throws Error when a font can't be read.
   */
  shape(cluster: string): Shape | undefined {
    const text = cluster.normalize("NFC");
    const emoji = EMOJI.test(text) ? this.#emojiOutline(text) : undefined;
    if (emoji !== undefined) return alone(emoji, true);
    const characters = [...text.replaceAll(SELECTORS, "")];
    const [first] = characters;
    if (first === undefined) return undefined;
    if (characters.length > 1) return this.#combined(characters);
    const outline = this.#outline(first);
    if (outline !== undefined) return alone(outline, false);
    const picture = this.#emoji.outline(first);
    if (picture !== undefined) return alone(picture, true);
    const own = this.#ownFonts.find((font) => font.has(first))?.outline(first, false);
    return own && alone(own, false);
  }

  /** The whole sequence where the font has it as one picture, else its first part. */
  #emojiOutline(text: string): Outline | undefined {
    const bare = text.replaceAll("\ufe0f", "");
    return (
      this.#emoji.sequence(text) ??
      this.#emoji.sequence(bare) ??
      this.#emoji.outline([...text][0] ?? "")
    );
  }

  #outline(character: string): Outline | undefined {
    const code = character.codePointAt(0) ?? 0;
    const wide = code >= 0x2e80;
    const families = wide
      ? [this.#chinese, this.#korean, this.#sans]
      : [this.#mono, this.#sans, this.#chinese];
    for (const family of families) {
      const outline = family.outline(character);
      if (outline !== undefined) return outline;
    }
    return undefined;
  }

  /** A letter with marks that have no sign of their own together: marks are stacked clear of each other. */
  #combined(characters: readonly string[]): Shape | undefined {
    const parts: PlacedOutline[] = [];
    const taken: Box[] = [];
    const marks: { outline: Outline; origin: number }[] = [];
    let pen = 0;
    let start = 0;
    for (const character of characters) {
      const outline = this.#outline(character);
      if (outline === undefined) {
        if (parts.length === 0) return undefined;
        continue;
      }
      const advance = (outline.advance / outline.unitsPerEm) * EM;
      if (MARK.test(character)) {
        // Some fonts draw a mark behind the letter it belongs to, some in a cell of its own.
        marks.push({ outline, origin: advance === 0 ? pen : start });
        continue;
      }
      parts.push({ outline, x: pen, y: 0 });
      taken.push(boxOf(outline, pen));
      start = pen;
      pen += advance;
    }
    if (parts.length === 0) return undefined;
    for (const { outline, origin } of marks) {
      const box = boxOf(outline, origin);
      const y = clearOf(taken, box);
      parts.push({ outline, x: origin, y });
      taken.push({ ...box, top: box.top + y, bottom: box.bottom + y });
    }
    return { parts, advance: pen, keepsProportions: false, narrow: false };
  }
}

function alone(outline: Outline, keepsProportions: boolean): Shape {
  const advance = (outline.advance / outline.unitsPerEm) * EM;
  return { parts: [{ outline, x: 0, y: 0 }], advance, keepsProportions, narrow: false };
}

/** How far a mark has to move so that it touches nothing: up when it stands above the letters, else down. */
function clearOf(taken: readonly Box[], mark: Box): number {
  const above = (mark.top + mark.bottom) / 2 < 0;
  let y = 0;
  for (const box of taken) {
    if (mark.right <= box.left || mark.left >= box.right) continue;
    if (above) y = Math.min(y, box.top - MARK_GAP - mark.bottom);
    else y = Math.max(y, box.bottom + MARK_GAP - mark.top);
  }
  return y;
}

function boxOf(outline: Outline, x: number): Box {
  const scale = EM / outline.unitsPerEm;
  const box: Box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const command of outline.commands) {
    if (command.type === "Z") continue;
    box.left = Math.min(box.left, x + command.x * scale);
    box.right = Math.max(box.right, x + command.x * scale);
    box.top = Math.min(box.top, command.y * scale);
    box.bottom = Math.max(box.bottom, command.y * scale);
  }
  return box;
}
