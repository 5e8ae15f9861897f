import { cellsOf, type ReceiptLine } from "../../../main/domain/receipt/line.ts";

/**
 * Laid out lines as the virtual printer reads its own paper: a row a line, every text in its cells, nothing at the
 * right of the last one; a blank of a double size row is one character too. Rows without text (feeds) are left out on both sides, see `inkRows`.
 */
export function paperRows(lines: readonly ReceiptLine[]): string[] {
  return lines.map((line) => {
    switch (line.kind) {
      case "text": {
        let row = "";
        let cell = 0;
        for (const segment of line.segments) {
          const cells = cellsOf(segment.text);
          const spare = segment.cells - cells;
          const indent =
            segment.align === "left"
              ? 0
              : segment.align === "right"
                ? spare
                : Math.floor(spare / 2);
          const start = segment.cell + indent;
          row += " ".repeat(Math.max(0, start - cell)) + segment.text;
          cell = start + cells;
        }
        return row.trimEnd();
      }
      case "rule":
        return "-".repeat(line.cells);
      case "feed":
        return "";
      case "image":
        return "[image]";
      case "qr":
        return `[qr ${line.data}]`;
      default:
        return `[barcode ${line.data}]`;
    }
  });
}

/** Rows with something on them. */
export function inkRows(text: string): string[] {
  return text.split("\n").filter((row) => row.trim() !== "");
}
