import { useTranslation } from "react-i18next";
import { Button, Spinner } from "../../ui/index.ts";
import styles from "./reminder-body.module.css";

/** The printer holds the job and goes on by itself; throwing it away is the second choice. */
export function BlockedAction({ isBusy, onPrint }: { isBusy: boolean; onPrint: () => void }) {
  const { t } = useTranslation("reminder");
  return (
    <div className={styles["blocked"]}>
      <p className={styles["byItself"]} role="status">
        <Spinner size={26} />
        <span>{t("blocked.byItself")}</span>
      </p>
      <Button
        variant="outline"
        icon="refresh"
        isBusy={isBusy}
        onPress={onPrint}
        className={styles["onPaper"]}
      >
        {t("blocked.clear")}
      </Button>
    </div>
  );
}
