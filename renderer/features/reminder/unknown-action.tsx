import { useTranslation } from "react-i18next";
import { Button } from "../../ui/index.ts";
import styles from "./reminder-body.module.css";

/** "Is it at the printer?" Three answers, none of them given by Enter. */
export function UnknownAction({
  isBusy,
  onYes,
  onPrint,
}: {
  isBusy: boolean;
  onYes: () => void;
  onPrint: (seen: "nothing" | "half") => void;
}) {
  const { t } = useTranslation("reminder");
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
}
