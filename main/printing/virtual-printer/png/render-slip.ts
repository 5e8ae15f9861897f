import { mmToDots } from "../paper-path.ts";
import { DOTS_PER_MM, printWidthDots, type Slip, type TextRun } from "../types.ts";
import { DotCanvas } from "./dot-canvas.ts";
import { encodeGreyPng } from "./encode-png.ts";
import { GlyphStore, type CellKind } from "./glyphs.ts";

const PAPER_GREY = 250;
const BURNT_GREY = 34;
const TABLE_GREY = 214;
const SHADOW_GREY = 186;
/** Teeth a cutter or a tear bar leaves. */
const TOOTH_DOTS = 6;
const SLIP_GAP_DOTS = 40;
const TABLE_MARGIN_DOTS = 24;

/** Shared: glyphs are drawn once per process. */
let glyphs: GlyphStore | undefined;

interface GreyPicture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/**
 * One slip as PNG: 8-bit grey, one pixel per printer dot (203 dpi), full paper width, print area in the middle,
 * transparent between the teeth of the cut edge.
 * Throws when the font packages are missing.
 */
export async function renderSlipPng(slip: Slip, o: { widthMm: 58 | 80 }): Promise<Uint8Array> {
  const picture = await drawSlip(slip, o.widthMm);
  return encodeGreyPng(picture.pixels, picture.width, picture.height, TABLE_GREY);
}

/** All slips one below the other, oldest first, on a grey table. An empty list gives an empty table. */
export async function renderPaperPng(
  slips: readonly Slip[],
  o: { widthMm: 58 | 80 },
): Promise<Uint8Array> {
  const pictures: GreyPicture[] = [];
  for (const slip of slips) pictures.push(await drawSlip(slip, o.widthMm));
  const width = o.widthMm * DOTS_PER_MM + 2 * TABLE_MARGIN_DOTS;
  const height =
    2 * TABLE_MARGIN_DOTS +
    pictures.reduce((sum, picture) => sum + picture.height, 0) +
    Math.max(0, pictures.length - 1) * SLIP_GAP_DOTS;
  const table: GreyPicture = {
    width,
    height,
    pixels: new Uint8Array(width * height).fill(TABLE_GREY),
  };
  let top = TABLE_MARGIN_DOTS;
  for (const picture of pictures) {
    layDown(table, picture, TABLE_MARGIN_DOTS, top);
    top += picture.height + SLIP_GAP_DOTS;
  }
  return encodeGreyPng(table.pixels, table.width, table.height);
}

async function drawSlip(slip: Slip, widthMm: 58 | 80): Promise<GreyPicture> {
  const store = (glyphs ??= new GlyphStore());
  const printDots = printWidthDots(widthMm);
  const width = widthMm * DOTS_PER_MM;
  const height = Math.max(1, mmToDots(slip.heightMm)) + TOOTH_DOTS;
  const canvas = new DotCanvas(printDots, height);
  for (const line of slip.lines) {
    const top = mmToDots(line.topMm);
    for (const run of line.runs) drawRun(canvas, run, top, store);
    if (line.bitmap !== undefined) {
      const { xDots, yDots, widthDots, heightDots } = line.bitmap;
      canvas.burnDots(
        { width: widthDots, height: heightDots, dots: line.bitmap.dots() },
        xDots,
        top + yDots,
      );
    }
    // A long roll is drawn in turns, so that whoever serves the picture can also serve others.
    if (top % 4096 < 32) await new Promise((resolve) => setImmediate(resolve));
  }
  return onPaper(canvas, width, slip.cut || slip.tornOff);
}

function drawRun(canvas: DotCanvas, run: TextRun, lineTop: number, store: GlyphStore): void {
  const piece = new DotCanvas(run.widthDots, run.heightDots);
  let x = 0;
  for (const [index, character] of [...run.text].entries()) {
    const cellWidth = run.cellWidths[index] ?? 0;
    const glyph = store.get(character, cellKind(cellWidth / run.sizeX, run.font));
    const y = run.heightDots - glyph.height * run.sizeY;
    piece.burnDots(glyph, x, y, run.sizeX, run.sizeY);
    // Emphasis is the same dots once more, one dot further right.
    if (run.bold) piece.burnDots(glyph, x + 1, y, run.sizeX, run.sizeY);
    x += cellWidth + run.spacingDots;
  }
  if (run.underline) piece.burnBox(0, run.heightDots - 2, run.widthDots, 2);
  if (run.reverse) piece.invert();
  if (run.upsideDown) piece.turnUpsideDown();
  canvas.burnDots(piece, run.xDots, lineTop + run.yDots);
}

function cellKind(cellDots: number, font: "A" | "B"): CellKind {
  if (cellDots >= 24) return "kanji";
  return font === "A" ? "ankA" : "ankB";
}

/** Puts the dots on paper with its side margins; the lower edge is serrated when it has been cut. */
function onPaper(canvas: DotCanvas, width: number, cut: boolean): GreyPicture {
  const { height } = canvas;
  const left = (width - canvas.width) >> 1;
  const pixels = new Uint8Array(width * height).fill(PAPER_GREY);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < canvas.width; x += 1) {
      if (canvas.dots[y * canvas.width + x] === 1) pixels[y * width + left + x] = BURNT_GREY;
    }
  }
  for (let x = 0; x < width; x += 1) {
    const phase = x % (2 * TOOTH_DOTS);
    const tooth = cut ? Math.abs(phase - TOOTH_DOTS) : 0;
    for (let y = height - tooth; y < height; y += 1) pixels[y * width + x] = TABLE_GREY;
  }
  return { width, height, pixels };
}

function layDown(table: GreyPicture, picture: GreyPicture, left: number, top: number): void {
  for (let y = 0; y < picture.height; y += 1) {
    const row = picture.pixels.subarray(y * picture.width, (y + 1) * picture.width);
    table.pixels.set(row, (top + y) * table.width + left);
    for (let shade = 0; shade < 3; shade += 1) {
      const x = left + picture.width + shade;
      table.pixels[(top + y) * table.width + x] = SHADOW_GREY + shade * 9;
    }
  }
}
