import { lazily, type LineContent } from "./line-layout.ts";
import { DOTS_PER_MM, type PaperBitmap } from "./types.ts";

/** Divides a picture where the paper stopped; undefined when not even one row was printed. */
export function splitRaster(
  content: LineContent,
  printedMm: number,
): { printed: LineContent; left: LineContent } | undefined {
  const { bitmap } = content;
  const rows = Math.floor(printedMm * DOTS_PER_MM);
  if (bitmap === undefined || rows < 1 || rows >= bitmap.heightDots) return undefined;
  return {
    printed: { ...content, heightDots: rows, bitmap: rowsOf(bitmap, 0, rows) },
    left: {
      ...content,
      heightDots: content.heightDots - rows,
      bitmap: rowsOf(bitmap, rows, bitmap.heightDots),
    },
  };
}

function rowsOf(bitmap: PaperBitmap, from: number, to: number): PaperBitmap {
  return {
    ...bitmap,
    heightDots: to - from,
    dots: lazily(() => bitmap.dots().subarray(from * bitmap.widthDots, to * bitmap.widthDots)),
  };
}
