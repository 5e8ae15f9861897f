import { useTranslation } from "react-i18next";
import type { DayReport } from "../../../main/contract/day.ts";
import { Icon, useFormat } from "../../ui/index.ts";
import styles from "./report.module.css";
import { useBusinessDate } from "./use-business-date.ts";

/** Which day a report is about, and how it stands. */
export function DayHead({ report }: { report: DayReport }) {
  const { t } = useTranslation("dayEnd");
  const format = useFormat();
  const dateOf = useBusinessDate();
  const isOpen = report.closedAtMs === null;
  return (
    <div className={styles["dayHead"]}>
      <h2 className={styles["date"]}>{dateOf(report.date, true)}</h2>
      <p className={styles["dayFacts"]}>
        <span>{t("zNo", { no: report.dayId })}</span>
        <span>{t("openSince", { time: format.dateTime(report.openedAtMs) })}</span>
        {isOpen ? (
          <span className={styles["isOpen"]}>
            <Icon name="clock" size={16} /> {t("openDay")}
          </span>
        ) : (
          <span>{t("closedAt", { time: format.dateTime(report.closedAtMs ?? 0) })}</span>
        )}
        {report.closedBy !== null && <span>{t("closedBy", { name: report.closedBy })}</span>}
      </p>
      {report.signedBy !== null && (
        <p className={styles["signed"]}>
          <Icon name="pencil" size={16} /> {t("signedBy", { name: report.signedBy })}
        </p>
      )}
    </div>
  );
}
