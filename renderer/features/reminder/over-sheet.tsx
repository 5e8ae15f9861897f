import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PrinterStatus } from "../../../main/contract/status.ts";
import { useStatus } from "../../bridge/index.ts";
import { go } from "../../routing.ts";
import { Button, cx, Icon, useModalMark } from "../../ui/index.ts";
import { Slot } from "../sell/strip/slot.tsx";
import { useSell } from "../sell/sell-context.ts";
import styles from "./over-sheet.module.css";

/**
 * Paper unrolled over the counter until it is answered. It has no default button: Enter acts only in a field
 * that is filled in, and scans are kept for afterwards. What it holds has a title `reminder-title` and says
 * what to do in `reminder-fix`.
 */
export function OverSheet({
  at,
  state,
  isStuck,
  onClose,
  children,
}: {
  /** The printer it hangs from. */
  at: PrinterStatus;
  state: string;
  isStuck: boolean;
  /** null: it can't be put away. */
  onClose: (() => void) | null;
  children: ReactNode;
}) {
  const { t } = useTranslation("reminder");
  const { printer } = useStatus();
  const { waitingScans } = useSell();
  const sheet = useRef<HTMLElement>(null);

  useModalMark(true);
  // The focus leaves whatever it was on, and lies on nothing that a key could press.
  useEffect(() => sheet.current?.focus({ preventScroll: true }), []);

  return (
    <div className={styles["over"]}>
      <div className={styles["slot"]}>
        <Slot
          at={at}
          {...(printer.config.kind === "practice"
            ? { onPractice: () => go("#/settings/printer") }
            : {})}
        />
      </div>
      <section
        ref={sheet}
        className={cx(styles["sheet"], isStuck && styles["stuck"])}
        role="alertdialog"
        aria-labelledby="reminder-title"
        aria-describedby="reminder-fix"
        tabIndex={-1}
        data-state={state}
      >
        {children}
        {waitingScans > 0 && (
          <p className={styles["waiting"]} role="status">
            <Icon name="scan" size={18} />
            {t("waitingScans", { count: waitingScans })}
          </p>
        )}
        {onClose && (
          <Button
            className={styles["close"]}
            variant="quiet"
            icon="close"
            aria-label={t("putAway")}
            onPress={onClose}
          />
        )}
      </section>
    </div>
  );
}
