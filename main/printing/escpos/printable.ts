import { clustersOf } from "../../domain/receipt/line.ts";
import { missingSign } from "../raster/ink.ts";
import { gbkCode } from "./gbk.ts";
import type { PaperProfile } from "./profile.ts";

/**
 * Signs that GBK lacks and that have a printable neighbour. U+00A5 would leave as a four-byte code
 * that cheap printers show as digits: a wrong price.
 */
const NEIGHBOURS = new Map([
  ["\u00a5", "￥"],
  ["\u2022", "·"],
  ["\u2011", "-"],
  ["\u2212", "-"],
  ...["\u00a0", "\u202f", "\u205f"].map((space) => [space, " "] as const),
  ...Array.from({ length: 11 }, (_, n) => [String.fromCharCode(0x2000 + n), " "] as const),
]);

/** The character, or the one that is printed in its place. */
export function neighbourOf(character: string): string {
  return NEIGHBOURS.get(character) ?? character;
}

/**
 * What stands for a character in GBK: one byte of ASCII, two bytes as one number, or 0 when the printer's own font
 * can't show it. Control characters are never passed on.
 */
export function printerCode(character: string): number {
  const shown = neighbourOf(character);
  if (shown.length !== 1) return 0;
  const unit = shown.charCodeAt(0);
  if (unit >= 0x20 && unit <= 0x7e) return unit;
  return unit < 0x80 ? 0 : gbkCode(unit);
}

/** Control characters, halves of surrogate pairs, private use: no font has a sign for these. */
export function isWithoutSign(character: string): boolean {
  return /^[\p{Cc}\p{Cs}\p{Co}\p{Cn}]/u.test(character);
}

/** Whether a text has characters that this printer can't set by itself, and that could be drawn. */
export function needsDrawing(text: string, chinese: PaperProfile["chinese"]): boolean {
  return clustersOf(text).some(({ text: cluster, cells }) => {
    if (cells === 0 || isWithoutSign(cluster)) return false;
    const code = printerCode(cluster);
    return code === 0 || (chinese === "raster" && code >= 0x80);
  });
}

/**
 * The nearest the printer's own font comes to a character without help of any other, as wide as `cells`: itself, its
 * letter without accents, or a question mark.
 */
export function plainest(character: string, cells: number, asciiOnly: boolean): string {
  const letter = character.normalize("NFD").charAt(0);
  for (const shown of [character, letter]) {
    const code = printerCode(shown);
    if (code !== 0 && (code < 0x80 ? 1 : 2) === cells && !(asciiOnly && code >= 0x80)) return shown;
  }
  return asciiOnly ? "?" : missingSign(cells);
}
