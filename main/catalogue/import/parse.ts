import Papa from "papaparse";
import { guessMapping, type Mapping } from "./mapping.ts";

export const DELIMITERS = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export interface TableRow {
  /** Row number as a spreadsheet shows it: 1 is the first row of the file, blank rows count, a quoted line break does not. */
  row: number;
  cells: string[];
  /** The quotes of this row are broken, so its cells cannot be trusted. */
  hasBadQuotes: boolean;
}

interface ParsedRecord extends TableRow {
  isBlank: boolean;
}

export interface Table {
  delimiter: Delimiter;
  /** Made unique: a repeated header gets " (2)", an empty one "#" and its column number. */
  headers: string[];
  /** Row number of the header. */
  headerRow: number;
  /** Cells of the header or of most rows, whichever is more; blanks at the end included. */
  usualWidth: number;
  /** Rows below the header that hold anything. May be shorter or longer than `headers`. */
  rows: TableRow[];
}

/** Back offices put shop name, date range and filter above the list; the longest seen was 22 rows. */
const HEADER_SEARCH_ROWS = 50;
/** Characters given to the parser between two turns of the event loop. */
const CHARS_PER_SLICE = 32 * 1024;
/**
 * Chunks of the file in which no row ended: the parser reads all of them again with every further one, so a
 * quote that is never closed would keep the till busy for minutes.
 */
const MOST_CHUNKS_WITHOUT_ROW = 16;
/** Enough text for the header search, whatever the file's size. */
const HEAD_CHARS = 64 * 1024;

/**
 * Reads delimited text. The delimiter is the one under which a row of known headers appears; when
 * no header is known, the one that gives the widest table. Yields to the event loop between slices.
 * @param override headers chosen by a person; they also help to find the header row
 * @param chosen the delimiter when a person chose it
 */
export async function parseTable(
  text: string,
  override: Mapping = {},
  chosen?: Delimiter,
): Promise<Table> {
  const unixText = text.replace(/\r\n?/g, "\n");
  const head = unixText.slice(0, HEAD_CHARS);
  let best: { delimiter: Delimiter; header: FoundHeader } | null = null;
  for (const delimiter of chosen === undefined ? DELIMITERS : [chosen]) {
    const { data } = Papa.parse<string[]>(head, {
      delimiter,
      newline: "\n",
      preview: HEADER_SEARCH_ROWS,
    });
    const header = findHeader(data, override);
    if (best === null || isBetter(header, best.header)) best = { delimiter, header };
  }
  const { delimiter, header } = best ?? {
    delimiter: "," as const,
    header: { index: 0, known: 0, width: 0 },
  };
  const records = await parseRecords(unixText, delimiter);
  const headerCells = records[header.index]?.cells ?? [];
  const rows = records.slice(header.index + 1).filter((record) => !record.isBlank);
  return {
    delimiter,
    headers: uniqueHeaders(headerCells),
    headerRow: header.index + 1,
    usualWidth: Math.max(headerCells.length, commonestWidth(rows)),
    rows,
  };
}

/** The narrower one when two are equally common. */
function commonestWidth(rows: readonly TableRow[]): number {
  const countByWidth = new Map<number, number>();
  for (const { cells } of rows)
    countByWidth.set(cells.length, (countByWidth.get(cells.length) ?? 0) + 1);
  const [commonest] = [...countByWidth].toSorted(
    ([widthA, a], [widthB, b]) => b - a || widthA - widthB,
  );
  return commonest?.[0] ?? 0;
}

interface FoundHeader {
  /** Index of the record. */
  index: number;
  /** How many of its cells are known or chosen header words. */
  known: number;
  /** How many of its cells hold anything. */
  width: number;
}

function isBetter(a: FoundHeader, b: FoundHeader): boolean {
  return a.known === b.known ? a.width > b.width : a.known > b.known;
}

/** The first record with the most known headers; without any, the first of the widest records. */
function findHeader(records: readonly string[][], override: Mapping): FoundHeader {
  const chosen = new Set(Object.values(override).filter((header) => header !== ""));
  let best: FoundHeader = { index: 0, known: 0, width: 0 };
  records.forEach((record, index) => {
    const cells = uniqueHeaders(record);
    const known =
      Object.keys(guessMapping(cells)).length + cells.filter((cell) => chosen.has(cell)).length;
    const found = { index, known, width: record.filter((cell) => cell.trim() !== "").length };
    if (isBetter(found, best)) best = found;
  });
  return best;
}

function uniqueHeaders(cells: readonly string[]): string[] {
  const lastFilled = cells.findLastIndex((cell) => cell.trim() !== "");
  const taken = new Set<string>();
  /** Where the search for a free number begins: always from 2 would freeze the till on a row of equal cells. */
  const nextCopy = new Map<string, number>();
  return cells.slice(0, lastFilled + 1).map((cell, index) => {
    const name = cell.replace(/\s+/g, " ").trim() || `#${index + 1}`;
    let unique = name;
    let copy = nextCopy.get(name) ?? 2;
    for (; taken.has(unique); copy += 1) unique = `${name} (${copy})`;
    nextCopy.set(name, copy);
    taken.add(unique);
    return unique;
  });
}

/** Papaparse also reads a string in chunks; its published types know that for files only. */
interface ChunkedConfig extends Papa.ParseConfig<string[]> {
  download: false;
  worker: false;
  /** Characters. */
  chunkSize: number;
  chunk(results: Papa.ParseResult<string[]>, parser: Papa.Parser): void;
  complete(): void;
}

function parseRecords(text: string, delimiter: Delimiter): Promise<ParsedRecord[]> {
  const records: ParsedRecord[] = [];
  let chunksWithoutRow = 0;
  return new Promise((resolve) => {
    const config: ChunkedConfig = {
      delimiter,
      newline: "\n",
      download: false,
      worker: false,
      chunkSize: CHARS_PER_SLICE,
      chunk: (results, parser) => {
        const badRows = new Set(
          results.errors.filter(({ type }) => type === "Quotes").map(({ row }) => row),
        );
        results.data.forEach((cells, index) => {
          const isBlank = cells.every((cell) => cell.trim() === "");
          records.push({
            row: records.length + 1,
            cells,
            hasBadQuotes: badRows.has(index),
            isBlank,
          });
        });
        chunksWithoutRow = results.data.length === 0 ? chunksWithoutRow + 1 : 0;
        if (chunksWithoutRow > MOST_CHUNKS_WITHOUT_ROW) {
          const row = records.length + 1;
          records.push({ row, cells: [""], hasBadQuotes: true, isBlank: false });
          // Then `complete` is called too.
          parser.abort();
          return;
        }
        parser.pause();
        setImmediate(() => parser.resume());
      },
      complete: () => resolve(records),
    };
    Papa.parse<string[]>(text, config);
  });
}
