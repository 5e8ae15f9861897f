import { VisuallyHidden } from "react-aria-components/VisuallyHidden";
import { useTranslation } from "react-i18next";
import type { OwedReceipt } from "../../../main/contract/values.ts";
import { CAUSE_ICON, cx, Icon, STATE_LOOK, useFormat } from "../../ui/index.ts";
import { useReminder } from "../reminder/reminder-context.ts";
import styles from "./rail.module.css";

/** One owed receipt on the wire. Swings while it holds the next sale back. */
export function RailTicket({
  owed,
  nowMs,
  isHolding,
}: {
  owed: OwedReceipt;
  nowMs: number;
  isHolding: boolean;
}) {
  const { t } = useTranslation(["common", "causes"]);
  const format = useFormat();
  const reminder = useReminder();
  const { tone } = STATE_LOOK[owed.state];
  const isMoving = owed.state === "due" || owed.state === "printing";
  const word =
    owed.cause === null || isMoving ? t(`state.${owed.state}`) : t(`causes:${owed.cause}.name`);
  const icon =
    owed.cause === null || isMoving ? STATE_LOOK[owed.state].icon : CAUSE_ICON[owed.cause];
  const age = format.age(nowMs - owed.atMs);
  const isDeferred = owed.deferredUntilMs !== null && owed.deferredUntilMs > nowMs;
  return (
    <button
      type="button"
      className={cx(
        styles["ticket"],
        styles[isDeferred ? "wait" : tone],
        isHolding && styles["swing"],
      )}
      data-sale={owed.saleId}
      onClick={() => reminder.open(owed.saleId, "asked")}
    >
      <span className={styles["head"]}>
        <b>
          <VisuallyHidden>{t("rail.receipt")} </VisuallyHidden>
          {owed.saleId}
        </b>{" "}
        <span>{format.money(owed.totalMinor)}</span>
      </span>{" "}
      <span className={styles["foot"]}>
        <Icon name={isDeferred ? "clock" : icon} size={14} />
        <span>
          {isDeferred && owed.deferredUntilMs !== null
            ? t("rail.deferredUntil", { time: format.time(owed.deferredUntilMs) })
            : word}
        </span>
        {!isDeferred && <span className={styles["age"]}>{age}</span>}
      </span>
    </button>
  );
}
