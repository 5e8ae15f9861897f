import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { Spinner } from "../../ui/index.ts";
import styles from "./backlog-sheet.module.css";

/** Some of it is on its way to paper; what is left is asked about afterwards. */
export function BacklogPrinting() {
  const { t } = useTranslation("backlog");
  const { owedCount, stuckCount } = useStatus();
  return (
    <div className={styles["printing"]} role="status">
      <Spinner size={44} />
      <p id="reminder-title" className={styles["printingWord"]}>
        {t("printing", { count: owedCount - stuckCount })}
      </p>
      <p id="reminder-fix" className={styles["more"]}>
        {t("printingMore", { count: stuckCount })}
      </p>
    </div>
  );
}
