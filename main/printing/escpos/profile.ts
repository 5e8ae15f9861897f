import type { ReceiptLine } from "../../domain/receipt/line.ts";

/** What one printer can put on paper, as found out when it was set up. */
export interface PaperProfile {
  /** Cells of the normal font across the paper. */
  columns: 32 | 35 | 42 | 48;
  /** Dots across the printable area, 203 dpi. Never less than 12 for every column. */
  widthDots: number;
  /** `raster`: it has no Chinese font, so every line that is not plain ASCII is drawn. */
  chinese: "font" | "raster";
  cutter: boolean;
  drawer: "pin2" | "pin5" | "none";
}

/** 58 mm, Epson's 58 mm mode, 80 mm printers with 42 columns (504 of 512 dots), 80 mm. */
const WIDTH_DOTS = { 32: 384, 35: 420, 42: 512, 48: 576 } as const;

/** What is usual for a printer of this width: Chinese in its own font, a cutter, no drawer known of. */
export function profileOf(columns: PaperProfile["columns"]): PaperProfile {
  return {
    columns,
    widthDots: WIDTH_DOTS[columns],
    chinese: "font",
    cutter: true,
    drawer: "none",
  };
}

/** The usual profile for the width these lines were laid out for: a rule says it, else the cells in use. */
export function profileFor(lines: readonly ReceiptLine[]): PaperProfile {
  let used = 0;
  for (const line of lines) {
    if (line.kind === "rule") used = Math.max(used, line.cells);
    else if (line.kind === "text") {
      const scale = line.size === "double" ? 2 : 1;
      for (const { cell, cells } of line.segments) used = Math.max(used, (cell + cells) * scale);
    }
  }
  if (used <= 32) return profileOf(32);
  if (used <= 35) return profileOf(35);
  return profileOf(used <= 42 ? 42 : 48);
}
