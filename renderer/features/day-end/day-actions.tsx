import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, CallRefused } from "../../bridge/index.ts";
import { Button, Icon, RefusalNote, Spinner, toast } from "../../ui/index.ts";
import { ArchiveDialog } from "../books/archive-dialog.tsx";
import styles from "./day-end.module.css";
import { printDayPage } from "./print-request.ts";
import { bytesOfBase64, saveFile } from "./save-file.ts";
import { useReportJob } from "./use-report-job.ts";

/** The report on paper and as files. */
export function DayActions({ dayId, date }: { dayId: number; date: string }) {
  const { t } = useTranslation(["dayEnd", "books"]);
  const [isArchiving, setArchiving] = useState(false);
  const job = useReportJob(dayId);
  const files = useFiles(dayId);
  return (
    <section className={styles["actions"]} aria-label={t("actions.label")}>
      <div className={styles["buttons"]}>
        <Button icon="printer" isBusy={job.isBusy} onPress={job.print}>
          {t("actions.print")}
        </Button>
        <Button icon="sheet" isBusy={files.busy === "csv"} onPress={files.saveCsv}>
          {t("actions.csv")}
        </Button>
        <Button icon="file" isBusy={files.busy === "pdf"} onPress={files.savePdf}>
          {t("actions.pdf")}
        </Button>
        <Button icon="box" onPress={() => setArchiving(true)}>
          {t("books:archive.open")}
        </Button>
      </div>
      <div className={styles["jobLine"]} role="status">
        {job.job && <ReportJobLine job={job.job} />}
      </div>
      {job.refusal && <RefusalNote error={job.refusal} />}
      {files.refusal && <RefusalNote error={files.refusal} />}
      <ArchiveDialog isOpen={isArchiving} date={date} onClose={() => setArchiving(false)} />
    </section>
  );
}

function ReportJobLine({ job }: { job: NonNullable<ReturnType<typeof useReportJob>["job"]> }) {
  const { t } = useTranslation(["dayEnd", "causes"]);
  const cause = t(`causes:${job.cause ?? "unknown"}.name`);
  switch (job.outcome) {
    case "waiting":
    case "printing":
      return (
        <p className={styles["line"]}>
          <Spinner size={18} /> {t("actions.printSent")}
        </p>
      );
    case "printed":
      return (
        <p className={styles["line"]}>
          <Icon name="checkCircle" size={18} /> {t("actions.printDone")}
        </p>
      );
    case "blocked":
      return (
        <p className={styles["line"]}>
          <Icon name="hand" size={18} /> {t("actions.printBlocked", { cause })}
        </p>
      );
    case "failed":
      return (
        <p className={styles["line"]}>
          <Icon name="alert" size={18} /> {t("actions.printFailed", { cause })}
        </p>
      );
    case "unknown":
      return (
        <p className={styles["line"]}>
          <Icon name="question" size={18} /> {t("actions.printUnknown")}
        </p>
      );
  }
}

function useFiles(dayId: number) {
  const { t } = useTranslation("dayEnd");
  const [busy, setBusy] = useState<"csv" | "pdf" | null>(null);
  const [refusal, setRefusal] = useState<CallRefused | null>(null);

  const run = async (kind: "csv" | "pdf", save: () => Promise<string>) => {
    setBusy(kind);
    setRefusal(null);
    try {
      toast("go", t("actions.saved", { fileName: await save() }));
    } catch (error) {
      if (!(error instanceof CallRefused)) throw error;
      // The browser prints to PDF itself, from the same page.
      if (error.code === "PDF_NOT_AVAILABLE") printDayPage(dayId);
      else setRefusal(error);
    } finally {
      setBusy(null);
    }
  };

  return {
    busy,
    refusal,
    saveCsv: () =>
      void run("csv", async () => {
        const { fileName, text } = await call("day.csv", { dayId });
        saveFile(fileName, text, "text/csv;charset=utf-8");
        return fileName;
      }),
    savePdf: () =>
      void run("pdf", async () => {
        const { fileName, bytes } = await call("day.pdf", { dayId });
        saveFile(fileName, bytesOfBase64(bytes), "application/pdf");
        return fileName;
      }),
  };
}
