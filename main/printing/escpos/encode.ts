import escpos from "escpos";
import { cellsOf, type ReceiptLine, type TextLine } from "../../domain/receipt/line.ts";
import { INITIALIZE, AUTOMATIC_STATUS } from "./commands.ts";
import { printable } from "./printable.ts";

/** A document as bytes, without fence and cut: those belong to the job. */
export interface EncodedDocument {
  bytes: Uint8Array;
  /** Paper it needs, modelled: lower bound for how soon a printer can honestly be done. */
  paperMm: number;
}

/** FS &: Chinese characters on. ESC @ may have switched them off on export firmware. */
const CHINESE_ON = Buffer.from([0x1c, 0x26]);
/** ESC 2: line spacing of one sixth of an inch. */
const LINE_SPACING = Buffer.from([0x1b, 0x32]);
/** GS ! n: width and height. FS ! n does the same for Chinese characters where GS ! leaves them alone. */
const DOUBLE_SIZE = Buffer.from([0x1d, 0x21, 0x11]);
const NORMAL_SIZE = Buffer.from([0x1d, 0x21, 0x00]);
/** ESC E n. escpos's own style() also sends ESC 5, which no receipt printer's manual knows. */
const BOLD_ON = Buffer.from([0x1b, 0x45, 1]);
const BOLD_OFF = Buffer.from([0x1b, 0x45, 0]);
/** GS h 60, GS w 2, GS H 0: 60 dots high, two-dot modules, no text below. */
const BARCODE_SHAPE = Buffer.from([0x1d, 0x68, 60, 0x1d, 0x77, 2, 0x1d, 0x48, 0]);

/** ESC J n: a little air under what would otherwise touch the next line. */
const AIR_DOTS = 10;
const AIR = Buffer.from([0x1b, 0x4a, AIR_DOTS]);

const DOTS_PER_MM = 8;
const LINE_MM = 25.4 / 6;
const DOUBLE_LINE_MM = (48 + AIR_DOTS) / DOTS_PER_MM;
const BARCODE_MM = (60 + 2 * AIR_DOTS) / DOTS_PER_MM;

/**
 * Receipt lines as ESC/POS. escpos gives the encoded text; everything it gets wrong
 * (styles, barcodes, tables, drawer, cut) is written here as raw bytes. GBK, two-byte area only.
 */
export function encodeReceipt(lines: readonly ReceiptLine[]): EncodedDocument {
  const printer = new escpos.Printer({ write: () => {} }, { encoding: "gbk" });
  for (const setting of [INITIALIZE, CHINESE_ON, LINE_SPACING, AUTOMATIC_STATUS])
    printer.raw(Buffer.from(setting));
  let paperMm = 0;
  for (const line of lines) {
    switch (line.kind) {
      case "text":
        addText(printer, line);
        paperMm += line.size === "double" ? DOUBLE_LINE_MM : LINE_MM;
        break;
      case "rule":
        printer.text("-".repeat(line.cells));
        paperMm += LINE_MM;
        break;
      case "feed":
        for (let n = 0; n < line.lines; n += 1) printer.text("");
        paperMm += line.lines * LINE_MM;
        break;
      case "barcode":
        addBarcode(printer, line.data);
        paperMm += BARCODE_MM;
        break;
    }
  }
  return { bytes: new Uint8Array(printer.buffer.flush()), paperMm };
}

function addText(printer: InstanceType<typeof escpos.Printer>, line: TextLine): void {
  if (line.bold) printer.raw(BOLD_ON);
  if (line.size === "double") printer.raw(DOUBLE_SIZE);
  printer.text(rowText(line));
  if (line.size === "double") printer.raw(NORMAL_SIZE).raw(AIR);
  if (line.bold) printer.raw(BOLD_OFF);
}

/** The segments of a line set into one row of cells. */
function rowText(line: TextLine): string {
  let row = "";
  let at = 0;
  for (const segment of line.segments) {
    const text = printable(segment.text);
    const free = segment.cells - cellsOf(text);
    const before =
      segment.align === "left" ? 0 : segment.align === "right" ? free : Math.floor(free / 2);
    const start = segment.cell + Math.max(0, before);
    row += " ".repeat(Math.max(0, start - at)) + text;
    at = Math.max(at, start) + cellsOf(text);
  }
  return row.trimEnd();
}

/** CODE128, set B: GS k 73 n, where n counts the `{B` too. Centred, then a line feed ends the line. */
function addBarcode(printer: InstanceType<typeof escpos.Printer>, data: string): void {
  const content = Buffer.from(`{B${data}`, "latin1");
  printer.raw(AIR);
  printer.raw(Buffer.from([0x1b, 0x61, 0x01]));
  printer.raw(BARCODE_SHAPE);
  printer.raw(Buffer.concat([Buffer.from([0x1d, 0x6b, 73, content.length]), content]));
  printer.raw(Buffer.from([0x1b, 0x61, 0x00]));
  printer.raw(AIR);
}
