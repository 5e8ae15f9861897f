import { useTranslation } from "react-i18next";
import { Button } from "../../ui/index.ts";
import styles from "./history.module.css";
import type { History } from "./use-history.ts";

/** How much the list holds, and the way back when it does not begin at the newest sale. */
export function HistoryCount({ history, onReset }: { history: History; onReset: () => void }) {
  const { t, i18n } = useTranslation("history");
  const { count, hasMore, isWhole, isPending, building, begunBelow, beginBelow } = history;
  const shown = new Intl.NumberFormat(i18n.language).format(count);
  const key = isWhole ? "count.all" : hasMore ? "count.soFar" : "count.found";
  return (
    <div className={styles["count"]}>
      <span role="status">
        {count > 0 && !isPending && building === null && t(key, { count, shown })}
      </span>
      {!isWhole && count > 0 && begunBelow === null && (
        <Button size="small" variant="quiet" icon="close" onPress={onReset}>
          {t("noResult.reset")}
        </Button>
      )}
      {begunBelow !== null && (
        <Button size="small" variant="quiet" icon="up" onPress={() => beginBelow(null)}>
          {t("jump.back")}
        </Button>
      )}
    </div>
  );
}
