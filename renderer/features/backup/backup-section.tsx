import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BackupState } from "../../../main/contract/backup.ts";
import { newRequestId, useAct } from "../../bridge/index.ts";
import { DamageCard } from "../damage/damage-card.tsx";
import { RefusalNote, Spinner, toast } from "../../ui/index.ts";
import { LoadError } from "../../ui/load-error.tsx";
import { BooksCard } from "../books/books-card.tsx";
import styles from "./backup-section.module.css";
import { CopyList } from "./copy-list.tsx";
import { DrillCard } from "./drill-card.tsx";
import { NewestCopy } from "./newest-copy.tsx";
import { FirstPlace } from "./first-place.tsx";
import { RestoreDialog } from "./restore/restore-dialog.tsx";
import { SealCard } from "./seal-card.tsx";
import { SecondPlace } from "./second-place.tsx";
import { useBackup, useSetBackup } from "./use-backup.ts";

/** Copies of the books: where they are, whether they are good, and the way back. */
export function BackupSection() {
  const { t } = useTranslation("backup");
  const { state, error, retry } = useBackup();
  if (error && !state)
    return <LoadError title={t("loadFailed")} error={error} retry={t("retry")} onRetry={retry} />;
  if (!state)
    return (
      <p className={styles["waiting"]} role="status">
        <Spinner />
      </p>
    );
  return <Loaded state={state} />;
}

function Loaded({ state }: { state: BackupState }) {
  const { t } = useTranslation("backup");
  const setBackup = useSetBackup();
  const run = useAct("backup.run");
  const [restoring, setRestoring] = useState<{ path: string | null } | null>(null);
  const start = () =>
    run.mutate(
      { requestId: newRequestId() },
      {
        onSuccess: (answer) => {
          setBackup(answer.state);
          const { second } = answer.state;
          const word = second === null ? "done" : second.failure ? "doneNoSecond" : "doneSecond";
          toast(second?.failure ? "wait" : "go", t(`run.${word}`));
        },
      },
    );
  return (
    <>
      <div className={styles["page"]}>
        <p className={styles["lead"]}>{t("lead")}</p>
        <DamageCard />
        <NewestCopy state={state} onRun={start} isRunning={run.isPending} />
        {run.error && <RefusalNote error={run.error} />}
        <div className={styles["places"]}>
          <FirstPlace state={state} />
          <SecondPlace state={state} />
        </div>
        <CopyList state={state} onRestore={(path) => setRestoring({ path })} />
        <div className={styles["cards"]}>
          <SealCard state={state} />
          <DrillCard state={state} />
          <BooksCard />
        </div>
      </div>
      <RestoreDialog
        isOpen={restoring !== null}
        path={restoring?.path ?? null}
        onClose={() => setRestoring(null)}
      />
    </>
  );
}
