import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useIsLost, useStatus } from "../../bridge/index.ts";
import { cx, Icon } from "../../ui/index.ts";
import { BacklogKey } from "../backlog/backlog-key.tsx";
import { RailTicket } from "./rail-ticket.tsx";
import styles from "./rail.module.css";
import { useNow } from "./use-now.ts";

/** Receipts still owed, hanging along the top of every screen; oldest first. */
export function Rail() {
  const { t } = useTranslation("common");
  const { rail, reminder, owedCount, stuckCount } = useStatus();
  const nowMs = useNow();
  // Without the till nobody knows what is owed by now: an empty rail is no good news then.
  const isLost = useIsLost();
  const isEmpty = rail.length === 0;
  return (
    <section
      className={cx(styles["rail"], isEmpty && !isLost && styles["clear"])}
      aria-label={t("rail.label")}
    >
      <span className={styles["wire"]} aria-hidden="true" />
      <p
        className={cx(
          styles["word"],
          isEmpty && !isLost && styles["calm"],
          !isEmpty && !isLost && stuckCount === 0 && styles["moving"],
        )}
        role="status"
      >
        <Icon
          name={
            isLost ? "offline" : isEmpty ? "checkCircle" : stuckCount === 0 ? "printer" : "alert"
          }
          size={18}
        />
        <span>{isLost ? t("rail.unheard") : railWord(t, owedCount, stuckCount)}</span>
      </p>
      <BacklogKey />
      {!isEmpty && (
        <ul className={styles["tickets"]}>
          {rail.map((owed) => (
            <li key={owed.saleId}>
              <RailTicket owed={owed} nowMs={nowMs} isHolding={owed.saleId === reminder} />
            </li>
          ))}
          {owedCount > rail.length && (
            <li className={styles["more"]}>{t("rail.more", { count: owedCount - rail.length })}</li>
          )}
        </ul>
      )}
    </section>
  );
}

/** What is just being printed is owed too, but nobody has to do anything about it. */
function railWord(t: TFunction<"common">, owedCount: number, stuckCount: number): string {
  if (owedCount === 0) return t("rail.clear");
  return stuckCount === 0
    ? t("rail.printing", { count: owedCount })
    : t("rail.owed", { count: stuckCount });
}
