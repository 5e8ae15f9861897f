import { formatAmount, paperSymbolOf, type Currency } from "../money.ts";
import type { Locale, TenderMethod } from "../sale.ts";
import type { CauseClass, CauseCode } from "./cause.ts";
import { composer, type Composer } from "./compose.ts";
import { dayWords, type DayWords } from "./day-words.ts";
import type { ReceiptLine } from "./line.ts";
import type { ReceiptState } from "./state.ts";
import { wallClock } from "./time.ts";
import { receiptWords } from "./words.ts";

/** What the printed day-end report needs; the contract's report fits. */
export interface DayFigures {
  dayId: number;
  date: string;
  openedAtMs: number;
  closedAtMs: number | null;
  signedBy: string | null;
  sales: number;
  totalMinor: number;
  discountMinor: number;
  taxMinor: number;
  tenders: { method: TenderMethod; count: number; amountMinor: number }[];
  receipts: {
    provenByDevice: number;
    settledByPerson: number;
    declined: number;
    handwritten: number;
    owed: number;
    copies: number;
  };
  /** Printed late and not fetched. */
  unclaimedCount: number;
  /** Everything ever sold, and the end of the log that proves it. */
  grandTotalMinor?: number;
  head?: { seq: number; hash: string };
  unproven: {
    saleId: number;
    atMs: number;
    totalMinor: number;
    cashier: string;
    state: ReceiptState;
    cause: CauseCode | null;
    causeClass: CauseClass | null;
    settledBy: string | null;
    reason: string | null;
    owedMs: number;
  }[];
  /** What became of receipts after the day was closed. */
  since: {
    saleId: number;
    soldAtMs: number;
    totalMinor: number;
    cashier: string;
    from: ReceiptState;
    to: ReceiptState;
    copies: number;
    settledBy: string | null;
    reason: string | null;
    atMs: number;
  }[];
}

export interface DayLayout {
  figures: DayFigures;
  shopName: string;
  currency: Currency;
  locale: Locale;
  columns: number;
  utcOffsetMin: number;
}

/** The day end as a slip: totals by tender, then every receipt the printer did not prove. */
export function layoutDay(layout: DayLayout): ReceiptLine[] {
  const { figures, currency, locale } = layout;
  const make = composer(layout.columns);
  const words = dayWords(locale);
  const amount = (minor: number) => formatAmount(minor, currency);
  const when = (atMs: number) => wallClock(atMs, layout.utcOffsetMin).slice(0, 16);
  return [
    ...make.bigCenter("shop", layout.shopName),
    ...make.center("shop", `${words.title} ${figures.date}`, { bold: true }),
    ...make.pair("meta", words.day, String(figures.dayId)),
    ...make.pair("meta", words.opened, when(figures.openedAtMs)),
    ...make.pair(
      "meta",
      words.closed,
      figures.closedAtMs === null ? words.notClosed : when(figures.closedAtMs),
    ),
    make.rule("meta"),
    ...make.pair("total", words.sales, String(figures.sales)),
    ...figures.tenders.flatMap((tender) =>
      make.pair(
        "tender",
        `${receiptWords(locale).tenders[tender.method]} x${tender.count}`,
        amount(tender.amountMinor),
      ),
    ),
    ...make.pair("discount", words.discount, amount(figures.discountMinor)),
    ...make.pair("tax", words.tax, amount(figures.taxMinor)),
    ...make.bigPair("total", words.total, paperSymbolOf(currency) + amount(figures.totalMinor)),
    ...(figures.grandTotalMinor === undefined
      ? []
      : make.pair("total", words.grandTotal, amount(figures.grandTotalMinor))),
    make.rule("table"),
    ...receiptCounts(make, words, figures),
    make.rule("table"),
    ...unprovenLines(make, words, layout),
    ...(figures.signedBy === null ? [] : make.pair("note", words.signedBy, figures.signedBy)),
    ...sinceLines(make, words, layout),
    ...(figures.head === undefined ? [] : make.left("code", headText(figures.head, words))),
    ...make.center("code", `- ${words.end} ${figures.dayId} -`),
  ];
}

/** Whoever keeps the report can tell a log that was changed since. */
export function headText(head: { seq: number; hash: string }, words: DayWords): string {
  return `${words.head} ${head.seq} ${head.hash}`;
}

function receiptCounts(
  make: Composer,
  words: DayWords,
  { receipts, unclaimedCount }: DayFigures,
): ReceiptLine[] {
  const rows: [string, number][] = [
    [words.proven, receipts.provenByDevice],
    [words.byPerson, receipts.settledByPerson],
    [words.declined, receipts.declined],
    [words.handwritten, receipts.handwritten],
    [words.owed, receipts.owed],
    [words.copies, receipts.copies],
  ];
  if (unclaimedCount > 0) rows.push([words.unclaimed, unclaimedCount]);
  return rows.flatMap(([label, count]) => make.pair("table", label, String(count)));
}

/** Below the signature: it stands for what is above it only. */
function sinceLines(make: Composer, words: DayWords, layout: DayLayout): ReceiptLine[] {
  const { since } = layout.figures;
  if (since.length === 0) return [];
  const when = (atMs: number) => wallClock(atMs, layout.utcOffsetMin).slice(5, 16);
  return [
    make.rule("table"),
    ...make.left("table", `${words.sinceTitle} ${since.length}`, { bold: true }),
    ...since.flatMap((change) => [
      ...make.pair(
        "table",
        `#${change.saleId} ${when(change.soldAtMs).slice(6)} ${change.cashier}`,
        formatAmount(change.totalMinor, layout.currency),
      ),
      ...(change.from === change.to
        ? []
        : make.pair(
            "table",
            `  ${words.states[change.from]} -> ${words.states[change.to]}`,
            when(change.atMs),
          )),
      ...(change.settledBy === null || change.from === change.to
        ? []
        : make.left("table", `  ${change.settledBy} ${change.reason ?? ""}`)),
      ...(change.copies === 0
        ? []
        : make.pair("table", `  ${words.copies} ${change.copies}`, when(change.atMs))),
    ]),
    make.rule("table"),
  ];
}

function unprovenLines(make: Composer, words: DayWords, layout: DayLayout): ReceiptLine[] {
  const { unproven } = layout.figures;
  if (unproven.length === 0) return make.center("table", words.allProven);
  return [
    ...make.left("table", `${words.unprovenTitle} ${unproven.length}`, { bold: true }),
    ...unproven.flatMap((receipt) => {
      const cause =
        receipt.cause === null || receipt.causeClass === null
          ? words.noCause
          : `${receipt.causeClass} ${words.causes[receipt.cause]}`;
      const minutes = `${Math.round(receipt.owedMs / 60_000)} ${words.minutes}`;
      const time = wallClock(receipt.atMs, layout.utcOffsetMin).slice(11, 16);
      return [
        ...make.pair(
          "table",
          `#${receipt.saleId} ${time} ${receipt.cashier}`,
          formatAmount(receipt.totalMinor, layout.currency),
        ),
        ...make.pair("table", `  ${cause}`, `${words.states[receipt.state]} ${minutes}`),
        ...(receipt.settledBy === null
          ? []
          : make.left("table", `  ${receipt.settledBy} ${receipt.reason ?? ""}`)),
      ];
    }),
  ];
}
