import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/index.ts";
import styles from "./reminder-settled.module.css";

/** It is accounted for; shown for a moment, then the screen goes on by itself. */
export function ReminderSettled({ saleId }: { saleId: number }) {
  const { t } = useTranslation("reminder");
  return (
    <div className={styles["settled"]} role="status">
      <span className={styles["tick"]}>
        <Icon name="check" size={72} />
      </span>
      <p id="reminder-title">{t("settled", { saleId })}</p>
      <p id="reminder-fix" className={styles["goOn"]}>
        {t("goOn")}
      </p>
    </div>
  );
}
