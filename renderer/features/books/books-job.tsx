import { useTranslation } from "react-i18next";
import type { BooksJob } from "../../../main/contract/books.ts";
import { call } from "../../bridge/index.ts";
import { Button } from "../../ui/index.ts";
import styles from "./books-job.module.css";

/** Work under way: which step, a bar where its length is known, and the way to end it. */
export function BooksJobBar({ job }: { job: BooksJob }) {
  const { t } = useTranslation("books");
  const percent = job.of > 0 ? Math.min(100, Math.floor((100 * job.done) / job.of)) : null;
  const words = t(job.what === "check" ? `job.step.${job.step}` : "job.step.archive");
  return (
    <div className={styles["job"]}>
      <div className={styles["words"]}>
        <p>
          {words}
          {percent !== null && <b>{t("job.percent", { percent })}</b>}
        </p>
        <div
          className={styles["bar"]}
          role="progressbar"
          aria-label={t("job.label")}
          aria-valuetext={words}
          {...(percent === null ? {} : { "aria-valuenow": percent })}
        >
          <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect width={percent ?? 0} height="4" />
          </svg>
        </div>
      </div>
      <Button icon="close" onPress={() => void call("books.stop", {}).catch(() => undefined)}>
        {t("job.stop")}
      </Button>
    </div>
  );
}
