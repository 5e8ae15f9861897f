import { useTranslation } from "react-i18next";
import { Spinner } from "../../../ui/index.ts";
import { JobBar } from "../job-bar.tsx";
import { useBackup } from "../use-backup.ts";
import styles from "./restore.module.css";

/** All of it is read; that may take a minute. */
export function ReadingStep({ isRestoring }: { isRestoring: boolean }) {
  const { t } = useTranslation("backup");
  const { state } = useBackup();
  return (
    <div className={styles["reading"]} role="status">
      <Spinner size={32} />
      <p>{t(isRestoring ? "restore.working" : "restore.reading")}</p>
      {state?.job && <JobBar job={state.job} />}
    </div>
  );
}
