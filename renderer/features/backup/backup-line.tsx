import { useTranslation } from "react-i18next";
import { cx, Icon } from "../../ui/index.ts";
import { useNow } from "../frame/use-now.ts";
import { useAge } from "./use-age.ts";
import styles from "./backup-line.module.css";
import { useRestoredToast } from "./restore/use-restored-toast.ts";
import { useBackup } from "./use-backup.ts";

/** A line across the frame while the books are not safe: red for that, amber for a disk that is away. */
export function BackupLine() {
  const { t } = useTranslation("backup");
  const age = useAge();
  const nowMs = useNow();
  const { state } = useBackup();
  useRestoredToast();
  if (state === null || state.alarm === null) return null;
  const { alarm, newestAtMs, second, problem } = state;
  const sinceMs = alarm === "secondAway" ? (second?.reachedAtMs ?? null) : newestAtMs;
  const key = alarm === "late" && newestAtMs === null ? "never" : alarm;
  const isCalm = alarm === "secondAway";
  return (
    <div role={isCalm ? "status" : "alert"} aria-label={t("line.label")}>
      <a
        href="#/settings/backup"
        className={cx(styles["line"], isCalm ? styles["calm"] : styles["loud"])}
      >
        <Icon name={isCalm ? "cable" : "alert"} size={20} />
        <span className={styles["what"]}>
          {t(`line.${key}`, { age: age(nowMs - (sinceMs ?? nowMs)) })}
        </span>
        {alarm === "late" && problem !== null && <span>{t(`problem.${problem}`)}</span>}
        <span className={styles["go"]}>
          {t("line.go")}
          <Icon name="right" size={16} />
        </span>
      </a>
    </div>
  );
}
