import { useTranslation } from "react-i18next";
import type { OwedReceipt } from "../../../main/contract/values.ts";
import { Icon, Money, useFormat } from "../../ui/index.ts";
import { useNow } from "../frame/use-now.ts";
import type { BacklogGroups } from "./backlog-groups.ts";
import styles from "./backlog-facts.module.css";

/** How many, how much, how old; and which, in the order they would be printed. */
export function BacklogFacts({ groups }: { groups: BacklogGroups }) {
  const { t } = useTranslation(["backlog", "reminder"]);
  const format = useFormat();
  const nowMs = useNow();
  const { waiting, late, count, totalMinor, oldestAtMs } = groups;
  return (
    <div className={styles["facts"]}>
      <h2 id="reminder-title" className={styles["title"]}>
        <span className={styles["stamp"]}>
          <Icon name="history" size={24} />
          {t("title")}
        </span>
        <span className={styles["count"]}>
          <span className={styles["number"]}>{count}</span>
          <span className={styles["unit"]}>{t("unit", { count })}</span>
        </span>
      </h2>
      <p className={styles["amount"]}>
        <Money minor={totalMinor} isBig />
      </p>
      <p className={styles["oldest"]}>
        {t("oldest", { time: format.time(oldestAtMs), age: format.age(nowMs - oldestAtMs) })}
      </p>
      <ul className={styles["list"]} tabIndex={0} aria-label={t("list")}>
        {[...waiting, ...late].map((owed) => (
          <Row key={owed.saleId} owed={owed} isLate={late.includes(owed)} />
        ))}
      </ul>
      <p className={styles["safe"]}>
        <Icon name="lock" size={18} />
        <span>{t("safe")}</span>
      </p>
    </div>
  );
}

function Row({ owed, isLate }: { owed: OwedReceipt; isLate: boolean }) {
  const { t } = useTranslation("backlog");
  const format = useFormat();
  return (
    <li className={styles["row"]} data-late={isLate}>
      <b>{owed.saleId}</b>
      <span className={styles["when"]}>{format.time(owed.atMs)}</span>
      <span className={styles["group"]}>
        <Icon name={isLate ? "tray" : "user"} size={14} />
        {t(isLate ? "late" : "waiting")}
      </span>
      <Money minor={owed.totalMinor} className={styles["sum"]} />
    </li>
  );
}
