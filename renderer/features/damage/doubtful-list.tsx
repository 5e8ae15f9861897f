import { useTranslation } from "react-i18next";
import type { Doubtful } from "../../../main/contract/damage.ts";
import { useSettings } from "../../bridge/index.ts";
import { screenMoney, useFormat } from "../../ui/index.ts";
import styles from "./damage.module.css";

/** What says something and can't be proved: a line each, with the reason. */
export function DoubtfulList({ doubtful }: { doubtful: readonly Doubtful[] }) {
  const { t } = useTranslation("damage");
  const format = useFormat();
  const { currency } = useSettings();
  return (
    <ul className={styles["doubtful"]} tabIndex={0} aria-label={t("report.list")}>
      {doubtful.map(({ seq, saleId, atMs, totalMinor, reason }) => (
        <li key={seq}>
          <b>{saleId === null ? t("report.entry", { seq }) : t("report.sale", { saleId })}</b>
          <span>{atMs === null ? "" : format.dateTime(atMs)}</span>
          <span>{totalMinor === null ? "" : screenMoney(totalMinor, currency)}</span>
          <span className={styles["reason"]}>{t(`report.reason.${reason}`)}</span>
        </li>
      ))}
    </ul>
  );
}
