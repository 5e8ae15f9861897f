import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";
import { dismissToast, onToasts, toasts, type ToastTone } from "./toast-store.ts";
import styles from "./toasts.module.css";

const ICON: Record<ToastTone, IconName> = {
  plain: "list",
  go: "checkCircle",
  wait: "clock",
  owed: "alert",
};

/**
 * Where toasts lie: above the navigation, never above the strip or the total, nor above keys. A screen with keys
 * at its lower end names the part that toasts may cover: `anchor-name: --toast-floor`.
 */
export function Toasts() {
  const { t } = useTranslation("common");
  const specs = useSyncExternalStore(onToasts, toasts);
  return (
    <div className={styles["toasts"]} role="status" aria-live="polite">
      {specs.map((spec) => (
        <div key={spec.id} className={cx(styles["toast"], styles[spec.tone])}>
          <Icon name={ICON[spec.tone]} size={22} />
          <div className={styles["text"]}>
            <p className={styles["title"]}>{spec.title}</p>
            {spec.detail !== null && <p>{spec.detail}</p>}
          </div>
          {spec.action && (
            <Button
              size="small"
              onPress={() => {
                spec.action?.onAction();
                dismissToast(spec.id);
              }}
            >
              {spec.action.label}
            </Button>
          )}
          <Button
            size="small"
            variant="quiet"
            icon="close"
            aria-label={t("close")}
            onPress={() => dismissToast(spec.id)}
          />
        </div>
      ))}
    </div>
  );
}
