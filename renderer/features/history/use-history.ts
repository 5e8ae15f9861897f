import { useCallback, useEffect, useMemo, useState } from "react";
import type { SaleHead } from "../../../main/contract/history.ts";
import { call, CallRefused, useStatus } from "../../bridge/index.ts";
import { isOpen, type HistoryFilter } from "./filters.ts";
import type { HistoryRows } from "./history-rows.ts";
import { settledMeanwhile, withRail } from "./rail-rows.ts";
import { useFoundSales } from "./use-found-sales.ts";
import { useWholeLog } from "./use-whole-log.ts";

/** Pages are read once the list has stood still so long: a dragged bar flies over millions. */
const STILL_MS = 60;

/** The rows of a list and where it begins. */
export interface History extends HistoryRows {
  /** All sales of the till, so that any part of them can be gone to. */
  isWhole: boolean;
  /** Sales made since the list was read; only those of the whole log can be counted. */
  newerCount: number;
  /** The sale below which a search began, because somebody went to a date; null: the newest. */
  begunBelow: number | null;
  beginBelow: (saleId: number | null) => void;
}

/**
 * Sales that match, newest first. Rows follow the rail at once; new sales are only put on top by
 * `startOver`, because rows that move under a finger get mistaken for each other.
 */
export function useHistory(filter: HistoryFilter): History {
  const { rail, newestSaleId } = useStatus();
  const [begun, setBegun] = useState<{ filter: HistoryFilter; below: number } | null>(null);
  const begunBelow = begun?.filter === filter ? begun.below : null;
  const isWhole = isOpen(filter);
  const whole = useWholeLog(isWhole);
  const found = useFoundSales(filter, begunBelow, !isWhole);
  // Until the first answer to a search the list stays as it is: an empty one would say "nothing".
  const rows = isWhole ? whole : found.isPending ? { ...whole, isStale: true } : found;

  const onRail = useMemo(() => new Map(rail.map((receipt) => [receipt.saleId, receipt])), [rail]);
  const [view, setView] = useState({ first: 0, last: 0 });
  const inView = rowsBetween(rows, view.first, view.last);
  const settled = settledMeanwhile(inView, onRail).join();
  const { patch, want } = rows;
  useEffect(() => {
    if (settled === "") return;
    for (const saleId of settled.split(",").map(Number))
      void fetchHead(saleId).then((head) => {
        if (head) patch(head);
      }, ignoreRefusal);
  }, [settled, patch]);

  useEffect(() => {
    const timer = setTimeout(() => want(view.first, view.last), STILL_MS);
    return () => clearTimeout(timer);
  }, [want, view]);

  return {
    ...rows,
    isWhole,
    newerCount: isWhole ? Math.max(0, newestSaleId - (rows.numberAt(0) ?? newestSaleId)) : 0,
    begunBelow: isWhole ? null : begunBelow,
    beginBelow: (below) => setBegun(below === null ? null : { filter, below }),
    rowAt: (place) => {
      const row = rows.rowAt(place);
      return row && withRail(row, onRail);
    },
    want: useCallback((first, last) => {
      setView((now) => (now.first === first && now.last === last ? now : { first, last }));
    }, []),
  };
}

function rowsBetween(rows: HistoryRows, first: number, last: number): SaleHead[] {
  const between: SaleHead[] = [];
  for (let place = first; place <= last; place += 1) {
    const row = rows.rowAt(place);
    if (row) between.push(row);
  }
  return between;
}

/** The row keeps what it had; the next change of the rail asks for it again. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof CallRefused)) throw error;
}

async function fetchHead(saleId: number): Promise<SaleHead | undefined> {
  const { sales } = await call("history.page", {
    text: "",
    fromMs: null,
    toMs: null,
    minMinor: null,
    maxMinor: null,
    cashier: null,
    state: "any",
    before: saleId + 1,
    limit: 1,
  });
  return sales.find((head) => head.saleId === saleId);
}
