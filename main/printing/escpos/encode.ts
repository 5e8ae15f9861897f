import {
  wrap,
  type ImageLine,
  type ReceiptLine,
  type TextLine,
} from "../../domain/receipt/line.ts";
import { rasterCommands } from "../raster/bands.ts";
import { drawRow, type DrawnRow, type PlacedCluster } from "../raster/draw-row.ts";
import { CELL, inks } from "../raster/ink.ts";
import { ByteSink } from "./byte-sink.ts";
import { AUTOMATIC_STATUS, CUT, FEED_OUT, INITIALIZE } from "./commands.ts";
import { plainest, printerCode, UNPRINTABLE } from "./printable.ts";
import { profileFor, type PaperProfile } from "./profile.ts";
import { placeClusters, rowOf, RowSetter } from "./row.ts";
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

/** Reused by every document: encoding never waits, so there is only ever one. */
const row = new RowSetter();
const sink = new ByteSink(16_384);

function feedDots(dots: number): Uint8Array {
  return Uint8Array.of(0x1b, 0x4a, dots);
}

/**
 * Receipt lines as ESC/POS. Text is GBK, two-byte area only; a line the printer's own font can't show is drawn
 * (GS v 0), in the same cells. Everything is written as raw bytes: see docs/decisions/0006.
 * @param profile the printer; without one, what is usual for the width the lines were laid out for.
 */
export function encodeReceipt(
  lines: readonly ReceiptLine[],
  profile: PaperProfile = profileFor(lines),
): EncodedDocument {
  sink.clear();
  sink.push(INITIALIZE);
  if (profile.chinese === "font") sink.push(CHINESE_ON);
  sink.push(LINE_SPACING);
  sink.push(AUTOMATIC_STATUS);
  const trouble: Trouble = { problem: undefined };
  let paperMm = 0;
  for (const line of lines) paperMm += addLine(line, profile, trouble);
  const bytes = sink.bytes();
  const finish = profile.cutter ? CUT : FEED_OUT;
  return trouble.problem === undefined
    ? { bytes, finish, paperMm }
    : { bytes, finish, paperMm, problem: trouble.problem };
}

interface Trouble {
  problem: Error | undefined;
}

/** Adds one line; returns the paper it takes, mm. */
function addLine(line: ReceiptLine, profile: PaperProfile, trouble: Trouble): number {
  switch (line.kind) {
    case "text":
      return addText(line, profile, trouble);
    case "rule":
      for (let cell = 0; cell < line.cells; cell += 1) sink.byte(0x2d);
      sink.byte(LINE_FEED);
      return LINE_MM;
    case "feed":
      for (let n = 0; n < line.lines; n += 1) sink.byte(LINE_FEED);
      return line.lines * LINE_MM;
    case "barcode":
      return addSymbol(
        code128(line.data, profile.widthDots, false, "B"),
        line.data,
        profile,
        trouble,
      );
    case "code128":
      return addSymbol(
        code128(line.data, profile.widthDots, true, "BC"),
        line.data,
        profile,
        trouble,
      );
    case "ean13":
      return addSymbol(ean13(line.data), line.data, profile, trouble);
    case "qr":
      return addSymbol(qrCode(line.data, profile.widthDots), line.data, profile, trouble);
    case "image":
      return addImage(line, profile);
  }
}

function addText(line: TextLine, profile: PaperProfile, trouble: Trouble): number {
  const asciiOnly = profile.chinese === "raster";
  if (row.set(line, asciiOnly)) return printRow(line, row.bytes, row.length);
  const scale = line.size === "double" ? 2 : 1;
  try {
    const placed = placeClusters(line, (cluster, cells) => inks.has(cluster, cells, scale));
    const own = rowOf(placed, asciiOnly);
    if (own !== null) return printRow(line, own, own.length);
    // The printer's font has rare Chinese characters that ours lacks: take the way that loses less.
    const lostDrawn = placed.filter(
      ({ text, cells }) => text !== " " && !inks.has(text, cells, scale),
    ).length;
    const lostPrinted = placed.filter(
      ({ text }) => text === UNPRINTABLE || printerCode(text) === 0,
    ).length;
    if (!asciiOnly && lostPrinted <= lostDrawn) return printPlainest(line, placed, asciiOnly);
    const { widthDots } = profile;
    return addDrawn(drawRow(placed, { scale, bold: line.bold, widthDots }, inks), scale);
  } catch (error) {
    // Paper with a few signs missing is better than no paper; the caller learns why.
    trouble.problem = error instanceof Error ? error : new Error(String(error));
    const placed = placeClusters(line, () => true);
    return printPlainest(line, placed, asciiOnly);
  }
}

/** A line in the printer's own font, whatever has to be left out of it. */
function printPlainest(line: TextLine, placed: readonly PlacedCluster[], asciiOnly: boolean) {
  const plain = placed.map((each) => ({
    ...each,
    text: plainest(each.text, each.cells, asciiOnly),
  }));
  const bytes = rowOf(plain, asciiOnly);
  if (bytes === null) throw new Error("a line has characters that were not made plain");
  return printRow(line, bytes, bytes.length);
}

/** A line in the printer's own font: weight, size, text, and everything set back. */
function printRow({ bold, size }: TextLine, bytes: Uint8Array, length: number): number {
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
function addDrawn({ blankAbove, ink, cellsEnd }: DrawnRow, scale: 1 | 2): number {
  const usual = scale === 2 ? DOUBLE_LINE_DOTS : LINE_DOTS;
  const pitch = Math.max(usual, cellsEnd + LEAST_AIR_DOTS);
  if (blankAbove > 0) sink.push(feedDots(blankAbove));
  if (ink !== null) for (const command of rasterCommands(ink)) sink.push(command);
  const used = blankAbove + (ink?.rows ?? 0);
  if (used < pitch) sink.push(feedDots(pitch - used));
  return Math.max(used, pitch) / DOTS_PER_MM;
}

/** A code for scanners, centred; its content as text where the printer could not make one of it. */
function addSymbol(
  symbol: SymbolCommands | null,
  data: string,
  profile: PaperProfile,
  trouble: Trouble,
): number {
  if (symbol === null) return addWords(data, profile, trouble);
  sink.push(AIR);
  sink.push(CENTER);
  sink.push(symbol.bytes);
  sink.push(LEFT);
  sink.push(AIR);
  return (symbol.heightDots + 2 * AIR_DOTS) / DOTS_PER_MM;
}

function addWords(data: string, profile: PaperProfile, trouble: Trouble): number {
  let paperMm = 0;
  for (const text of wrap(data, profile.columns))
    paperMm += addText(
      {
        kind: "text",
        role: "code",
        segments: [{ text, cell: 0, cells: profile.columns, align: "center" }],
        bold: false,
        size: "normal",
      },
      profile,
      trouble,
    );
  return paperMm;
}

/** A picture in the middle of the text. What would stick out at the right is cut off. */
function addImage(line: ImageLine, profile: PaperProfile): number {
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
