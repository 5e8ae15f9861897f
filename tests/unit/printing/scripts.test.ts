import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { clustersOf, type TextLine } from "../../../main/domain/receipt/line.ts";
import { encodeReceipt, profileOf } from "../../../main/printing/escpos/encode.ts";
import { placeClusters } from "../../../main/printing/escpos/row.ts";
import { nameCheck } from "../../../main/printing/escpos/unprintable.ts";
import { InkStore } from "../../../main/printing/raster/ink.ts";
import { ShapedFont } from "../../../main/printing/raster/shaping.ts";
import { Typeface, type Shaping } from "../../../main/printing/raster/typeface.ts";
import { unpackWoff } from "../../../main/printing/raster/woff.ts";

const require = createRequire(import.meta.url);

/** The file of a font package that has a script. */
function fontOf(script: string): ArrayBuffer {
  const folder = dirname(require.resolve(`@fontsource/noto-sans-${script}/package.json`));
  return unpackWoff(
    readFileSync(join(folder, "files", `noto-sans-${script}-${script}-400-normal.woff`)),
  );
}

/** The last character of CJK extension B, which no shipped font has. */
const RARE = "\u{2a6d6}";

/** What opentype.js makes fonts with; it ships no types. */
interface FontMaker {
  Font: new (parts: object) => { toArrayBuffer(): ArrayBuffer };
  Glyph: new (parts: object) => object;
  Path: new () => {
    moveTo(x: number, y: number): void;
    lineTo(x: number, y: number): void;
    close(): void;
  };
}

/** A font with one character: a block in place of `RARE`. */
function ownFont(): ArrayBuffer {
  const { Font, Glyph, Path } = require("opentype.js") as FontMaker;
  const path = new Path();
  path.moveTo(100, 0);
  path.lineTo(900, 0);
  path.lineTo(900, 800);
  path.lineTo(100, 800);
  path.close();
  const glyphs = [
    new Glyph({ name: ".notdef", unicode: 0, advanceWidth: 1000, path: new Path() }),
    new Glyph({ name: "rare", unicode: RARE.codePointAt(0), advanceWidth: 1000, path }),
  ];
  const names = { familyName: "Own", styleName: "Regular" };
  const sizes = { unitsPerEm: 1000, ascender: 800, descender: -200 };
  return new Font({ ...names, ...sizes, glyphs }).toArrayBuffer();
}

const line = (text: string, cells = 32, align: "left" | "right" = "left"): TextLine => ({
  kind: "text",
  role: "item",
  segments: [{ text, cell: 0, cells, align }],
  bold: false,
  size: "normal",
});

let inks: InkStore;
let shaping: Shaping;
beforeAll(async () => {
  inks = new InkStore();
  shaping = await inks.load([]);
});

/** The pieces of a line from left to right, blanks left out. */
const placed = (text: string, cells?: number, align?: "left" | "right") =>
  placeClusters(line(text, cells, align), inks, shaping).filter((piece) => piece.text !== " ");
const shown = (text: string) => placed(text).map((piece) => piece.text);

describe("writing from right to left", () => {
  it.each([
    ["שלום עולם", ["עולם", "שלום"]],
    ["قهوة تركية", ["تركية", "قهوة"]],
    // Numbers and Latin keep their own direction; brackets are turned.
    ["חלב 12.5", ["1", "2", ".", "5", "חלב"]],
    ["תה (נענע)", ["(", "נענע", ")", "תה"]],
    ["Milk חלב", ["M", "i", "l", "k", "חלב"]],
    ["حليب ABC", ["A", "B", "C", "حليب"]],
    ["سعر ١٢", ["١٢", "سعر"]],
    // Marks of direction are obeyed and not seen.
    ["\u200fA-ב", ["ב", "-", "A"]],
  ])("%s reads %j from left to right", (text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it("joins Arabic letters in the order they are read", () => {
    const font = new ShapedFont(fontOf("arabic"));
    const of = (text: string) => font.glyphs(text, true).placed.map(({ glyph }) => glyph);
    // Joined forms are other glyphs than letters by themselves.
    expect(of("بد")).not.toEqual([...of("د"), ...of("ب")]);
    // What is read first stands at the right.
    expect(of("ادا")[0]).toBe(of("ا")[0]);
    expect(of("دا")[0]).toBe(of("ا")[0]);
    // Lam and alef are one sign.
    expect(font.glyphs("لا", true).advance).toBeLessThan(
      font.glyphs("ل", true).advance + font.glyphs("ا", true).advance,
    );
  });
});

describe("vowel signs and marks", () => {
  it("stand where their script wants them", () => {
    const order = (script: string, text: string) =>
      new ShapedFont(fontOf(script)).glyphs(text, false).placed;
    const alone = (script: string, text: string) => order(script, text)[0]?.glyph;
    // Written after its consonant, read before it.
    expect(order("devanagari", "कि").at(-1)?.glyph).toBe(alone("devanagari", "क"));
    expect(order("bengali", "কি").at(-1)?.glyph).toBe(alone("bengali", "ক"));
    expect(order("tamil", "கெ").at(-1)?.glyph).toBe(alone("tamil", "க"));
    // One vowel, a sign at each side.
    expect(order("tamil", "கொ").map(({ glyph }) => glyph)[1]).toBe(alone("tamil", "க"));
    // A conjunct is fewer signs than its letters and its virama.
    expect(order("devanagari", "क्ष").length).toBe(1);
    // A tone mark above a vowel sign stands higher than above a letter.
    const tone = (text: string) => order("thai", text).at(-1)?.y ?? 0;
    expect(tone("ที่")).toBeGreaterThanOrEqual(tone("ท่"));
  });

  it("are drawn as whole words", () => {
    for (const text of ["हिन्दी", "தமிழ்", "বাংলা", "ที่นี่"]) expect(shown(text)).toEqual([text]);
    expect(shown("दूध 500 ml").slice(0, 2)).toEqual(["दूध", "5"]);
  });
});

describe("columns", () => {
  const NAMES = [
    "حليب كامل الدسم 500 مل",
    "תה צמחים (מנטה) 3%",
    "दूध शक्ति प्रीमियम स्वादिष्ट",
    "தமிழ் காபி பொடி",
    "বাংলা চা পাতা শক্তি",
    "ก๋วยเตี๋ยวน้ำตกหมู",
    "ឆ្នាំ ខ្មែរ",
  ];
  it("hold: a name never leaves the cells the layout gave it, at either side", () => {
    for (const name of NAMES) {
      const cells = clustersOf(name).reduce((sum, cluster) => sum + cluster.cells, 0);
      for (const align of ["left", "right"] as const) {
        const pieces = placeClusters(line(name, cells, align), inks, shaping);
        expect(Math.min(...pieces.map(({ cell }) => cell))).toBeGreaterThanOrEqual(0);
        expect(Math.max(...pieces.map((each) => each.cell + each.cells))).toBeLessThanOrEqual(
          cells + 0.001,
        );
      }
    }
  });

  it("are wide enough: no name of everyday words is squeezed by more than a fifth", () => {
    for (const name of NAMES.slice(0, 6)) {
      const cells = clustersOf(name).reduce((sum, cluster) => sum + cluster.cells, 0);
      const natural = placed(name, 200)
        .filter(({ word }) => word !== undefined)
        .reduce((sum, piece) => sum + piece.cells, 0);
      const others = placeClusters(line(name, 200), inks, shaping)
        .filter(({ word }) => word === undefined)
        .reduce((sum, piece) => sum + piece.cells, 0);
      expect(natural).toBeLessThanOrEqual((cells - others) * 1.25);
    }
  });
});

/** One or two characters of every block of Unicode that has letters, in steps. */
function* someOfEveryBlock(): Generator<string> {
  for (let code = 0x20; code <= 0x32_000; code += code < 0x3000 ? 7 : 211)
    if (code < 0xd800 || code > 0xdfff) yield String.fromCodePoint(code);
}

describe("what no font has", () => {
  it("never reaches paper as an empty sign: every character of Unicode is drawn, or counts as lost", async () => {
    const face = new Typeface();
    await face.load();
    let lost = 0;
    for (const character of someOfEveryBlock()) {
      for (const piece of placed(`${character}a`)) {
        if (piece.isLost === true) {
          lost += 1;
          expect(["?", "？"]).toContain(piece.text);
        } else if (piece.word !== undefined) {
          // Glyph 0 is the empty box of a font.
          const font = face.fontOfWord(piece.text);
          const { placed: glyphs = [] } = font?.glyphs(piece.text, piece.word.isRightToLeft) ?? {};
          expect(glyphs.length).toBeGreaterThan(0);
          expect(glyphs.map(({ glyph }) => glyph)).not.toContain(0);
        } else expect(piece.text).not.toBe("□");
      }
    }
    expect(lost).toBeGreaterThan(0);
  });

  it("is shown once the shop has put a font into its folder", async () => {
    const folder = mkdtempSync(join(tmpdir(), "fonts-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "a.ttf"), "not a font");
    writeFileSync(join(folder, "read me.txt"), "not even the name of one");
    const store = new InkStore();
    await store.load([RARE]);
    expect(store.canShow(RARE)).toBe(false);
    writeFileSync(join(folder, "own.TTF"), Buffer.from(ownFont()));
    store.useOwn({ folder, system: [join(folder, "missing.ttc")] });
    await store.load([RARE]);
    expect(store.canShow(RARE)).toBe(true);
    expect(store.get({ text: RARE, cells: 2 }, 1).dots).toContain(1);
  });
});

describe("a name", () => {
  const signsOf = async (name: string, chinese: "font" | "raster" = "font") =>
    (await nameCheck([name], chinese))(name)?.signs ?? [];

  it.each(["苹果 500g", "Café", "김치", "שלום", "قهوة", "चाय", "ที่นี่", "🍎", "a\u00a0b"])(
    "that can be shown is not warned of: %s",
    async (name) => {
      expect(await signsOf(name)).toEqual([]);
      expect(await signsOf(name, "raster")).toEqual([]);
    },
  );

  it("is warned of by its lost characters, and by what is printed", async () => {
    expect((await nameCheck([`${RARE}面 ${RARE}`], "font"))(`${RARE}面 ${RARE}`)).toEqual({
      signs: [RARE],
      printed: "？面 ？",
    });
    expect(await signsOf("ខ្មែរ")).toEqual(["ខ្មែ", "រ"]);
    expect(await signsOf("a\u0007")).toEqual(["\u0007"]);
    // In the printers' own font and in none of ours: lost only where the line is drawn.
    expect(await signsOf("丒")).toEqual([]);
    expect(await signsOf("丒é")).toEqual(["丒"]);
    expect(await signsOf("丒", "raster")).toEqual(["丒"]);
  });

  it("is either drawn or warned of, whatever it is written in", async () => {
    const names = [...someOfEveryBlock()].map((character) => `${character}a`);
    const check = await nameCheck(names, "raster");
    for (const name of names) {
      const isLost = placed(name).some((piece) => piece.isLost === true);
      if (isLost) expect(check(name), name).not.toBeNull();
    }
  });
});

describe("a drawn document", () => {
  it("is the same whether others had their turn in between or not", async () => {
    const lines = Array.from({ length: 60 }, (_, index) => line(`Café ${index} قهوة 김치 ที่นี่`));
    const first = await encodeReceipt(lines, profileOf(32));
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const [again, other] = await Promise.all([
      encodeReceipt(lines, profileOf(32)),
      encodeReceipt([line("Ünlü שלום"), line("中文")], profileOf(32)),
    ]);
    isOver = true;
    expect(turns).toBeGreaterThan(0);
    expect(again.bytes).toEqual(first.bytes);
    expect(other.bytes).toEqual(
      (await encodeReceipt([line("Ünlü שלום"), line("中文")], profileOf(32))).bytes,
    );
  });
});
