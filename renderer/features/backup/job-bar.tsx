import { useTranslation } from "react-i18next";
import type { BackupJob } from "../../../main/contract/backup.ts";
import styles from "./job-bar.module.css";

/** Work under way: what it is, which step, and a bar where its length is known. */
export function JobBar({ job }: { job: BackupJob }) {
  const { t } = useTranslation("backup");
  const share = job.totalBytes > 0 ? Math.min(1, job.doneBytes / job.totalBytes) : null;
  const words = `${t(`job.what.${job.what}`)} · ${t(`job.step.${job.step}`)}`;
  return (
    <div className={styles["job"]}>
      <div
        className={styles["bar"]}
        role="progressbar"
        aria-label={t("job.label")}
        aria-valuetext={words}
        {...(share === null ? {} : { "aria-valuenow": Math.round(share * 100) })}
        data-moving={share === null || share === 0 ? "" : undefined}
      >
        <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect width={share === null || share === 0 ? 30 : share * 100} height="4" />
        </svg>
      </div>
      <p className={styles["words"]}>{words}</p>
    </div>
  );
}
