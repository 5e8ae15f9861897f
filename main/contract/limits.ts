/**
 * The most a page is ever given of each list; whoever makes the answer keeps to it and says how many there are.
 * A till that has run for years, or a printer that was broken for a day, must not make its screen slow.
 */
export const MOST = {
  /** Receipts on the rail. */
  rail: 500,
  tray: 100,
  /** Receipts of each kind that an outage left. */
  backlog: 500,
  notices: 20,
  warnings: 50,
  /** Ranges of receipt numbers that no sale has. */
  gaps: 1_000,
  /** Steps of one receipt's paper trail. */
  trail: 200,
  /** Lines of one receipt: 500 goods with the longest names on the narrowest paper. */
  receiptLines: 12_000,
  people: 500,
  unproven: 500,
  unclaimed: 200,
  causes: 1_000,
  printers: 100,
  copies: 500,
  screens: 20,
  installers: 20,
  /** Column headers of a product list. */
  headers: 200,
  /** Rows of a product list that can't be read, as the page lists them. */
  listedRows: 200,
  /** Rows that an import leaves out, as they are saved. */
  leftOutRows: 20_000,
  /** What is wrong with one row. */
  rowErrors: 50,
} as const;

/** The first `most` of a list, and how many it has beyond them. */
export function firstOf<T>(list: readonly T[], most: number): { shown: T[]; more: number } {
  return { shown: list.slice(0, most), more: Math.max(0, list.length - most) };
}
