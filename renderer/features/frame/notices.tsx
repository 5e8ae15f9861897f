import { useTranslation } from "react-i18next";
import type { TillStatus } from "../../../main/contract/status.ts";
import { useStatus } from "../../bridge/index.ts";
import { Icon, type IconName } from "../../ui/index.ts";
import styles from "./notices.module.css";

type LastJob = NonNullable<TillStatus["lastJob"]>;

/** What wants attention but holds nothing up: a day not closed, a copy or report that did not print. */
export function Notices() {
  const { t } = useTranslation("common");
  const { day, lastJob } = useStatus();
  const lost = lastJob !== null && isLost(lastJob) ? lastJob : null;
  return (
    <div className={styles["notices"]} role="status" aria-label={t("notice.label")}>
      {day?.stale === true && (
        <Notice icon="day" href="#/day-end" text={t("notice.staleDay", { date: day.date })} />
      )}
      {lost && (
        <Notice
          icon={lost.outcome === "blocked" ? "hand" : "alert"}
          href={lost.saleId === null ? null : `#/history/${lost.saleId}`}
          text={t(`notice.${noticeOf(lost)}`, { saleId: lost.saleId })}
        />
      )}
    </div>
  );
}

/** The whole notice is the key that leads to where it is put right. */
function Notice({ icon, text, href }: { icon: IconName; text: string; href: string | null }) {
  const content = (
    <>
      <Icon name={icon} size={18} />
      <span className={styles["text"]}>{text}</span>
    </>
  );
  if (href === null)
    return (
      <span className={styles["notice"]} data-notice="">
        {content}
      </span>
    );
  return (
    <a href={href} className={styles["notice"]} data-notice="">
      {content}
      <Icon name="right" size={16} />
    </a>
  );
}

function isLost({ kind, outcome }: LastJob): boolean {
  if (kind === "receipt") return false;
  return outcome === "failed" || outcome === "unknown" || outcome === "blocked";
}

function noticeOf({ kind, outcome }: LastJob): string {
  if (kind === "copy") return outcome === "blocked" ? "copyStopped" : "copyFailed";
  return kind === "report" ? "reportFailed" : "testFailed";
}
