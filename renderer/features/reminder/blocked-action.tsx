import { useTranslation } from "react-i18next";
import type { PrinterSlot } from "../../../main/contract/printers.ts";
import type { PrinterStatus } from "../../../main/contract/status.ts";
import { Button, Spinner } from "../../ui/index.ts";
import { useStatusWords } from "../frame/status-words.ts";
import type { Ways } from "./failover.ts";
import styles from "./blocked-action.module.css";
import { PRINT_KEY } from "./print-key-codes.ts";
import { AlsoOut } from "./print-keys.tsx";

/**
 * The printer holds the job and goes on by itself. Throwing it away is the second choice: then it is
 * printed anew here, or on the other printer, and marked as replacing what may already hang out.
 */
export function BlockedAction({
  holder,
  ways,
  busy,
  onPrint,
}: {
  /** Where it is stuck. */
  holder: PrinterStatus;
  ways: Ways;
  busy: PrinterSlot | null;
  onPrint: (slot: PrinterSlot) => void;
}) {
  const { t } = useTranslation("reminder");
  const words = useStatusWords();
  const other = ways.open.find(({ slot }) => slot !== holder.slot);
  return (
    <div className={styles["blocked"]}>
      <p className={styles["byItself"]} role="status">
        <Spinner size={26} />
        <span>{t("blocked.byItself")}</span>
      </p>
      <div className={styles["choices"]} role="group" aria-label={t("blocked.otherwise")}>
        {other && (
          <Button
            variant="outline"
            icon="printer"
            keyHint={PRINT_KEY[other.slot]}
            isBusy={busy === other.slot}
            isDisabled={busy !== null}
            className={styles["other"]}
            onPress={() => onPrint(other.slot)}
          >
            <span className={styles["label"]}>
              {t(other.slot === "backup" ? "printBackup" : "printMain")}
            </span>
            <small className={styles["name"]}>{words(other).own}</small>
          </Button>
        )}
        <Button
          variant="outline"
          icon="refresh"
          isBusy={busy === holder.slot}
          isDisabled={busy !== null}
          className={styles["clear"]}
          onPress={() => onPrint(holder.slot)}
        >
          {t("blocked.clear")}
        </Button>
      </div>
      <p className={styles["mark"]}>{t("blocked.mark")}</p>
      {ways.alsoOut && <AlsoOut printer={ways.alsoOut} />}
    </div>
  );
}
