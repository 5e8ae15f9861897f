import { useTranslation } from "react-i18next";
import type { UpdateState } from "../../../main/contract/updates.ts";
import { Icon, type IconName, useFormat } from "../../ui/index.ts";
import styles from "./updates-section.module.css";
import { useSecondsLeft } from "./use-seconds-left.ts";

type Offered = NonNullable<UpdateState["offered"]>;

/** The version that comes next as the slip it hangs on: what is new, and when it comes. */
export function NextVersion({ state, offered }: { state: UpdateState; offered: Offered }) {
  const { t } = useTranslation("updates");
  const format = useFormat();
  const { version, releasedAtMs } = offered;
  const lines = offered.notes.split("\n").filter((line) => line !== "");
  return (
    <section className={styles["slip"]} aria-labelledby="updates-next">
      <header className={styles["slipHead"]}>
        <h3 id="updates-next" className={styles["small"]}>
          {t("next.title")}
        </h3>
        <p className={styles["version"]}>{t("next.version", { version })}</p>
        {releasedAtMs !== null && (
          <p className={styles["small"]}>
            {t("next.released", { date: format.date(releasedAtMs) })}
          </p>
        )}
      </header>
      <h4 className={styles["small"]}>{t("next.notes")}</h4>
      {lines.length === 0 ? (
        <p>{t("next.noNotes")}</p>
      ) : (
        <ul className={styles["notes"]}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <When state={state} />
    </section>
  );
}

function When({ state }: { state: UpdateState }) {
  const { t } = useTranslation("updates");
  const format = useFormat();
  const { phase, share, waitsFor, postponedUntilMs, installsAtMs } = state;
  const count = useSecondsLeft(installsAtMs);
  if (phase === "downloading") {
    const percent = Math.round((share ?? 0) * 100);
    return (
      <div className={styles["when"]}>
        <p>{t("phase.downloading", { percent })}</p>
        <progress max={100} value={percent} aria-label={t("phase.progress")} />
      </div>
    );
  }
  const date = postponedUntilMs === null ? null : format.date(postponedUntilMs);
  const [icon, text]: [IconName, string] =
    phase === "counting"
      ? ["clock", t("phase.counting", { count })]
      : phase === "installing"
        ? ["refresh", t("phase.installing")]
        : waitsFor === "postponed" && date !== null
          ? ["calendar", t("wait.postponedUntil", { date })]
          : [
              waitsFor === "failedBefore" ? "alert" : "day",
              waitsFor ? t(`wait.${waitsFor}`) : t("check.busy"),
            ];
  return (
    <p className={styles["when"]} role="status">
      <Icon name={icon} size={22} />
      <span>{text}</span>
    </p>
  );
}
