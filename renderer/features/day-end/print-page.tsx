import "./print.css";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DayReport } from "../../../main/contract/day.ts";
import { useCall, useSettings } from "../../bridge/index.ts";
import { Button, RefusalNote, Spinner, useFormat } from "../../ui/index.ts";
import { DayHead } from "./day-head.tsx";
import styles from "./print-page.module.css";
import { takePrintRequest } from "./print-request.ts";
import { ReportSections } from "./report-sections.tsx";
import { useBusinessDate } from "./use-business-date.ts";

/**
 * One day on A4. Printed by the browser's own dialog or turned into a PDF by the shell, which waits for
 * `data-print-ready` on the page.
 */
export function DayPrintPage({ dayId }: { dayId: number | null }) {
  const { t } = useTranslation("dayEnd");
  const report = useCall("day.report", { dayId });
  return (
    <main className={styles["page"]} data-print-ready={report.data ? "true" : undefined}>
      {report.data ? (
        <A4 report={report.data} />
      ) : report.isError ? (
        <RefusalNote error={report.error} />
      ) : (
        <p role="status">
          <Spinner /> {t("loading")}
        </p>
      )}
    </main>
  );
}

function A4({ report }: { report: DayReport }) {
  const { t } = useTranslation("dayEnd");
  const { shop } = useSettings();
  const [printedAtMs] = useState(() => Date.now());
  const format = useFormat();
  const dateOf = useBusinessDate();
  const running = `${shop.name} · ${dateOf(report.date, true)} · ${t("zNo", { no: report.dayId })}`;
  usePageHead(running);
  usePrintOnRequest(report.dayId);
  return (
    <>
      <div className={styles["tools"]}>
        <Button icon="left" onPress={() => window.location.assign("#/day-end")}>
          {t("page.back")}
        </Button>
        <Button icon="printer" variant="go" onPress={() => window.print()}>
          {t("page.print")}
        </Button>
      </div>
      <article className={styles["sheet"]}>
        <header className={styles["head"]}>
          <div className={styles["shop"]}>
            <h1>{t("page.report")}</h1>
            <p>{shop.name}</p>
            {shop.address !== "" && <p>{shop.address}</p>}
          </div>
          <DayHead report={report} />
        </header>
        <ReportSections report={report} />
        <footer className={styles["foot"]}>
          <div>
            <p>{t("page.printedAt", { time: format.dateTime(printedAtMs) })}</p>
            {/* Whoever keeps the sheet can tell books that were changed since. */}
            <p>
              {t("page.head", { seq: report.head.seq })}{" "}
              <span className={styles["hash"]}>{report.head.hash}</span>
            </p>
          </div>
          <p className={styles["signature"]}>
            <span>{t("page.sign")}</span>
          </p>
        </footer>
      </article>
    </>
  );
}

/** The line at the top of every sheet; page boxes take it from the root element. */
function usePageHead(text: string): void {
  useEffect(() => {
    const root = document.documentElement;
    const title = document.title;
    root.style.setProperty("--page-head", JSON.stringify(text));
    document.title = text;
    return () => {
      root.style.removeProperty("--page-head");
      document.title = title;
    };
  }, [text]);
}

function usePrintOnRequest(dayId: number): void {
  useEffect(() => {
    if (!takePrintRequest(dayId)) return;
    void document.fonts.ready.then(() => window.print());
  }, [dayId]);
}
