import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { Button, Icon } from "../../ui/index.ts";
import styles from "./opening-panel.module.css";
import { useOpeningCheck } from "./use-opening-check.ts";
import { WarningList } from "./warning-list.tsx";

/** What will cost a receipt today, told before anybody waits for one. Lies where nothing has to be touched. */
export function OpeningPanel() {
  const { t } = useTranslation("opening");
  const { warnings } = useStatus();
  const { isShown, close } = useOpeningCheck();
  if (!isShown) return null;
  return (
    <section className={styles["panel"]} aria-labelledby="opening-title">
      <header className={styles["header"]}>
        <Icon name="day" size={20} />
        <h2 id="opening-title" className={styles["title"]}>
          {t("title", { count: warnings.length })}
        </h2>
        <Button size="small" variant="quiet" onPress={close} preventFocusOnPress>
          {t("read")}
        </Button>
      </header>
      <WarningList />
    </section>
  );
}
