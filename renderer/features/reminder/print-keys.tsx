import { useTranslation } from "react-i18next";
import type { PrinterSlot } from "../../../main/contract/printers.ts";
import type { PrinterStatus } from "../../../main/contract/status.ts";
import { Button, cx } from "../../ui/index.ts";
import { useStatusWords } from "../frame/status-words.ts";
import type { NextMark, Ways } from "./failover.ts";
import styles from "./print-keys.module.css";
import { PRINT_KEY } from "./print-key-codes.ts";

/** One big key for each printer that may take the receipt, and what will stand on the paper. */
export function PrintKeys({
  ways,
  mark,
  busy,
  onPrint,
}: {
  ways: Ways;
  mark: NextMark;
  /** The printer a receipt is just being handed to. */
  busy: PrinterSlot | null;
  onPrint: (slot: PrinterSlot) => void;
}) {
  const { t } = useTranslation("reminder");
  return (
    <div className={styles["print"]}>
      <div className={styles["keys"]} data-count={ways.open.length}>
        {ways.open.map((printer) => (
          <PrintKey
            key={printer.slot}
            printer={printer}
            isNamed={ways.open.length > 1}
            busy={busy}
            onPress={() => onPrint(printer.slot)}
          />
        ))}
      </div>
      <p className={styles["mark"]}>{t(`mark.${mark}`)}</p>
      {ways.alsoOut && <AlsoOut printer={ways.alsoOut} />}
    </div>
  );
}

function PrintKey({
  printer,
  isNamed,
  busy,
  onPress,
}: {
  printer: PrinterStatus;
  isNamed: boolean;
  busy: PrinterSlot | null;
  onPress: () => void;
}) {
  const { t } = useTranslation("reminder");
  const { own } = useStatusWords()(printer);
  const isBackup = printer.slot === "backup";
  return (
    <Button
      variant="owed"
      size="big"
      icon="printer"
      keyHint={PRINT_KEY[printer.slot]}
      isBusy={busy === printer.slot}
      isDisabled={busy !== null}
      className={cx(styles["key"], isBackup && styles["backup"])}
      onPress={onPress}
    >
      <span className={styles["label"]}>{t(isBackup ? "printBackup" : "print")}</span>
      {isNamed && <small className={styles["name"]}>{own}</small>}
    </Button>
  );
}

/** Neither can print: said, so that nobody tries the other one in vain. */
export function AlsoOut({ printer }: { printer: PrinterStatus }) {
  const { t } = useTranslation("reminder");
  const words = useStatusWords()(printer);
  return (
    <p className={styles["alsoOut"]}>{t("bothOut", { name: words.name, state: words.state })}</p>
  );
}
