import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { useRoute } from "../../routing.ts";
import { Button, Dialog } from "../../ui/index.ts";
import { useOpeningCheck } from "./use-opening-check.ts";
import styles from "./warning-counter.module.css";
import { WarningList } from "./warning-list.tsx";

/** After the opening: only how many there are, at its place in the status bar. */
export function WarningCounter() {
  const { t } = useTranslation("opening");
  const { warnings } = useStatus();
  const { page } = useRoute();
  const { isShown } = useOpeningCheck();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  if (warnings.length === 0 && !isOpen) return null;
  const isOnPage = isShown && page === "sell";
  return (
    <>
      {!isOnPage && (
        <Button
          className={styles["counter"]}
          variant="quiet"
          icon="alert"
          aria-label={t("counter", { count: warnings.length })}
          onPress={() => setOpen(true)}
          preventFocusOnPress
        >
          {String(warnings.length)}
        </Button>
      )}
      <Dialog title={t("dialog")} isOpen={isOpen} onClose={close}>
        {warnings.length === 0 ? <p>{t("none")}</p> : <WarningList onGo={close} />}
      </Dialog>
    </>
  );
}
