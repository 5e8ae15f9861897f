import { useTranslation } from "react-i18next";
import type { OwedReceipt } from "../../../../main/contract/values.ts";
import { Button } from "../../../ui/index.ts";
import { EXIT_ICON, FREE_DEFERRALS, type ExitKind } from "./exit-kind.ts";
import styles from "./exits.module.css";

const KINDS: readonly ExitKind[] = ["seen", "declined", "handwritten", "defer"];

/** The other ways out, quieter than printing and always there. */
export function ExitList({
  owed,
  onExit,
}: {
  owed: OwedReceipt;
  onExit: (kind: ExitKind) => void;
}) {
  const { t } = useTranslation("reminder");
  const left = Math.max(0, FREE_DEFERRALS - owed.deferrals);
  const kinds = KINDS.filter((kind) => kind !== "seen" || owed.state !== "unknown");
  return (
    <div className={styles["exits"]} role="group" aria-label={t("exits")}>
      <p className={styles["or"]}>{t("exits")}</p>
      <div className={styles["list"]} data-count={kinds.length}>
        {kinds.map((kind) => (
          <Button
            key={kind}
            variant="outline"
            icon={EXIT_ICON[kind]}
            className={styles["exit"]}
            onPress={() => onExit(kind)}
          >
            <span>{t(`exit.${kind}`)}</span>
            {kind === "defer" && (
              <small className={styles["left"]}>
                {left > 0 ? t("deferLeft", { count: left }) : t("deferManager")}
              </small>
            )}
          </Button>
        ))}
      </div>
    </div>
  );
}
