/**
 * What a receipt is made of before anybody decides how to show it. The strip on the screen and the
 * bytes for the printer are both made from these lines, so what is seen is what is printed.
 */

export { cellsOf, clustersOf, wrap, type Cluster } from "./cells.ts";

/** A piece of text at a place in a line. Places and widths are character cells of that line. */
export interface Segment {
  text: string;
  /** First cell, from 0 at the left. */
  cell: number;
  /** Cells reserved for this segment; the text is never wider. */
  cells: number;
  align: "left" | "center" | "right";
}

/** Why a line is there: lets the screen mark a line without knowing its text. */
export type LineRole =
  | "shop"
  | "meta"
  | "item"
  | "discount"
  | "tax"
  | "total"
  | "tender"
  | "mark"
  | "code"
  | "note"
  | "table";

export interface TextLine {
  kind: "text";
  role: LineRole;
  segments: Segment[];
  bold: boolean;
  /** `double`: twice as wide and twice as high, so half as many cells. */
  size: "normal" | "double";
  /** The basket line (from 0) this belongs to. */
  item?: number;
}

/** A picture of single dots, centred: rows from the top, each padded to whole bytes, highest bit left, 1 is black. */
export interface ImageLine {
  kind: "image";
  role: LineRole;
  widthDots: number;
  heightDots: number;
  /** base64 */
  bits: string;
}

export type ReceiptLine =
  | TextLine
  | { kind: "rule"; role: LineRole; cells: number }
  | { kind: "feed"; role: LineRole; lines: number }
  /** The slip's own number as CODE128, without text below; scanning it opens the sale. */
  | { kind: "barcode"; role: LineRole; data: string }
  /** Any text; sent as UTF-8. */
  | { kind: "qr"; role: LineRole; data: string }
  /** 12 digits, or 13 with a right check digit; the digits stand below. */
  | { kind: "ean13"; role: LineRole; data: string }
  /** Printable ASCII; the text stands below. */
  | { kind: "code128"; role: LineRole; data: string }
  | ImageLine;
