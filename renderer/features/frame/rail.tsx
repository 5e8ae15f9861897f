import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { cx, Icon } from "../../ui/index.ts";
import { BacklogKey } from "../backlog/backlog-key.tsx";
import { RailTicket } from "./rail-ticket.tsx";
import styles from "./rail.module.css";
import { useNow } from "./use-now.ts";

/** Receipts still owed, hanging along the top of every screen; oldest first. */
export function Rail() {
  const { t } = useTranslation("common");
  const { rail, reminder } = useStatus();
  const nowMs = useNow();
  const isEmpty = rail.length === 0;
  // What is just being printed is owed too, but nobody has to do anything about it.
  const stuckCount = rail.filter((owed) => !/^(due|printing)$/.test(owed.state)).length;
  return (
    <section
      className={cx(styles["rail"], isEmpty && styles["clear"])}
      aria-label={t("rail.label")}
    >
      <span className={styles["wire"]} aria-hidden="true" />
      <p
        className={cx(
          styles["word"],
          isEmpty && styles["calm"],
          !isEmpty && stuckCount === 0 && styles["moving"],
        )}
        role="status"
      >
        <Icon name={isEmpty ? "checkCircle" : stuckCount === 0 ? "printer" : "alert"} size={18} />
        <span>
          {isEmpty
            ? t("rail.clear")
            : stuckCount === 0
              ? t("rail.printing", { count: rail.length })
              : t("rail.owed", { count: stuckCount })}
        </span>
      </p>
      <BacklogKey />
      {!isEmpty && (
        <ul className={styles["tickets"]}>
          {rail.map((owed) => (
            <li key={owed.saleId}>
              <RailTicket owed={owed} nowMs={nowMs} isHolding={owed.saleId === reminder} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
