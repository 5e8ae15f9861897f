import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { Spinner } from "../../ui/index.ts";
import styles from "./backlog-sheet.module.css";

/** Some of it is on its way to paper; what is left is asked about afterwards. */
export function BacklogPrinting() {
  const { t } = useTranslation("backlog");
  const { rail } = useStatus();
  const moving = rail.filter(({ state }) => state === "due" || state === "printing").length;
  return (
    <div className={styles["printing"]} role="status">
      <Spinner size={44} />
      <p id="reminder-title" className={styles["printingWord"]}>
        {t("printing", { count: moving })}
      </p>
      <p id="reminder-fix" className={styles["more"]}>
        {t("printingMore", { count: rail.length - moving })}
      </p>
    </div>
  );
}
