import { formatAmount, type Currency } from "../money.ts";
import type { PricedBasket } from "../sale.ts";
import type { Composer } from "./compose.ts";
import { cellsOf, type ReceiptLine, type Segment } from "./line.ts";
import type { ReceiptWords } from "./words.ts";

/** The letter that ties an item to its line of the VAT table: A for the highest rate; null when it has none. */
export function rateLetter(basket: PricedBasket, rateBp: number | null): string | null {
  const index = basket.taxes.findIndex((tax) => tax.rateBp === rateBp);
  return index < 0 ? null : letterOf(index);
}

/** A to Z, then A2 to Z2: no receipt has that many rates, but a wrong letter would be a wrong rate. */
function letterOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26) + 1}`;
}

/**
 * Net, VAT and gross for every rate, and what bears none. One row a rate where the paper is wide enough for all
 * four columns, else each amount on a line of its own: an amount is never cut.
 */
export function vatTable(
  make: Composer,
  words: ReceiptWords,
  basket: PricedBasket,
  currency: Currency,
): ReceiptLine[] {
  const amount = (minor: number) => formatAmount(minor, currency);
  const rows = basket.taxes.map(({ rateBp, netMinor, taxMinor }, index) => [
    `${letterOf(index)} ${rateBp / 100}%`,
    amount(netMinor),
    amount(taxMinor),
    amount(netMinor + taxMinor),
  ]);
  const taxedMinor = basket.taxes.reduce((sum, tax) => sum + tax.netMinor + tax.taxMinor, 0);
  const untaxed = amount(basket.totalMinor - taxedMinor);
  if (basket.totalMinor > taxedMinor) rows.push([words.noVat, untaxed, amount(0), untaxed]);
  if (rows.length === 0) return [];
  const header = [words.vatRate, words.net, words.vat, words.gross];
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => cellsOf(row[column] ?? ""))),
  );
  const spare = make.columns - widths.reduce((sum, width) => sum + width, 0);
  if (spare < header.length - 1) return stacked(make, header, rows);
  return [header, ...rows].map((row) => make.text("tax", inColumns(row, widths, spare), {}));
}

/** The first column at the left edge, the others right-aligned, the last at the right edge. */
function inColumns(row: readonly string[], widths: readonly number[], spare: number): Segment[] {
  const gap = Math.floor(spare / (widths.length - 1));
  let cell = 0;
  return row.map((text, column) => {
    const last = column === widths.length - 1;
    const width = widths[column] ?? 0;
    const before = column === 0 ? 0 : last ? spare - gap * (widths.length - 2) : gap;
    const segment: Segment = {
      text,
      cell,
      cells: before + width,
      align: column === 0 ? "left" : "right",
    };
    cell += before + width;
    return segment;
  });
}

function stacked(make: Composer, header: readonly string[], rows: readonly string[][]) {
  return rows.flatMap(([rate = "", ...amounts]) => [
    ...make.left("tax", `${header[0]} ${rate}`),
    ...amounts.flatMap((text, index) => make.pair("tax", `  ${header[index + 1]}`, text)),
  ]);
}
