import { clustersOf, type Cluster, type TextLine } from "../../domain/receipt/line.ts";
import type { PlacedCluster } from "../raster/draw-row.ts";
import { gbkCode } from "./gbk.ts";
import { isWithoutSign, neighbourOf, printerCode, UNPRINTABLE } from "./printable.ts";

const SPACE = 0x20;

/**
 * One line of cells being set. In GBK a character has as many bytes as cells, so the bytes of a text can be put
 * straight where its cells are. Reused from line to line; nothing is kept.
 */
export class RowSetter {
  /** The bytes of the line just set. */
  bytes = new Uint8Array(1024).fill(SPACE);
  /** How many of them are in use, without blanks at the end. */
  length = 0;

  /**
   * Sets a line in the printer's own font. False when it has a character that takes more than a look at a table:
   * nothing of it has been sent then, and `bytes` means nothing.
   */
  set({ segments }: TextLine, asciiOnly: boolean): boolean {
    this.bytes.fill(SPACE, 0, this.length);
    this.length = 0;
    let end = 0;
    for (const { text, cell, cells, align } of segments) {
      // Written where it would stand at the left, then moved if it belongs elsewhere.
      const from = Math.max(cell, end);
      if (!this.#write(text, from, asciiOnly)) {
        this.length = this.bytes.length;
        return false;
      }
      const taken = this.length - from;
      const start = Math.max(from, cell + offsetOf(align, cells - taken));
      if (start > from) this.#move(from, taken, start);
      end = start + taken;
      this.length = end;
    }
    while (this.length > 0 && this.bytes[this.length - 1] === SPACE) this.length -= 1;
    return true;
  }

  /** Writes at `at`; afterwards `length` is behind it. */
  #write(text: string, at: number, asciiOnly: boolean): boolean {
    this.#reserve(at + text.length * 2);
    const { bytes } = this;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit >= 0x20 && unit <= 0x7e) {
        bytes[at] = unit;
        at += 1;
        continue;
      }
      const code = asciiOnly ? 0 : gbkCode(unit);
      if (code === 0) return false;
      bytes[at] = code >> 8;
      bytes[at + 1] = code & 0xff;
      at += 2;
    }
    this.length = at;
    return true;
  }

  #move(from: number, count: number, to: number): void {
    this.#reserve(to + count);
    this.bytes.copyWithin(to, from, from + count);
    this.bytes.fill(SPACE, from, Math.min(to, from + count));
  }

  #reserve(wanted: number): void {
    if (wanted <= this.bytes.length) return;
    const larger = new Uint8Array(wanted * 2).fill(SPACE);
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

function offsetOf(align: "left" | "center" | "right", free: number): number {
  if (align === "left" || free <= 0) return 0;
  return align === "right" ? free : Math.floor(free / 2);
}

/**
 * The characters of a line in their cells, each as it is printed: neighbours in place of what GBK lacks, □ for
 * what `hasSign` says no font can show, nothing for what is never seen.
 */
export function placeClusters(
  { segments }: TextLine,
  hasSign: (cluster: string, cells: number) => boolean,
): PlacedCluster[] {
  const placed: PlacedCluster[] = [];
  let end = 0;
  for (const { text, cell, cells, align } of segments) {
    const own = clustersOf(text).filter((cluster) => cluster.cells > 0);
    const taken = own.reduce((sum, cluster) => sum + cluster.cells, 0);
    let at = Math.max(end, cell + offsetOf(align, cells - taken));
    for (const cluster of own) {
      placed.push({ text: shownAs(cluster, hasSign), cell: at, cells: cluster.cells });
      at += cluster.cells;
    }
    end = at;
  }
  return placed;
}

function shownAs(
  { text, cells }: Cluster,
  hasSign: (cluster: string, cells: number) => boolean,
): string {
  const shown = neighbourOf(text);
  if (printerCode(shown) !== 0) return shown;
  return isWithoutSign(shown) || !hasSign(shown, cells) ? UNPRINTABLE : shown;
}

/** Placed characters as bytes of the printer's own font; null when one of them is not in it, or wider there. */
export function rowOf(placed: readonly PlacedCluster[], asciiOnly: boolean): Uint8Array | null {
  const last = placed.at(-1);
  if (last === undefined) return new Uint8Array();
  const row = new Uint8Array(last.cell + last.cells).fill(SPACE);
  for (const { text, cell, cells } of placed) {
    const code = printerCode(text);
    const taken = code < 0x80 ? 1 : 2;
    if (code === 0 || taken > cells || (asciiOnly && taken === 2)) return null;
    if (taken === 2) row[cell] = code >> 8;
    row[cell + taken - 1] = code & 0xff;
  }
  let length = row.length;
  while (length > 0 && row[length - 1] === SPACE) length -= 1;
  return row.subarray(0, length);
}
