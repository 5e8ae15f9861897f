import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Button, Spinner } from "../../ui/index.ts";
import styles from "./practice-drawer.module.css";

const PracticePrinterPanel = lazy(async () => ({
  default: (await import("../practice-printer/practice-printer-panel.tsx")).PracticePrinterPanel,
}));

/** The practice printer beside the counter, so that its paper and its faults can be seen while selling. */
export function PracticeDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("common");
  return (
    <aside className={styles["drawer"]} aria-label={t("printer.practice")}>
      <header className={styles["header"]}>
        <h2>{t("printer.practice")}</h2>
        <Button variant="quiet" icon="close" aria-label={t("close")} onPress={onClose} />
      </header>
      <div className={styles["content"]}>
        <Suspense fallback={<Spinner />}>
          <PracticePrinterPanel />
        </Suspense>
      </div>
    </aside>
  );
}
