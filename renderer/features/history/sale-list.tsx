import {
  GridList,
  GridListItem,
  GridListLoadMoreItem,
  Collection,
} from "react-aria-components/GridList";
import { ListLayout, Virtualizer } from "react-aria-components/Virtualizer";
import { useTranslation } from "react-i18next";
import type { SaleHead } from "../../../main/contract/history.ts";
import { useSettings, useStatus } from "../../bridge/index.ts";
import { Button, cx, EmptyState, Spinner, useFormat } from "../../ui/index.ts";
import { LoadError } from "../../ui/load-error.tsx";
import { SaleRow, useSaleName } from "./sale-row.tsx";
import styles from "./sale-list.module.css";
import { dateInputOf } from "./time-range.ts";
import type { useHistory } from "./use-history.ts";

/** Pixels; the rows are laid out by script, so the style sheet can't tell it. */
const ROW_HEIGHT_PX = { touch: 76, compact: 60 } as const;

interface SaleListProps {
  history: ReturnType<typeof useHistory>;
  chosenId: number | null;
  onChoose: (saleId: number) => void;
  isFiltered: boolean;
  onReset: () => void;
}

/** Sales, newest first. Only what is in view is in the page; older ones come as it is scrolled. */
export function SaleList(props: SaleListProps) {
  const { t } = useTranslation("history");
  const { rows, list, newerCount, startOver } = props.history;
  if (list.isPending)
    return (
      <p className={styles["note"]} role="status">
        <Spinner /> {t("list.loading")}
      </p>
    );
  if (list.isError && rows.length === 0)
    return (
      <div className={styles["note"]}>
        <LoadError
          title={t("error.title")}
          error={list.error}
          retry={t("error.retry")}
          onRetry={() => void list.refetch()}
        />
      </div>
    );
  if (rows.length === 0) return <NothingFound {...props} />;
  return (
    <div className={cx(styles["box"], list.isPlaceholderData && styles["stale"])}>
      {newerCount > 0 && (
        <Button size="small" icon="up" className={styles["newer"]} onPress={() => void startOver()}>
          {t("list.newer", { count: newerCount })}
        </Button>
      )}
      <Sales {...props} />
      {list.isFetchNextPageError && (
        <Button
          size="small"
          icon="refresh"
          className={styles["older"]}
          onPress={() => void list.fetchNextPage()}
        >
          {t("error.older")}
        </Button>
      )}
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

function Sales({ history, chosenId, onChoose }: SaleListProps) {
  const { t } = useTranslation("history");
  const { density } = useSettings();
  const { rows, list } = history;
  return (
    <Virtualizer
      layout={ListLayout}
      layoutOptions={{ rowSize: ROW_HEIGHT_PX[density], loaderSize: 56 }}
    >
      <GridList
        aria-label={t("list.label")}
        className={styles["list"]}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={chosenId === null ? [] : [chosenId]}
        onSelectionChange={(keys) => {
          if (keys === "all") return;
          const [key] = keys;
          if (typeof key === "number") onChoose(key);
        }}
      >
        <Collection items={rows} dependencies={[density]}>
          {/* The collection knows a row by this prop; without it, by its place in the list. */}
          {(sale) => <SaleItem id={sale.saleId} sale={sale} />}
        </Collection>
        <GridListLoadMoreItem
          className={styles["more"]}
          isLoading={list.isFetchingNextPage}
          onLoadMore={() => {
            if (list.hasNextPage && !list.isFetchingNextPage && !list.isFetchNextPageError)
              void list.fetchNextPage();
          }}
        >
          <Spinner /> {t("list.loadingMore")}
        </GridListLoadMoreItem>
      </GridList>
    </Virtualizer>
  );
}

function SaleItem({ id, sale }: { id: number; sale: SaleHead }) {
  const { t } = useTranslation(["history", "common"]);
  const format = useFormat();
  const nameOf = useSaleName();
  const today = dateInputOf(useStatus().nowMs);
  const time =
    dateInputOf(sale.atMs) === today ? format.time(sale.atMs) : format.dateTime(sale.atMs);
  const state = t(`common:state.${sale.state}`);
  return (
    <GridListItem
      id={id}
      textValue={`${t("list.row", { no: sale.saleId, amount: format.money(sale.totalMinor), time, state })} ${nameOf(sale)}`}
      className={styles["item"]}
    >
      <SaleRow sale={sale} time={time} />
    </GridListItem>
  );
}
