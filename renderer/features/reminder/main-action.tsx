import { useTranslation } from "react-i18next";
import type { OwedReceipt } from "../../../main/contract/values.ts";
import { Button, Spinner } from "../../ui/index.ts";
import type { ExitKind } from "./exits/exit-kind.ts";
import type { Seen } from "./reminder-body.tsx";
import styles from "./reminder-body.module.css";

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
          onPress={() => onPrint(null)}
          className={styles["onPaper"]}
        >
          {t("blocked.clear")}
        </Button>
      </div>
    );
  if (owed.state === "unknown")
    return (
      <div className={styles["answers"]}>
        <Button
          variant="outline"
          size="big"
          icon="check"
          className={styles["onPaper"]}
          onPress={() => onExit("seen")}
        >
          {t("unknown.yes")}
        </Button>
        <Button
          variant="owed"
          size="big"
          icon="printer"
          keyHint="F9"
          isBusy={isBusy}
          onPress={() => onPrint("nothing")}
        >
          {t("unknown.no")}
        </Button>
        <Button
          variant="outline"
          size="big"
          icon="half"
          className={styles["onPaper"]}
          isDisabled={isBusy}
          onPress={() => onPrint("half")}
        >
          {t("unknown.half")}
        </Button>
      </div>
    );
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
      <p className={styles["mark"]}>
        {owed.damaged ? t("mark.replacement") : t(owed.mayBeOnPaper ? "mark.reprint" : "mark.original")}
      </p>
    </div>
  );
}
