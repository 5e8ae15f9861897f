import {
  wrap,
  type ImageLine,
  type ReceiptLine,
  type TextLine,
} from "../../domain/receipt/line.ts";
import { rasterCommands } from "../raster/bands.ts";
import { drawRow, type DrawnRow, type PlacedCluster } from "../raster/draw-row.ts";
import { CELL, inks, missingSign } from "../raster/ink.ts";
import { Turn } from "../raster/turn.ts";
import type { Shaping } from "../raster/typeface.ts";
import { ByteSink } from "./byte-sink.ts";
import { AUTOMATIC_STATUS, CUT, FEED_OUT, INITIALIZE } from "./commands.ts";
import { needsDrawing, plainest, printerCode } from "./printable.ts";
import { profileFor, type PaperProfile } from "./profile.ts";
import { placeClusters, rowOf, RowSetter, type Signs } from "./row.ts";
import { code128, ean13, qrCode, type SymbolCommands } from "./symbols.ts";

export { profileOf, type PaperProfile } from "./profile.ts";

/** A document as bytes, without the fence: that belongs to the job. */
export interface EncodedDocument {
  bytes: Uint8Array;
  /** What goes behind it: out of the printer, and cut off where there is a cutter. */
  finish: Uint8Array;
  /** Paper it needs, modelled: lower bound for how soon a printer can honestly be done. */
  paperMm: number;
  /** Why characters that should have been drawn were not: the fonts can't be read. The document is whole all the same. */
  problem?: Error;
}

/** FS &: Chinese characters on. ESC @ may have switched them off on export firmware. */
const CHINESE_ON = Uint8Array.of(0x1c, 0x26);
/** ESC 2: line spacing of one sixth of an inch. */
const LINE_SPACING = Uint8Array.of(0x1b, 0x32);
/** GS ! n: width and height. FS ! n does the same for Chinese characters where GS ! leaves them alone. */
const DOUBLE_SIZE = Uint8Array.of(0x1d, 0x21, 0x11);
const NORMAL_SIZE = Uint8Array.of(0x1d, 0x21, 0x00);
/** ESC E n. */
const BOLD_ON = Uint8Array.of(0x1b, 0x45, 1);
const BOLD_OFF = Uint8Array.of(0x1b, 0x45, 0);
/** ESC a n. */
const CENTER = Uint8Array.of(0x1b, 0x61, 1);
const LEFT = Uint8Array.of(0x1b, 0x61, 0);
const LINE_FEED = 0x0a;

/** ESC J n: a little air under what would otherwise touch the next line. */
const AIR_DOTS = 10;
const AIR = feedDots(AIR_DOTS);

/** Between a drawn line that had to move down and the next. */
const LEAST_AIR_DOTS = 7;

const DOTS_PER_MM = 8;
/** One sixth of an inch at 203 dpi. */
const LINE_DOTS = 34;
const DOUBLE_LINE_DOTS = 2 * CELL.height + AIR_DOTS;
const LINE_MM = 25.4 / 6;
const DOUBLE_LINE_MM = DOUBLE_LINE_DOTS / DOTS_PER_MM;

/** Reused by every line: setting one never waits. */
const row = new RowSetter();
/** Reused by every document that nobody else is being made beside. */
let spareSink: ByteSink | null = new ByteSink(16_384);

function feedDots(dots: number): Uint8Array {
  return Uint8Array.of(0x1b, 0x4a, dots);
}

/** A document being made. */
interface Paper {
  sink: ByteSink;
  profile: PaperProfile;
  /** What sets words; undefined until something has to be drawn, and where it could not be loaded. */
  shaping: Shaping | undefined;
  problem: Error | undefined;
  turn: Turn;
}

/**
 * Receipt lines as ESC/POS. Text is GBK, two-byte area only; a line the printer's own font can't show is drawn
 * (GS v 0), in the same cells. Everything is written as raw bytes: see docs/decisions/0006. A long receipt that is drawn
 * gives way to other work every few milliseconds.
 * @param profile the printer; without one, what is usual for the width the lines were laid out for.
 */
export async function encodeReceipt(
  lines: readonly ReceiptLine[],
  profile: PaperProfile = profileFor(lines),
): Promise<EncodedDocument> {
  const sink = spareSink ?? new ByteSink(16_384);
  spareSink = null;
  sink.clear();
  sink.push(INITIALIZE);
  if (profile.chinese === "font") sink.push(CHINESE_ON);
  sink.push(LINE_SPACING);
  sink.push(AUTOMATIC_STATUS);
  const paper: Paper = { sink, profile, shaping: undefined, problem: undefined, turn: new Turn() };
  let paperMm = 0;
  let isLoaded = false;
  for (const [at, line] of lines.entries()) {
    const plainMm = addPlain(line, paper);
    if (plainMm !== null) {
      paperMm += plainMm;
      continue;
    }
    if (!isLoaded) await loadFonts(lines.slice(at), paper);
    isLoaded = true;
    for (const text of textsOf(line, profile)) paperMm += await addDrawnText(text, paper);
  }
  const bytes = sink.bytes();
  const finish = profile.cutter ? CUT : FEED_OUT;
  spareSink = sink;
  return paper.problem === undefined
    ? { bytes, finish, paperMm }
    : { bytes, finish, paperMm, problem: paper.problem };
}

/** What the printer can do by itself; returns the paper it takes in mm, null when something has to be drawn. */
function addPlain(line: ReceiptLine, paper: Paper): number | null {
  const { sink, profile } = paper;
  switch (line.kind) {
    case "text":
      return row.set(line, profile.chinese === "raster")
        ? printRow(line, row.bytes, row.length, sink)
        : null;
    case "rule":
      for (let cell = 0; cell < line.cells; cell += 1) sink.byte(0x2d);
      sink.byte(LINE_FEED);
      return LINE_MM;
    case "feed":
      for (let n = 0; n < line.lines; n += 1) sink.byte(LINE_FEED);
      return line.lines * LINE_MM;
    case "barcode":
    case "code128":
    case "ean13":
    case "qr": {
      const symbol = symbolOf(line, profile);
      return symbol === null ? null : addSymbol(symbol, sink);
    }
    case "image":
      return addImage(line, profile, sink);
  }
}

type CodeLine = Extract<ReceiptLine, { kind: "barcode" | "code128" | "ean13" | "qr" }>;

/** null: no printer could make one of it. */
function symbolOf({ kind, data }: CodeLine, { widthDots }: PaperProfile): SymbolCommands | null {
  switch (kind) {
    case "barcode":
      return code128(data, widthDots, false, "B");
    case "code128":
      return code128(data, widthDots, true, "BC");
    case "ean13":
      return ean13(data);
    case "qr":
      return qrCode(data, widthDots);
  }
}

/** A line that is not plain as lines of text: a code that can't be one says what it holds. */
function textsOf(line: ReceiptLine, { columns }: PaperProfile): TextLine[] {
  if (line.kind === "text") return [line];
  if (!("data" in line)) return [];
  return wrap(line.data, columns).map((text) => ({
    kind: "text",
    role: "code",
    segments: [{ text, cell: 0, cells: columns, align: "center" }],
    bold: false,
    size: "normal",
  }));
}

/** Loads what drawing needs. Paper with a few signs missing is better than no paper; the caller learns why. */
async function loadFonts(lines: readonly ReceiptLine[], paper: Paper): Promise<void> {
  const drawn = lines
    .flatMap((line) => textsOf(line, paper.profile))
    .flatMap(({ segments }) => segments.map(({ text }) => text))
    .filter((text) => needsDrawing(text, paper.profile.chinese));
  if (drawn.length === 0) return;
  try {
    paper.shaping = await inks.load(drawn);
  } catch (error) {
    paper.problem = asError(error);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Where nothing can be drawn, it is the printer's font that decides. */
const ANY_SIGN: Signs = {
  canShow: () => true,
  areOneWord: () => false,
  cellsOfWord: () => 1,
};

async function addDrawnText(line: TextLine, paper: Paper): Promise<number> {
  const { profile, shaping, sink, turn } = paper;
  const asciiOnly = profile.chinese === "raster";
  if (row.set(line, asciiOnly)) return printRow(line, row.bytes, row.length, sink);
  const scale = line.size === "double" ? 2 : 1;
  if (shaping !== undefined)
    try {
      const placed = placeClusters(line, inks, shaping);
      const own = rowOf(placed, asciiOnly);
      if (own !== null) return printRow(line, own, own.length, sink);
      const { isDrawn, shown } = chosen(placed, asciiOnly);
      if (!isDrawn) return printPlainest(line, placed, asciiOnly, sink);
      for (const piece of shown) {
        if (piece.text.trim() !== "") inks.get(piece, scale);
        if (turn.isOver) await turn.give();
      }
      const { widthDots } = profile;
      return addDrawn(drawRow(shown, { scale, bold: line.bold, widthDots }, inks), scale, sink);
    } catch (error) {
      paper.problem = asError(error);
    }
  return printPlainest(line, placeClusters(line, ANY_SIGN, undefined), asciiOnly, sink);
}

/** The printer's font has rare Chinese characters that ours lack: the way is taken that loses less. */
function chosen(
  placed: readonly PlacedCluster[],
  asciiOnly: boolean,
): { isDrawn: boolean; shown: PlacedCluster[] } {
  const shown = placed.map((piece): PlacedCluster => {
    const isMissing = piece.word === undefined && !inks.canShow(piece.text);
    return isMissing ? { ...piece, text: missingSign(piece.cells), isLost: true } : piece;
  });
  const lostDrawn = shown.filter(({ isLost }) => isLost === true).length;
  const lostPrinted = placed.filter(
    ({ text, isLost }) => isLost === true || printerCode(text) === 0,
  ).length;
  return { isDrawn: asciiOnly || lostPrinted > lostDrawn, shown };
}

/** A line in the printer's own font, whatever has to be left out of it. */
function printPlainest(
  line: TextLine,
  placed: readonly PlacedCluster[],
  asciiOnly: boolean,
  sink: ByteSink,
): number {
  const plain = placed.map((each) => ({
    ...each,
    text: plainest(each.text, each.cells, asciiOnly),
  }));
  const bytes = rowOf(plain, asciiOnly);
  if (bytes === null) throw new Error("a line has characters that were not made plain");
  return printRow(line, bytes, bytes.length, sink);
}

/** A line in the printer's own font: weight, size, text, and everything set back. */
function printRow(
  { bold, size }: TextLine,
  bytes: Uint8Array,
  length: number,
  sink: ByteSink,
): number {
  if (bold) sink.push(BOLD_ON);
  if (size === "double") sink.push(DOUBLE_SIZE);
  sink.pushStart(bytes, length);
  sink.byte(LINE_FEED);
  if (size === "double") {
    sink.push(NORMAL_SIZE);
    sink.push(AIR);
  }
  if (bold) sink.push(BOLD_OFF);
  return size === "double" ? DOUBLE_LINE_MM : LINE_MM;
}

/** A drawn line takes as much paper as a printed one, more only when its ink stands higher than that. */
function addDrawn({ blankAbove, ink, cellsEnd }: DrawnRow, scale: 1 | 2, sink: ByteSink): number {
  const usual = scale === 2 ? DOUBLE_LINE_DOTS : LINE_DOTS;
  const pitch = Math.max(usual, cellsEnd + LEAST_AIR_DOTS);
  if (blankAbove > 0) sink.push(feedDots(blankAbove));
  if (ink !== null) for (const command of rasterCommands(ink)) sink.push(command);
  const used = blankAbove + (ink?.rows ?? 0);
  if (used < pitch) sink.push(feedDots(pitch - used));
  return Math.max(used, pitch) / DOTS_PER_MM;
}

/** A code for scanners, centred. */
function addSymbol(symbol: SymbolCommands, sink: ByteSink): number {
  sink.push(AIR);
  sink.push(CENTER);
  sink.push(symbol.bytes);
  sink.push(LEFT);
  sink.push(AIR);
  return (symbol.heightDots + 2 * AIR_DOTS) / DOTS_PER_MM;
}

/** A picture in the middle of the text. What would stick out at the right is cut off. */
function addImage(line: ImageLine, profile: PaperProfile, sink: ByteSink): number {
  const source = Buffer.from(line.bits, "base64");
  const sourceRow = Math.ceil(line.widthDots / 8);
  const spare = profile.columns * CELL.width - line.widthDots;
  const left = Math.max(0, Math.floor(spare / 16));
  const rowBytes = Math.min(left + sourceRow, profile.widthDots >> 3);
  const bytes = new Uint8Array(rowBytes * line.heightDots);
  for (let y = 0; y < line.heightDots; y += 1) {
    const from = y * sourceRow;
    bytes.set(source.subarray(from, from + rowBytes - left), y * rowBytes + left);
  }
  for (const command of rasterCommands({ rowBytes, rows: line.heightDots, bytes }))
    sink.push(command);
  sink.push(AIR);
  return (line.heightDots + AIR_DOTS) / DOTS_PER_MM;
}
