import { Button } from "react-aria-components/Button";
import { useTranslation } from "react-i18next";
import { useSettings } from "../bridge/till-context.tsx";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import styles from "./keypad.module.css";

/** "." stands for the shop's decimal sign. */
const KEYS = ["7", "8", "9", "4", "5", "6", "1", "2", "3", "0", "00", "."] as const;

/** Digits for fingers. What a press adds to the text is up to `onText`; `⌫` gives `onBackspace`. */
export function Keypad({
  onText,
  onBackspace,
  hasPoint = true,
  className,
}: {
  onText: (text: string) => void;
  onBackspace: () => void;
  hasPoint?: boolean;
  className?: string | undefined;
}) {
  const { t } = useTranslation("common");
  const { decimalSign } = useSettings();
  return (
    <div className={cx(styles["keypad"], className)} role="group" aria-label={t("keypad")}>
      {KEYS.map((key) =>
        key === "." && !hasPoint ? (
          <Button
            key={key}
            className={styles["key"]}
            aria-label={t("backspace")}
            onPress={onBackspace}
            preventFocusOnPress
            excludeFromTabOrder
          >
            <Icon name="backspace" size={24} />
          </Button>
        ) : (
          <Button
            key={key}
            className={styles["key"]}
            onPress={() => onText(key === "." ? decimalSign : key)}
            preventFocusOnPress
            excludeFromTabOrder
          >
            {key === "." ? decimalSign : key}
          </Button>
        ),
      )}
    </div>
  );
}
