import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { go } from "../../routing.ts";
import { Button, Icon } from "../../ui/index.ts";
import styles from "./notices.module.css";

/** What wants attention but holds nothing up: a day not closed, a copy or report that did not print. */
export function Notices() {
  const { t } = useTranslation("common");
  const { day, lastJob } = useStatus();
  const isJobLost =
    lastJob !== null &&
    lastJob.kind !== "receipt" &&
    (lastJob.outcome === "failed" ||
      lastJob.outcome === "unknown" ||
      lastJob.outcome === "blocked");
  return (
    <div className={styles["notices"]} role="status" aria-label={t("notice.label")}>
      {day?.stale === true && (
        <span className={styles["notice"]}>
          <Icon name="day" size={18} />
          <span>{t("notice.staleDay", { date: day.date })}</span>
          <Button size="small" variant="outline" onPress={() => go("#/day-end")}>
            {t("notice.staleDayAction")}
          </Button>
        </span>
      )}
      {isJobLost && (
        <span className={styles["notice"]}>
          <Icon name="alert" size={18} />
          <span>
            {lastJob.kind === "copy"
              ? t("notice.copyFailed", { saleId: lastJob.saleId })
              : t(lastJob.kind === "report" ? "notice.reportFailed" : "notice.testFailed")}
          </span>
          {lastJob.saleId !== null && (
            <Button
              size="small"
              variant="outline"
              onPress={() => go(`#/history/${lastJob.saleId}`)}
            >
              {t("notice.look")}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}
