import { useDeferredValue, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { useHotkey } from "../../ui/use-hotkey.ts";
import { HistoryFilters, NO_FILTERS, type Filters } from "./history-filters.tsx";
import { PageTitle } from "../../ui/index.ts";
import styles from "./history.module.css";
import { SaleDetailPane } from "./sale-detail.tsx";
import { SaleList } from "./sale-list.tsx";
import { rangeOf } from "./time-range.ts";
import { useDebounced } from "./use-debounced.ts";
import { useHistory, type HistoryFilter } from "./use-history.ts";

const TYPING_PAUSE_MS = 180;

/** Every sale and its paper: find it, see what became of it, print it again. */
export function HistoryPage({ saleId }: { saleId: number | null }) {
  const { t } = useTranslation("history");
  const { nowMs } = useStatus();
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const searchRef = useRef<HTMLInputElement>(null);
  const text = useDebounced(filters.text.trim(), TYPING_PAUSE_MS);
  const { fromMs, toMs } = rangeOf(filters.preset, filters.span, nowMs);
  const { onlyUnproven } = filters;
  const filter = useMemo<HistoryFilter>(
    () => ({ text, fromMs, toMs, onlyUnproven }),
    [text, fromMs, toMs, onlyUnproven],
  );
  const history = useHistory(filter);
  // While the next answer is on its way the list still shows the last one.
  const firstFound = history.list.isPlaceholderData ? null : (history.rows[0]?.saleId ?? null);
  const chosenId = useChosenSale(saleId, firstFound, filter);
  // Holding an arrow key down moves the mark at once; the receipt follows when there is time.
  const shownId = useDeferredValue(chosenId);

  const focusSearch = () => searchRef.current?.select();
  useHotkey("/", focusSearch);
  useHotkey("F2", focusSearch);

  return (
    <main className={styles["page"]}>
      <PageTitle>{t("title")}</PageTitle>
      <section className={styles["finder"]} aria-label={t("search.label")}>
        <HistoryFilters
          filters={filters}
          onChange={(next) => {
            setFilters(next);
            choose(null);
          }}
          searchRef={searchRef}
        />
        <SaleList
          history={history}
          chosenId={chosenId}
          onChoose={choose}
          isFiltered={text !== "" || filters.preset !== "all" || onlyUnproven}
          onReset={() => {
            setFilters(NO_FILTERS);
            choose(null);
          }}
        />
      </section>
      <SaleDetailPane
        saleId={shownId}
        isEmpty={history.rows.length === 0}
        onLoaded={history.patch}
      />
    </main>
  );
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
