import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { Button } from "../../ui/index.ts";
import { useReminder } from "../reminder/reminder-context.ts";
import styles from "./backlog-key.module.css";

/** On the rail while what an outage left behind wants an answer that nothing waits for yet. */
export function BacklogKey() {
  const { t } = useTranslation("backlog");
  const { backlog } = useStatus();
  const { sheet, openBacklog } = useReminder();
  if (backlog === null || sheet?.kind === "backlog") return null;
  return (
    <Button
      className={styles["key"]}
      variant="quiet"
      icon="history"
      onPress={openBacklog}
      preventFocusOnPress
    >
      {t("key", { count: backlog.waitingCount + backlog.lateCount })}
    </Button>
  );
}
