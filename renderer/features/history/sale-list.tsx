import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
} from "react";
import { useTranslation } from "react-i18next";
import { useSettings, useStatus } from "../../bridge/index.ts";
import { Button, cx, EmptyState, Spinner, useFormat } from "../../ui/index.ts";
import { LoadError } from "../../ui/load-error.tsx";
import { SaleRow, useSaleName } from "./sale-row.tsx";
import styles from "./sale-list.module.css";
import { dateInputOf } from "./time-range.ts";
import type { History } from "./use-history.ts";
import { useWindowedRows } from "./use-windowed-rows.ts";

/** Pixels; the rows are laid out by script, so the style sheet can't tell it. */
const ROW_HEIGHT_PX = { touch: 76, compact: 60 } as const;

/** What the page can do with its list. */
export interface SaleListHandle {
  focus: () => void;
  /** Brings a sale to the top of the list; does nothing when its place is not known. */
  bringUp: (saleId: number) => void;
}

interface SaleListProps {
  history: History;
  chosenId: number | null;
  onChoose: (saleId: number) => void;
  isFiltered: boolean;
  onReset: () => void;
  ref: Ref<SaleListHandle>;
}

/** Sales, newest first. Only what is in view is in the page; the rest comes as it is scrolled to. */
export function SaleList(props: SaleListProps) {
  const { t } = useTranslation("history");
  const { history } = props;
  const { count, building, isPending, error, retry, newerCount, startOver } = history;
  if (building !== null) return <Building share={building} />;
  if (count === 0 && isPending)
    return (
      <p className={styles["note"]} role="status">
        <Spinner /> {t("list.loading")}
      </p>
    );
  if (count === 0 && error)
    return (
      <div className={styles["note"]}>
        <LoadError
          title={t("error.title")}
          error={error}
          retry={t("error.retry")}
          onRetry={retry}
        />
      </div>
    );
  if (count === 0) return <NothingFound {...props} />;
  return (
    <div className={cx(styles["box"], history.isStale && styles["stale"])}>
      {newerCount > 0 && (
        <Button size="small" icon="up" className={styles["newer"]} onPress={() => void startOver()}>
          {t("list.newer", { count: newerCount })}
        </Button>
      )}
      <Sales {...props} />
      {error && (
        <Button size="small" icon="refresh" className={styles["older"]} onPress={retry}>
          {t("error.older")}
        </Button>
      )}
    </div>
  );
}

/** Said once in the life of a long log: it can be scrolled meanwhile, but not searched yet. */
function Building({ share }: { share: number }) {
  const { t } = useTranslation("history");
  const percent = Math.floor(share * 100);
  return (
    <div className={styles["note"]} role="status">
      <EmptyState icon="search" title={t("building.title")}>
        <p>{t("building.body", { percent })}</p>
        <progress className={styles["progress"]} max={100} value={percent} />
      </EmptyState>
    </div>
  );
}

function NothingFound({ isFiltered, onReset }: SaleListProps) {
  const { t } = useTranslation("history");
  return (
    <div className={styles["note"]} role="status">
      {isFiltered ? (
        <EmptyState icon="search" title={t("noResult.title")}>
          <p>{t("noResult.body")}</p>
          <Button className={styles["reset"]} onPress={onReset}>
            {t("noResult.reset")}
          </Button>
        </EmptyState>
      ) : (
        <EmptyState icon="history" title={t("empty.title")}>
          <p>{t("empty.body")}</p>
        </EmptyState>
      )}
    </div>
  );
}

function Sales({ history, chosenId, onChoose, ref }: SaleListProps) {
  const { t } = useTranslation("history");
  const { density } = useSettings();
  const rowPx = ROW_HEIGHT_PX[density];
  // One more row says that older ones are being looked for.
  const rows = history.count + (history.hasMore ? 1 : 0);
  const windowed = useWindowedRows(rows, rowPx);
  const { first, last, boxRef } = windowed;
  const { want } = history;
  useEffect(() => want(first, last), [want, first, last]);

  const chosenPlace = chosenId === null ? null : history.placeOf(chosenId);
  useImperativeHandle(ref, () => ({
    focus: () => boxRef.current?.focus(),
    bringUp: (saleId) => {
      const place = history.placeOf(saleId);
      if (place !== null) windowed.bringUp(place);
    },
  }));
  // The sale of an address, a scan or a search lies anywhere; it is brought into view once.
  const reveal = useEffectEvent(() => {
    if (chosenPlace !== null) windowed.reveal(chosenPlace);
  });
  const isMeasured = windowed.pageRows > 1;
  useEffect(() => {
    if (isMeasured) reveal();
  }, [chosenId, isMeasured]);

  const onKeyDown = (event: KeyboardEvent) => {
    const place = placeAfter(event.key, chosenPlace ?? -1, history.count, windowed.pageRows);
    const saleId = place === null ? null : history.numberAt(place);
    if (place === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (saleId !== null) onChoose(saleId);
  };
  const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const isChosenShown = chosenPlace !== null && chosenPlace >= first && chosenPlace <= last;
  return (
    <div
      ref={boxRef}
      role="grid"
      aria-label={t("list.label")}
      aria-rowcount={history.hasMore ? -1 : history.count}
      tabIndex={0}
      {...(isChosenShown ? { "aria-activedescendant": `sale-${chosenId}` } : {})}
      className={styles["list"]}
      onScroll={windowed.onScroll}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={styles["space"]} style={{ height: windowed.heightPx }}>
        {shown.map((place) => (
          <SaleItem
            key={place}
            place={place}
            history={history}
            chosenId={chosenId}
            onChoose={onChoose}
            style={{ height: rowPx, transform: `translateY(${windowed.offsetPx(place)}px)` }}
          />
        ))}
      </div>
    </div>
  );
}

/** Where a key leads to from a place; null when it leads nowhere. */
function placeAfter(key: string, place: number, count: number, pageRows: number): number | null {
  const target = {
    ArrowDown: place + 1,
    ArrowUp: place - 1,
    PageDown: place + pageRows,
    PageUp: place - pageRows,
    Home: 0,
    End: count - 1,
  }[key];
  return target === undefined ? null : Math.min(Math.max(0, target), count - 1);
}

function SaleItem({
  place,
  history,
  chosenId,
  onChoose,
  style,
}: {
  place: number;
  history: History;
  chosenId: number | null;
  onChoose: (saleId: number) => void;
  style: { height: number; transform: string };
}) {
  const { t } = useTranslation(["history", "common"]);
  const format = useFormat();
  const nameOf = useSaleName();
  const today = dateInputOf(useStatus().nowMs);
  const sale = history.rowAt(place);
  const saleId = history.numberAt(place);
  if (!sale)
    return (
      <div
        role="row"
        tabIndex={-1}
        aria-rowindex={place + 1}
        aria-busy="true"
        className={styles["item"]}
        style={style}
        {...(saleId === null ? {} : { id: `sale-${saleId}`, "aria-selected": saleId === chosenId })}
      >
        <div role="gridcell" className={cx(styles["row"], styles["coming"])}>
          {saleId === null ? <Spinner /> : <span className={styles["no"]}>{saleId}</span>}
          <span className={styles["bar"]}>
            <span className={styles["hidden"]}>
              {t(saleId === null ? "list.loadingMore" : "list.loading")}
            </span>
          </span>
        </div>
      </div>
    );
  const time = timeOf(sale.atMs, today, format);
  const state = t(`common:state.${sale.state}`);
  const words = { no: sale.saleId, amount: format.money(sale.totalMinor), time, state };
  return (
    // The keys are the list's own: a row is not a stop for Tab.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      id={`sale-${sale.saleId}`}
      tabIndex={-1}
      aria-rowindex={place + 1}
      aria-selected={sale.saleId === chosenId}
      aria-label={`${t("list.row", words)} ${nameOf(sale)}`}
      className={styles["item"]}
      style={style}
      onClick={() => onChoose(sale.saleId)}
    >
      <div role="gridcell" className={styles["cell"]}>
        <SaleRow sale={sale} time={time} />
      </div>
    </div>
  );
}

/** As short as it can be told from others: a year stands there when it is not this one. */
function timeOf(atMs: number, today: string, format: ReturnType<typeof useFormat>): string {
  const day = dateInputOf(atMs);
  if (day === today) return format.time(atMs);
  if (day.slice(0, 4) === today.slice(0, 4)) return format.dateTime(atMs);
  return `${format.date(atMs)} ${format.time(atMs)}`;
}
