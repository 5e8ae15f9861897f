import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { go } from "../../routing.ts";
import { Button, cx, Icon, useModalMark } from "../../ui/index.ts";
import { Slot } from "../sell/strip/slot.tsx";
import { useSell } from "../sell/sell-context.ts";
import { useReminder } from "./reminder-context.ts";
import { ReminderBody } from "./reminder-body.tsx";
import { ReminderFacts } from "./reminder-facts.tsx";
import { ReminderSettled } from "./reminder-settled.tsx";
import styles from "./reminder-sheet.module.css";
import { useAlarm } from "./use-alarm.ts";

/**
 * The reminder: the stuck receipt itself, unrolled over the counter. It has no default button; Enter acts
 * only in a field of an exit that is filled in, scans are kept for afterwards, and it goes when the
 * receipt is accounted for, by whatever way.
 */
export function ReminderSheet({ saleId }: { saleId: number }) {
  const { t } = useTranslation("reminder");
  const { rail, printer } = useStatus();
  const { canClose, close } = useReminder();
  const { waitingScans } = useSell();
  const sheet = useRef<HTMLElement>(null);
  const owed = rail.find((item) => item.saleId === saleId) ?? null;
  const isStuck = owed !== null && /^(blocked|failed|unknown)$/.test(owed.state);

  useModalMark(true);
  useAlarm(isStuck && owed.holdsNextSale);
  // The focus leaves whatever it was on, and lies on nothing that a key could press.
  useEffect(() => sheet.current?.focus({ preventScroll: true }), []);

  return (
    <div className={styles["over"]}>
      <div className={styles["slot"]}>
        <Slot
          {...(printer.kind === "practice" ? { onPractice: () => go("#/settings/printer") } : {})}
        />
      </div>
      <section
        ref={sheet}
        className={cx(styles["sheet"], isStuck && styles["stuck"])}
        role="alertdialog"
        aria-labelledby="reminder-title"
        aria-describedby="reminder-fix"
        tabIndex={-1}
        data-state={owed?.state ?? "settled"}
      >
        {owed === null ? (
          <ReminderSettled saleId={saleId} />
        ) : (
          <>
            <ReminderFacts owed={owed} />
            <ReminderBody owed={owed} />
          </>
        )}
        {waitingScans > 0 && (
          <p className={styles["waiting"]} role="status">
            <Icon name="scan" size={18} />
            {t("waitingScans", { count: waitingScans })}
          </p>
        )}
        {canClose && (
          <Button
            className={styles["close"]}
            variant="quiet"
            icon="close"
            aria-label={t("putAway")}
            onPress={close}
          />
        )}
      </section>
    </div>
  );
}
