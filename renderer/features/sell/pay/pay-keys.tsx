import { useTranslation } from "react-i18next";
import { Button, Keypad } from "../../../ui/index.ts";
import styles from "./pay-form.module.css";

export function PayKeys({
  onType,
  onComplete,
  isBusy,
}: {
  onType: (change: (text: string) => string) => void;
  onComplete: () => void;
  isBusy: boolean;
}) {
  const { t } = useTranslation("sell");
  const backspace = () => onType((text) => text.slice(0, -1));
  return (
    <div className={styles["bottom"]}>
      <Keypad onText={(key) => onType((text) => text + key)} onBackspace={backspace} />
      <div className={styles["finish"]}>
        <Button
          icon="backspace"
          aria-label={t("keys.backspace")}
          preventFocusOnPress
          onPress={backspace}
        />
        <Button
          variant="go"
          size="big"
          className={styles["complete"]}
          isBusy={isBusy}
          keyHint="Enter"
          onPress={onComplete}
        >
          {t("pay.complete")}
        </Button>
      </div>
    </div>
  );
}
