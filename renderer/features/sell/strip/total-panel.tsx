import { useTranslation } from "react-i18next";
import { Money, useFormat } from "../../../ui/index.ts";
import { useSell } from "../sell-context.ts";
import styles from "./total-panel.module.css";

/** The biggest thing on the screen: what is due, and after completing the change until the next scan. */
export function TotalPanel() {
  const { t } = useTranslation("sell");
  const { priced, completed, waitingScans } = useSell();
  const format = useFormat();
  if (completed !== null && priced.lines.length === 0)
    return (
      <div className={styles["panel"]} data-total="change">
        <p className={styles["label"]}>
          <span>{t("total.change")}</span>
          <span>
            {t("total.ofSale", {
              saleId: completed.saleId,
              amount: format.money(completed.totalMinor),
            })}
          </span>
        </p>
        <p className={styles["amount"]} role="status">
          {completed.changeMinor === 0 ? (
            <span className={styles["none"]}>{t("total.noChange")}</span>
          ) : (
            <Money minor={completed.changeMinor} isBig />
          )}
        </p>
      </div>
    );
  return (
    <div className={styles["panel"]} data-total="due">
      <p className={styles["label"]}>
        <span>{t("total.due")}</span>
        <span>
          {waitingScans > 0
            ? t("waitingScans", { count: waitingScans })
            : priced.pieces > 0 && t("total.pieces", { count: priced.pieces })}
          {priced.savedMinor > 0 &&
            ` · ${t("total.saved", { amount: format.money(priced.savedMinor) })}`}
        </span>
      </p>
      <p className={styles["amount"]}>
        <Money minor={priced.totalMinor} isBig />
      </p>
    </div>
  );
}
