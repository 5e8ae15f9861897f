import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DayReport } from "../../../main/contract/day.ts";
import { useCall, useStatus, type CallRefused } from "../../bridge/index.ts";
import { EmptyState, Icon, Spinner, PageTitle } from "../../ui/index.ts";
import { LoadError } from "../../ui/load-error.tsx";
import { CloseDay } from "./close-day.tsx";
import { DayHead } from "./day-head.tsx";
import { DayActions } from "./day-actions.tsx";
import { DayList } from "./day-list.tsx";
import styles from "./day-end.module.css";
import { OwedBand } from "./owed-band.tsx";
import { ReportSections } from "./report-sections.tsx";

const DAYS_SHOWN = { limit: 120 };

/** What the day took, where its receipts went, and the one key that ends it. */
export function DayEndPage() {
  const { t } = useTranslation("dayEnd");
  const list = useCall("day.list", DAYS_SHOWN);
  const [chosenId, setChosenId] = useState<number | null>(null);
  const days = list.data?.days ?? [];
  const day = days.find((candidate) => candidate.dayId === chosenId) ?? days[0];
  return (
    <main className={styles["page"]}>
      <PageTitle>{t("title")}</PageTitle>
      {list.isError ? (
        <Trouble error={list.error} onRetry={() => void list.refetch()} />
      ) : !list.data ? (
        <Waiting />
      ) : !day ? (
        <div className={styles["nothing"]}>
          <EmptyState icon="day" title={t("nothing.title")}>
            <p>{t("nothing.body")}</p>
          </EmptyState>
        </div>
      ) : (
        <>
          <DayList days={days} chosenId={day.dayId} onChoose={setChosenId} />
          <Report key={day.dayId} dayId={day.dayId} />
        </>
      )}
    </main>
  );
}

function Report({ dayId }: { dayId: number }) {
  const report = useCall("day.report", { dayId });
  if (report.isError) return <Trouble error={report.error} onRetry={() => void report.refetch()} />;
  if (!report.data) return <Waiting />;
  return <LoadedReport report={report.data} />;
}

function LoadedReport({ report }: { report: DayReport }) {
  const { t } = useTranslation("dayEnd");
  const { day } = useStatus();
  const isStale = day?.id === report.dayId && day.stale;
  return (
    // The page is as long as the day was: the keyboard must be able to scroll it.
    <div className={styles["report"]} role="region" aria-label={t("page.report")} tabIndex={0}>
      <header className={styles["head"]}>
        <DayHead report={report} />
        {report.closedAtMs === null && <CloseDay report={report} />}
      </header>
      {isStale && (
        <p className={styles["stale"]}>
          <Icon name="clock" /> {t("staleDay")}
        </p>
      )}
      {report.closedAtMs === null && <OwedBand />}
      <ReportSections report={report} />
      <DayActions dayId={report.dayId} date={report.date} />
    </div>
  );
}

function Waiting() {
  const { t } = useTranslation("dayEnd");
  return (
    <p className={styles["waiting"]} role="status">
      <Spinner /> {t("loading")}
    </p>
  );
}

function Trouble({ error, onRetry }: { error: CallRefused; onRetry: () => void }) {
  const { t } = useTranslation("dayEnd");
  return (
    <div className={styles["nothing"]}>
      <LoadError
        title={t("error.title")}
        error={error}
        retry={t("error.retry")}
        onRetry={onRetry}
      />
    </div>
  );
}
