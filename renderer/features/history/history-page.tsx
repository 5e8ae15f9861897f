import { useDeferredValue, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, CallRefused, useSettings, useStatus } from "../../bridge/index.ts";
import { useHotkey } from "../../ui/use-hotkey.ts";
import { HistoryFilters } from "./history-filters.tsx";
import { filterOf, isOpen, NO_FILTERS, type Filters, type HistoryFilter } from "./filters.ts";
import { PageTitle } from "../../ui/index.ts";
import { HistoryCount } from "./history-count.tsx";
import styles from "./history.module.css";
import { SaleDetailPane } from "./sale-detail.tsx";
import { SaleList, type SaleListHandle } from "./sale-list.tsx";
import { endOfDate } from "./time-range.ts";
import { useDebounced } from "./use-debounced.ts";
import { useHistory } from "./use-history.ts";

const TYPING_PAUSE_MS = 120;

/** Every sale and its paper: find it, see what became of it, print it again. */
export function HistoryPage({ saleId }: { saleId: number | null }) {
  const { t } = useTranslation("history");
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const searchRef = useRef<HTMLInputElement>(null);
  const listRef = useRef<SaleListHandle>(null);
  const filter = useFilter(filters);
  const history = useHistory(filter);
  // While the next answer is on its way the list still shows the last one.
  const firstFound = history.isStale ? null : history.numberAt(0);
  const chosenId = useChosenSale(saleId, firstFound, filter);
  // Holding an arrow key down moves the mark at once; the receipt follows when there is time.
  const shownId = useDeferredValue(chosenId);

  const focusSearch = () => searchRef.current?.select();
  useHotkey("/", focusSearch);
  useHotkey("F2", focusSearch);

  const change = (next: Filters) => {
    setFilters(next);
    choose(null);
  };
  const jump = (date: string) => {
    const atMs = endOfDate(date);
    if (atMs === null) return;
    // Nothing that old: the oldest there is.
    void call("history.seek", { atMs }).then(({ saleId: found }) => {
      const target = found ?? 1;
      if (!history.isWhole) return history.beginBelow(target + 1);
      choose(target);
      listRef.current?.bringUp(target);
    }, ignoreRefusal);
  };

  return (
    <main className={styles["page"]}>
      <PageTitle>{t("title")}</PageTitle>
      <section className={styles["finder"]} aria-label={t("search.label")}>
        <HistoryFilters
          filters={filters}
          onChange={change}
          searchRef={searchRef}
          onJump={jump}
          onLeaveDown={() => listRef.current?.focus()}
        />
        <HistoryCount history={history} onReset={() => change(NO_FILTERS)} />
        <SaleList
          ref={listRef}
          history={history}
          chosenId={chosenId}
          onChoose={choose}
          isFiltered={!isOpen(filter)}
          onReset={() => change(NO_FILTERS)}
        />
      </section>
      <SaleDetailPane saleId={shownId} isEmpty={history.count === 0} onLoaded={history.patch} />
    </main>
  );
}

/** The same object for as long as it asks for the same. */
function useFilter(filters: Filters): HistoryFilter {
  const { nowMs } = useStatus();
  const settings = useSettings();
  const text = useDebounced(filters.text.trim(), TYPING_PAUSE_MS);
  const key = JSON.stringify(filterOf(filters, text, nowMs, settings));
  return useMemo(() => JSON.parse(key) as HistoryFilter, [key]);
}

/** The list shows what could not be read; a jump that fails leaves it where it is. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof CallRefused)) throw error;
}

/** Puts the sale into the address without a step in the page's own history for each arrow key. */
function choose(saleId: number | null): void {
  window.location.replace(saleId === null ? "#/history" : `#/history/${saleId}`);
}

/**
 * The sale on the right: the one in the address, else the first one found. That one stays until the
 * filter changes, so that a sale made meanwhile never slips under the print key.
 */
function useChosenSale(
  saleId: number | null,
  firstId: number | null,
  filter: HistoryFilter,
): number | null {
  const [pinned, setPinned] = useState<{ filter: HistoryFilter; id: number } | null>(null);
  if (saleId !== null) return saleId;
  if (pinned?.filter === filter) return pinned.id;
  if (firstId !== null) setPinned({ filter, id: firstId });
  return firstId;
}
