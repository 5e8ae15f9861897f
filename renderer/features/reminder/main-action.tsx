import { useTranslation } from "react-i18next";
import type { OwedReceipt } from "../../../main/contract/values.ts";
import { Button } from "../../ui/index.ts";
import { BlockedAction } from "./blocked-action.tsx";
import type { ExitKind } from "./exits/exit-kind.ts";
import type { Seen } from "./seen.ts";
import styles from "./reminder-body.module.css";
import { UnknownAction } from "./unknown-action.tsx";

/** The one big key of each state. */
export function MainAction({
  owed,
  isBusy,
  onPrint,
  onExit,
}: {
  owed: OwedReceipt;
  isBusy: boolean;
  onPrint: (seen: Seen) => void;
  onExit: (kind: ExitKind) => void;
}) {
  const { t } = useTranslation("reminder");
  if (owed.state === "blocked")
    return <BlockedAction isBusy={isBusy} onPrint={() => onPrint(null)} />;
  if (owed.state === "unknown")
    return <UnknownAction isBusy={isBusy} onYes={() => onExit("seen")} onPrint={onPrint} />;
  const mark = owed.mayBeOnPaper ? "mark.reprint" : "mark.original";
  return (
    <div className={styles["print"]}>
      <Button
        variant="owed"
        size="big"
        icon="printer"
        keyHint="F9"
        isBusy={isBusy}
        className={styles["bigKey"]}
        onPress={() => onPrint(null)}
      >
        {t("print")}
      </Button>
      <p className={styles["mark"]}>{t(owed.damaged ? "mark.replacement" : mark)}</p>
    </div>
  );
}
