import { useTranslation } from "react-i18next";
import type { PrinterStatus } from "../../../../main/contract/status.ts";
import { newRequestId, useAct, useSetStatus } from "../../../bridge/index.ts";
import { Button, RefusalNote, toast } from "../../../ui/index.ts";
import styles from "./printer-card.module.css";
import { RollPicture } from "./roll-picture.tsx";

/** How much paper the roll may still have, and the key that says a new one is in. */
export function PaperLeft({ status }: { status: PrinterStatus }) {
  const { t, i18n } = useTranslation("settings");
  const setStatus = useSetStatus();
  const act = useAct("printer.rollChanged");
  const { slot, rollLeftM, rollUsedM } = status;
  const metres = (value: number) =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(
      value,
    );
  return (
    <div className={styles["roll"]}>
      <RollPicture leftM={rollLeftM} usedM={rollUsedM} />
      <div className={styles["rollText"]}>
        <p className={styles["rollWord"]}>
          {rollLeftM === null
            ? t("printer.roll.unknown")
            : t("printer.roll.left", { m: metres(rollLeftM) })}
        </p>
        <p className={styles["small"]}>
          {rollLeftM === null
            ? t("printer.roll.unknownMore")
            : t("printer.roll.used", { m: metres(rollUsedM) })}
        </p>
      </div>
      <Button
        icon="refresh"
        isBusy={act.isPending}
        onPress={() =>
          act.mutate(
            { requestId: newRequestId(), slot },
            {
              onSuccess: (answer) => {
                setStatus(answer.status);
                toast("go", t("printer.roll.changed"));
              },
            },
          )
        }
      >
        {t("printer.roll.action")}
      </Button>
      {act.error && <RefusalNote className={styles["wide"]} error={act.error} />}
    </div>
  );
}
