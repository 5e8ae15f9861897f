import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import type { SaleDetail } from "../../../main/contract/history.ts";
import { useStatus } from "../../bridge/index.ts";
import { Button, cx, Icon, RefusalNote, Spinner, type IconName } from "../../ui/index.ts";
import { useHotkey } from "../../ui/use-hotkey.ts";
import { isOut } from "../frame/printer-state.ts";
import { useStatusWords } from "../frame/status-words.ts";
import { PRINT_KEY } from "../reminder/print-key-codes.ts";
import type { JobView } from "./print-job.ts";
import styles from "./print-key.module.css";
import { useReprint } from "./use-reprint.ts";

/**
 * The one big key, and a smaller one for the backup printer when there is one. Says before it is pressed what
 * will stand on the paper, and afterwards what came of it.
 */
export function PrintKey({ detail, isOwed }: { detail: SaleDetail; isOwed: boolean }) {
  const { t } = useTranslation("history");
  const { backupPrinter } = useStatus();
  const words = useStatusWords();
  const { print, cancel, isBusy, slot, job, refusal } = useReprint(detail.head.saleId);
  const isPrinting = detail.status.state === "printing" || detail.status.state === "due";
  const hasBackup = backupPrinter !== null && !isOut(backupPrinter);
  useHotkey(PRINT_KEY.receipt, () => print("receipt"), !isPrinting);
  useHotkey(PRINT_KEY.backup, () => print("backup"), !isPrinting && hasBackup);
  return (
    <div className={styles["printing"]}>
      <div className={styles["keys"]}>
        <Button
          variant={isOwed ? "owed" : "go"}
          size="big"
          icon="printer"
          keyHint={PRINT_KEY.receipt}
          isBusy={isBusy && slot !== "backup"}
          isDisabled={isPrinting || isBusy}
          onPress={() => print("receipt")}
          className={styles["key"]}
        >
          {t(`reprint.${detail.nextMark}`)}
        </Button>
        {hasBackup && (
          <Button
            icon="printer"
            keyHint={PRINT_KEY.backup}
            isBusy={isBusy && slot === "backup"}
            isDisabled={isPrinting || isBusy}
            onPress={() => print("backup")}
            className={styles["backup"]}
          >
            <span>{t("reprint.backup")}</span>
            <small className={styles["name"]}>{words(backupPrinter).own}</small>
          </Button>
        )}
      </div>
      {/* Always one place for the line, so that nothing below moves when paper does. */}
      <div className={styles["line"]} role="status">
        {job ? (
          <JobLine job={job} />
        ) : (
          <p className={styles["note"]}>
            {isPrinting
              ? t("reprint.busy")
              : t(`reprint.${detail.nextMark}_note`, { copy: detail.nextCopy })}
          </p>
        )}
      </div>
      {cancel && (
        <Button icon="close" onPress={cancel} className={styles["key"]}>
          {t("reprint.cancel")}
        </Button>
      )}
      {refusal && <RefusalNote error={refusal} />}
    </div>
  );
}

const JOB_LOOK: Record<JobView["outcome"], { tone: string; icon: IconName | null }> = {
  waiting: { tone: "plain", icon: null },
  printing: { tone: "plain", icon: null },
  blocked: { tone: "wait", icon: "hand" },
  printed: { tone: "go", icon: "checkCircle" },
  failed: { tone: "owed", icon: "alert" },
  unknown: { tone: "owed", icon: "question" },
};

function JobLine({ job }: { job: JobView }) {
  const { t } = useTranslation(["history", "causes"]);
  const { tone, icon } = JOB_LOOK[job.outcome];
  const cause = t(`causes:${job.cause ?? "unknown"}.name`);
  return (
    <div className={cx(styles["job"], styles[tone])}>
      <p className={styles["jobWord"]}>
        {icon === null ? <Spinner size={18} /> : <Icon name={icon} size={18} />}
        <span>{t(`reprint.${job.outcome}`, { cause })}</span>
      </p>
      {job.outcome === "printing" && job.durationMs !== null && (
        <div
          className={styles["paper"]}
          style={{ "--duration": `${job.durationMs}ms` } as CSSProperties}
        />
      )}
    </div>
  );
}
