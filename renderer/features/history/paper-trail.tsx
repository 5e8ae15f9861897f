import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { SaleDetail, TrailEntry } from "../../../main/contract/history.ts";
import { cx, Icon, useFormat, type IconName } from "../../ui/index.ts";
import styles from "./paper-trail.module.css";
import { dateInputOf } from "./time-range.ts";
import { trailStep, type TrailStep } from "./trail-step.ts";

/** Everything the log holds about one receipt, told in order and in words. */
export function PaperTrail({ detail }: { detail: SaleDetail }) {
  const { t } = useTranslation("history");
  return (
    <section className={styles["trail"]} aria-labelledby="paper-trail">
      <h3 id="paper-trail" className={styles["heading"]}>
        {t("detail.trail")}
      </h3>
      {/* Long trails scroll by themselves: the keyboard must reach their end. */}
      <ol className={styles["steps"]} tabIndex={0} aria-labelledby="paper-trail">
        {detail.trail.map((entry, index) => (
          <Fragment key={entry.seq}>
            <Step entry={entry} soldAtMs={detail.head.atMs} />
            {index === 0 && detail.trailMore > 0 && (
              <li className={styles["step"]}>
                <p className={styles["sentence"]}>
                  {t("detail.trailMore", { count: detail.trailMore })}
                </p>
              </li>
            )}
          </Fragment>
        ))}
      </ol>
    </section>
  );
}

function Step({ entry, soldAtMs }: { entry: TrailEntry; soldAtMs: number }) {
  const { t, i18n } = useTranslation(["history", "causes"]);
  const format = useFormat();
  const step = trailStep(entry);
  const isSameDay = dateInputOf(entry.atMs) === dateInputOf(soldAtMs);
  const time = new Intl.DateTimeFormat(i18n.language, {
    ...(isSameDay ? {} : { month: "numeric", day: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(entry.atMs);
  return (
    <li className={cx(styles["step"], styles[step.tone])}>
      <span className={styles["dot"]}>
        <Icon name={iconOf(entry, step)} size={16} />
      </span>
      <time className={styles["time"]} dateTime={new Date(entry.atMs).toISOString()}>
        {time}
      </time>
      <p className={styles["sentence"]}>
        {t(`trail.${step.sentence}`, {
          attempt: entry.attempt ?? 1,
          copy: entry.copy ?? 1,
          cause: t(`causes:${entry.cause ?? "unknown"}.name`),
          grade: t(`grade.${entry.grade ?? "none"}`),
          paperNo: entry.paperNo ?? "",
          until: entry.untilMs === null ? "" : format.time(entry.untilMs),
        })}
      </p>
      <StepDetail entry={entry} step={step} />
    </li>
  );
}

function StepDetail({ entry, step }: { entry: TrailEntry; step: TrailStep }) {
  const { t } = useTranslation("history");
  const printer =
    entry.printer === null
      ? null
      : t("onPrinter", {
          printer: entry.printer === "practice" ? t("practicePrinter") : entry.printer,
        });
  const isByPerson = step.byPerson || (entry.mark !== null && entry.mark !== "original");
  const parts = [isByPerson && entry.by !== "" ? entry.by : null, printer].filter(
    (part) => part !== null,
  );
  if (parts.length === 0 && entry.reason === null) return null;
  return (
    <p className={styles["detail"]}>
      {parts.join(" · ")}
      {entry.reason !== null && (
        <span className={styles["reason"]}>{t("reason", { reason: entry.reason })}</span>
      )}
    </p>
  );
}

const ICON: Partial<Record<TrailEntry["type"], IconName>> = {
  opened: "sell",
  attemptStarted: "printer",
  attemptBlocked: "hand",
  attemptResumed: "refresh",
  attemptPrinted: "check",
  attemptUnknown: "question",
  denied: "user",
  deferred: "clock",
  handedOver: "tray",
  unclaimed: "tray",
  notCut: "cutter",
};

function iconOf(entry: TrailEntry, step: TrailStep): IconName {
  if (entry.type === "settled")
    return entry.how === "handwritten" ? "pencil" : entry.how === "declined" ? "close" : "user";
  return ICON[entry.type] ?? (step.tone === "go" ? "check" : "alert");
}
