import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { HistoryPage, SaleHead } from "../../../main/contract/history.ts";
import { call, type CallRefused } from "../../bridge/index.ts";
import type { HistoryFilter } from "./filters.ts";
import type { HistoryRows } from "./history-rows.ts";

const PAGE_SIZE = 60;
/** The next page is asked for when so many places are left below the view. */
const AHEAD = 30;
/** How often to ask while the log is gone through for the first time. */
const BUILDING_MS = 500;

interface Pages {
  pages: HistoryPage[];
  pageParams: (number | null)[];
}

/** Sales that match, as far as they have been found; more are looked for as the list is scrolled. */
export function useFoundSales(
  filter: HistoryFilter,
  before: number | null,
  isShown: boolean,
): HistoryRows {
  const client = useQueryClient();
  const queryKey = useMemo(() => ["historyList", filter, before], [filter, before]);
  const list = useInfiniteQuery<HistoryPage, CallRefused, Pages, unknown[], number | null>({
    queryKey,
    queryFn: ({ pageParam, signal }) => readPage(filter, pageParam, signal),
    initialPageParam: before,
    getNextPageParam: (last) => last.nextBefore,
    placeholderData: keepPreviousData,
    enabled: isShown,
    gcTime: 0,
    refetchInterval: ({ state }) =>
      (state.data?.pages.at(-1)?.building ?? null) === null ? false : BUILDING_MS,
  });
  const pages = list.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.sales) ?? [], [pages]);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, isPlaceholderData } = list;
  const { fetchNextPage, refetch } = list;
  const canGoOn = hasNextPage && !isFetchingNextPage && !isFetchNextPageError && !isPlaceholderData;
  return {
    count: rows.length,
    hasMore: hasNextPage,
    isPending: list.isPending && isShown,
    isStale: isPlaceholderData,
    building: pages?.at(-1)?.building ?? null,
    error: list.error,
    retry: () => void (isFetchNextPageError ? fetchNextPage() : refetch()),
    rowAt: (place) => rows[place] ?? null,
    numberAt: (place) => rows[place]?.saleId ?? null,
    placeOf: (saleId) => {
      const place = rows.findIndex((row) => row.saleId === saleId);
      return place < 0 ? null : place;
    },
    want: useCallback(
      (_first, last) => {
        if (canGoOn && last >= rows.length - AHEAD) void fetchNextPage();
      },
      [canGoOn, rows.length, fetchNextPage],
    ),
    patch: useCallback(
      (head) => client.setQueryData<Pages>(queryKey, (now) => replaceRow(now, head)),
      [client, queryKey],
    ),
    startOver: async () => {
      await refetch();
    },
  };
}

/** One page; a search that only got so far goes on until it has found something or come to the end. */
async function readPage(
  filter: HistoryFilter,
  from: number | null,
  signal: AbortSignal,
): Promise<HistoryPage> {
  for (let before = from; ;) {
    // oxlint-disable-next-line no-await-in-loop -- each step begins where the one before stopped
    const page = await call("history.page", { ...filter, before, limit: PAGE_SIZE });
    if (page.sales.length > 0 || page.nextBefore === null || signal.aborted) return page;
    before = page.nextBefore;
  }
}

function replaceRow(pages: Pages | undefined, head: SaleHead): Pages | undefined {
  if (!pages) return pages;
  const swap = (row: SaleHead) => (row.saleId === head.saleId ? head : row);
  return {
    ...pages,
    pages: pages.pages.map((page) => ({ ...page, sales: page.sales.map(swap) })),
  };
}
