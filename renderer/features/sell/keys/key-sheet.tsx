import { useTranslation } from "react-i18next";
import { useStatus } from "../../../bridge/index.ts";
import { Dialog, KeyHint } from "../../../ui/index.ts";
import { PLACES } from "../../frame/places.ts";
import { PRINT_KEY } from "../../reminder/print-key-codes.ts";
import { useSell } from "../sell-context.ts";
import { KEYMAP } from "./keymap.ts";
import styles from "./key-sheet.module.css";

/** Every key of the till, from the same tables that make them work. */
export function KeySheet() {
  const { t } = useTranslation(["sell", "common"]);
  const { dialog, setDialog } = useSell();
  const { backupPrinter } = useStatus();
  return (
    <Dialog
      title={t("sheet.title")}
      isOpen={dialog === "help"}
      onClose={() => setDialog(null)}
      size="wide"
    >
      <dl className={styles["sheet"]}>
        {KEYMAP.map(({ label, command }) => (
          <KeyRow key={label} label={label}>
            {t(`sheet.${command}`)}
          </KeyRow>
        ))}
        {PLACES.map(({ key, page }) => (
          <KeyRow key={key} label={key}>
            {t("sheet.go", { place: t(`common:nav.${page}`) })}
          </KeyRow>
        ))}
      </dl>
      <h3 className={styles["when"]}>{t("sheet.asked")}</h3>
      <dl className={styles["sheet"]}>
        <KeyRow label={PRINT_KEY.receipt}>{t("sheet.askedPrint")}</KeyRow>
        {backupPrinter !== null && (
          <KeyRow label={PRINT_KEY.backup}>{t("sheet.askedBackup")}</KeyRow>
        )}
      </dl>
      <p className={styles["note"]}>{t("sheet.scanner")}</p>
    </Dialog>
  );
}

function KeyRow({ label, children }: { label: string; children: string }) {
  return (
    <div className={styles["row"]}>
      <dt>
        <KeyHint>{label}</KeyHint>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
