import { useTranslation } from "react-i18next";
import { Dialog, KeyHint } from "../../../ui/index.ts";
import { useSell } from "../sell-context.ts";
import { KEYMAP } from "./keymap.ts";
import styles from "./key-sheet.module.css";

/** Every key of the sell screen, from the same table that makes them work. */
export function KeySheet() {
  const { t } = useTranslation("sell");
  const { dialog, setDialog } = useSell();
  return (
    <Dialog
      title={t("sheet.title")}
      isOpen={dialog === "help"}
      onClose={() => setDialog(null)}
      size="wide"
    >
      <dl className={styles["sheet"]}>
        {KEYMAP.map((binding) => (
          <div key={binding.label} className={styles["row"]}>
            <dt>
              <KeyHint>{binding.label}</KeyHint>
            </dt>
            <dd>{t(`sheet.${binding.command}`)}</dd>
          </div>
        ))}
      </dl>
      <p className={styles["note"]}>{t("sheet.scanner")}</p>
    </Dialog>
  );
}
