import { keepPreviousData, useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { HistoryPage, SaleHead } from "../../../main/contract/history.ts";
import { call, type CallRefused, useStatus } from "../../bridge/index.ts";
import { NO_FILTERS, type HistoryFilter } from "./filters.ts";
import type { HistoryRows } from "./history-rows.ts";
import { salePlaces } from "./sale-places.ts";

const PAGE_SIZE = 60;
/** Pages that were in view are forgotten after this: a long list is scrolled through, not kept. */
const KEPT_MS = 60_000;
const NO_LIMITS: HistoryFilter = {
  text: NO_FILTERS.text,
  fromMs: null,
  toMs: null,
  minMinor: null,
  maxMinor: null,
  cashier: null,
  state: "any",
};

/**
 * Every sale there is. The place of a number is known, so any part of the log can be read without what
 * lies before it.
 */
export function useWholeLog(isShown: boolean): HistoryRows {
  const client = useQueryClient();
  const { newestSaleId, saleIdsLeftOut } = useStatus();
  const [top, setTop] = useState(newestSaleId);
  const [pages, setPages] = useState({ first: 0, last: 0 });
  // The first sales of a till make the list; later ones wait for `startOver`.
  const newest = top === 0 ? newestSaleId : top;
  const { count, numberAt, placeOf } = useMemo(
    () => salePlaces(newest, saleIdsLeftOut),
    [newest, saleIdsLeftOut],
  );
  const lastPage = Math.min(pages.last, Math.max(0, Math.ceil(count / PAGE_SIZE) - 1));
  const shown = Array.from(
    { length: Math.max(0, lastPage - pages.first + 1) },
    (_, index) => pages.first + index,
  );
  const read = useQueries({
    queries: shown.map((page) => ({
      queryKey: keyOf(newest, page),
      queryFn: (): Promise<HistoryPage> =>
        call("history.page", {
          ...NO_LIMITS,
          before: (numberAt(page * PAGE_SIZE) ?? newest) + 1,
          limit: PAGE_SIZE,
        }),
      enabled: isShown && count > 0,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: KEPT_MS,
      placeholderData: keepPreviousData,
    })),
  });
  const rowAt = (place: number): SaleHead | null => {
    const page = Math.floor(place / PAGE_SIZE);
    const answer =
      read[page - pages.first]?.data ?? client.getQueryData<HistoryPage>(keyOf(newest, page));
    const row = answer?.sales[place % PAGE_SIZE] ?? null;
    // While a page is on its way its place still holds the one that stood there before.
    return row?.saleId === numberAt(place) ? row : null;
  };
  const failed = read.find(({ isError }) => isError);
  return {
    count,
    hasMore: false,
    isPending: count > 0 && read.length > 0 && read.every(({ isPending }) => isPending),
    isStale: false,
    building: null,
    error: (failed?.error as CallRefused | null | undefined) ?? null,
    retry: () => {
      for (const page of read) if (page.isError) void page.refetch();
    },
    rowAt,
    numberAt,
    placeOf,
    want: useCallback((first, last) => {
      const next = { first: Math.floor(first / PAGE_SIZE), last: Math.floor(last / PAGE_SIZE) };
      setPages((now) => (now.first === next.first && now.last === next.last ? now : next));
    }, []),
    patch: useCallback(
      (head) => {
        const page = Math.floor((placeOf(head.saleId) ?? 0) / PAGE_SIZE);
        client.setQueryData<HistoryPage>(
          keyOf(newest, page),
          (before) =>
            before && {
              ...before,
              sales: before.sales.map((row) => (row.saleId === head.saleId ? head : row)),
            },
        );
      },
      [client, newest, placeOf],
    ),
    startOver: async () => {
      setTop(newestSaleId);
      setPages({ first: 0, last: 0 });
      await Promise.resolve();
    },
  };
}

/** Not under `history.`: those are all asked for anew after every sale, page by page. */
function keyOf(newest: number, page: number): unknown[] {
  return ["historyList", "all", newest, page];
}
