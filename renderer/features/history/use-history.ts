import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import type { CallOutput } from "../../../main/contract/calls.ts";
import type { HistoryQuery, SaleHead } from "../../../main/contract/history.ts";
import type { OwedReceipt } from "../../../main/contract/values.ts";
import { isSettled } from "../../../main/domain/receipt/state.ts";
import { call, CallRefused, useStatus } from "../../bridge/index.ts";

export type HistoryFilter = Omit<HistoryQuery, "before" | "limit">;
type Page = CallOutput<"history.page">;
interface Pages {
  pages: Page[];
  pageParams: (number | null)[];
}

const PAGE_SIZE = 60;
/** Rows asked for again one by one when they were settled while far down in the list. */
const MAX_SINGLE_ROWS = 20;

/**
 * Sales that match, newest first, more on demand. Rows follow the rail at once; new sales are only
 * put on top by `startOver`, because rows that move under a finger get mistaken for each other.
 */
export function useHistory(filter: HistoryFilter) {
  const client = useQueryClient();
  const { rail, newestSaleId } = useStatus();
  // Not under `history.`: those are all asked for anew after every sale, page by page.
  const queryKey = useMemo(() => ["historyList", filter], [filter]);
  const list = useInfiniteQuery<Page, CallRefused, Pages, unknown[], number | null>({
    queryKey,
    queryFn: ({ pageParam }) =>
      call("history.page", { ...filter, before: pageParam, limit: PAGE_SIZE }),
    initialPageParam: null,
    getNextPageParam: (last) => last.nextBefore,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });

  const loaded = list.data?.pages;
  const rows = useMemo(
    () => withRail(loaded?.flatMap((page) => page.sales) ?? [], rail),
    [loaded, rail],
  );
  const goneFromRail = useMemo(() => settledMeanwhile(rows, rail), [rows, rail]);
  useEffect(() => {
    for (const saleId of goneFromRail)
      void fetchHead(saleId).then((head) => {
        if (head) client.setQueryData<Pages>(queryKey, (pages) => replaceRow(pages, head));
      }, ignoreRefusal);
  }, [goneFromRail, client, queryKey]);

  const startOver = async () => {
    try {
      const first = await call("history.page", { ...filter, before: null, limit: PAGE_SIZE });
      client.setQueryData<Pages>(queryKey, { pages: [first], pageParams: [null] });
    } catch (error) {
      if (!(error instanceof CallRefused)) throw error;
      // Reading it all again shows the refusal where the list is.
      await list.refetch();
    }
  };
  /** Puts a newer reading of one row into the list. */
  const patch = useCallback(
    (head: SaleHead) => client.setQueryData<Pages>(queryKey, (pages) => replaceRow(pages, head)),
    [client, queryKey],
  );
  const topId = rows[0]?.saleId ?? 0;
  return {
    rows,
    list,
    startOver,
    patch,
    /** Sales made since the list was read; only those of an unfiltered list can be counted. */
    newerCount: isOpenToNew(filter) && list.isSuccess ? Math.max(0, newestSaleId - topId) : 0,
  };
}

function isOpenToNew(filter: HistoryFilter): boolean {
  return filter.text === "" && filter.toMs === null && !filter.onlyUnproven;
}

/** What the rail says about a receipt is newer than what the list read. */
function withRail(rows: readonly SaleHead[], rail: readonly OwedReceipt[]): SaleHead[] {
  const owed = new Map(rail.map((receipt) => [receipt.saleId, receipt]));
  return rows.map((row) => {
    const receipt = owed.get(row.saleId);
    return receipt ? { ...row, state: receipt.state, cause: receipt.cause, proof: null } : row;
  });
}

/** Rows that were owed when read and no longer hang on the rail. */
function settledMeanwhile(rows: readonly SaleHead[], rail: readonly OwedReceipt[]): number[] {
  const owed = new Set(rail.map((receipt) => receipt.saleId));
  return rows
    .filter((row) => !isSettled(row.state) && !owed.has(row.saleId))
    .map((row) => row.saleId)
    .slice(0, MAX_SINGLE_ROWS);
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
    onlyUnproven: false,
    before: saleId + 1,
    limit: 1,
  });
  return sales.find((head) => head.saleId === saleId);
}

function replaceRow(pages: Pages | undefined, head: SaleHead): Pages | undefined {
  if (!pages) return pages;
  const swap = (row: SaleHead) => (row.saleId === head.saleId ? head : row);
  return {
    ...pages,
    pages: pages.pages.map((page) => ({ ...page, sales: page.sales.map(swap) })),
  };
}
