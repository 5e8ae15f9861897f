import { useTranslation } from "react-i18next";
import type { OwedReceipt } from "../../../main/contract/values.ts";
import { Icon, Money, STATE_LOOK, useFormat } from "../../ui/index.ts";
import styles from "./reminder-facts.module.css";

/** Which receipt: everything that tells it from all others, numbers first. */
export function ReminderFacts({ owed }: { owed: OwedReceipt }) {
  const { t } = useTranslation(["reminder", "common"]);
  const format = useFormat();
  return (
    <div className={styles["facts"]}>
      <h2 id="reminder-title" className={styles["title"]}>
        <span className={styles["state"]}>
          <Icon name={STATE_LOOK[owed.state].icon} size={24} />
          {t(`title.${owed.state}`, { defaultValue: t(`common:state.${owed.state}`) })}
        </span>
        <span className={styles["label"]}>{t("receipt")}</span>
        <span className={styles["number"]}>{owed.saleId}</span>
      </h2>
      <p className={styles["amount"]}>
        <Money minor={owed.totalMinor} isBig />
      </p>
      <dl className={styles["details"]}>
        <div>
          <dt>{t("time")}</dt>
          <dd>{format.dateTime(owed.atMs)}</dd>
        </div>
        <div>
          <dt>{t("cashier")}</dt>
          <dd>{owed.cashier}</dd>
        </div>
        <div>
          <dt>{t("attempts")}</dt>
          <dd>{owed.attempts}</dd>
        </div>
      </dl>
      <p className={styles["safe"]}>
        <Icon name="lock" size={18} />
        <span>{t("safe")}</span>
      </p>
    </div>
  );
}
