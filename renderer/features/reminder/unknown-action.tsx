import { useTranslation } from "react-i18next";
import type { PrinterSlot } from "../../../main/contract/printers.ts";
import { Button } from "../../ui/index.ts";
import type { NextMark, Ways } from "./failover.ts";
import { PRINT_KEY } from "./print-key-codes.ts";
import { PrintKeys } from "./print-keys.tsx";
import type { Seen } from "./seen.ts";
import styles from "./unknown-action.module.css";

/**
 * "Is it at the printer?" Three answers, none of them given by Enter. With two printers to choose from, the
 * answer comes first and where to print it second.
 */
export function UnknownAction({
  answer,
  ways,
  mark,
  busy,
  onYes,
  onAnswer,
  onPrint,
}: {
  /** What came out, once it was said; null: not yet. */
  answer: Seen;
  ways: Ways;
  mark: NextMark;
  busy: PrinterSlot | null;
  onYes: () => void;
  onAnswer: (answer: Seen) => void;
  onPrint: (slot: PrinterSlot) => void;
}) {
  const { t } = useTranslation("reminder");
  const hasChoice = ways.open.length > 1;
  if (answer !== null && hasChoice)
    return (
      <div className={styles["where"]}>
        <div className={styles["said"]}>
          <p>{t(`unknown.said.${answer}`)}</p>
          <Button
            size="small"
            variant="quiet"
            icon="left"
            className={styles["back"]}
            onPress={() => onAnswer(null)}
          >
            {t("unknown.again")}
          </Button>
        </div>
        <PrintKeys ways={ways} mark={mark} busy={busy} onPrint={onPrint} />
      </div>
    );
  return (
    <div className={styles["answers"]}>
      <Button
        variant="outline"
        size="big"
        icon="check"
        className={styles["onPaper"]}
        onPress={onYes}
      >
        {t("unknown.yes")}
      </Button>
      <Button
        variant="owed"
        size="big"
        icon="printer"
        keyHint={PRINT_KEY.receipt}
        isBusy={busy !== null}
        onPress={() => onAnswer("nothing")}
      >
        {t(hasChoice ? "unknown.nothing" : "unknown.no")}
      </Button>
      <Button
        variant="outline"
        size="big"
        icon="half"
        className={styles["onPaper"]}
        isDisabled={busy !== null}
        onPress={() => onAnswer("half")}
      >
        {t("unknown.half")}
      </Button>
    </div>
  );
}
