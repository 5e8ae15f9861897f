import type { CallOutput } from "../../../main/contract/calls.ts";

type LeftOut = CallOutput<"catalogue.leftOut">;

/** Words of the CSV in the person's language. */
export interface LeftOutWords {
  line: string;
  reason: string;
  reasonsOf: (row: LeftOut["rows"][number]) => string;
}

/**
 * The rows that were left out, as they stand in the file, each behind its line number and why: to be put right
 * and imported. With a byte order mark, so that spreadsheets read the names rightly.
 */
export function leftOutCsv({ headers, rows }: LeftOut, words: LeftOutWords): string {
  const width = Math.max(headers.length, ...rows.map(({ cells }) => cells.length));
  const padded = [...headers, ...Array.from({ length: width - headers.length }, () => "")];
  const lines = [
    [words.line, words.reason, ...padded],
    ...rows.map((row) => [String(row.row), words.reasonsOf(row), ...row.cells]),
  ];
  return `\uFEFF${lines.map((cells) => cells.map(quoted).join(",")).join("\r\n")}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n;\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
