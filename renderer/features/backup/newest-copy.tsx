import { useTranslation } from "react-i18next";
import type { BackupState } from "../../../main/contract/backup.ts";
import { Button, cx, Icon, useFormat, type IconName } from "../../ui/index.ts";
import { useNow } from "../frame/use-now.ts";
import { useAge } from "./use-age.ts";
import { JobBar } from "./job-bar.tsx";
import styles from "./newest-copy.module.css";

type Look = { icon: IconName; tone: "good" | "wait" | "bad" };

/** The one thing an owner wants to know: how old the newest good copy is. And the key for one more. */
export function NewestCopy({
  state,
  onRun,
  isRunning,
}: {
  state: BackupState;
  onRun: () => void;
  isRunning: boolean;
}) {
  const { t } = useTranslation("backup");
  const format = useFormat();
  const age = useAge();
  const nowMs = useNow();
  const { newestAtMs, alarm, job } = state;
  const word = wordOf(state);
  const look = LOOK[word];
  const ageMs = newestAtMs === null ? 0 : nowMs - newestAtMs;
  return (
    <section className={cx(styles["newest"], styles[look.tone])} aria-labelledby="backup-newest">
      <Icon name={look.icon} size={40} className={styles["icon"]} />
      <div className={styles["words"]}>
        <h3 id="backup-newest" className={styles["label"]}>
          {t("newest.label")}
        </h3>
        {newestAtMs === null ? (
          <>
            <p className={styles["age"]}>{t("newest.none")}</p>
            <Below job={job} words={t(alarm === "late" ? "line.never" : "newest.noneMore")} />
          </>
        ) : (
          <>
            <p className={styles["age"]}>
              {ageMs < 60_000 ? t("newest.justNow") : t("newest.ago", { age: age(ageMs) })}
              <span className={styles["time"]}>{format.dateTime(newestAtMs)}</span>
            </p>
            <Below job={job} words={t(`newest.${word}`)} />
          </>
        )}
      </div>
      <Button
        variant="go"
        icon="download"
        isBusy={isRunning}
        isDisabled={job !== null && !isRunning}
        onPress={onRun}
      >
        {t("run.action")}
      </Button>
    </section>
  );
}

/** One line with one place: work under way, or what is known. */
function Below({ job, words }: { job: BackupState["job"]; words: string }) {
  return <div className={styles["below"]}>{job ? <JobBar job={job} /> : <p>{words}</p>}</div>;
}

const LOOK: Record<"verified" | "flagged" | "late" | "none", Look> = {
  verified: { icon: "checkCircle", tone: "good" },
  flagged: { icon: "alert", tone: "bad" },
  late: { icon: "alert", tone: "bad" },
  none: { icon: "clock", tone: "wait" },
};

function wordOf({ alarm, newestAtMs, copies }: BackupState): keyof typeof LOOK {
  if (alarm === "late") return "late";
  if (newestAtMs === null) return "none";
  const newest = copies.find(({ atMs }) => atMs === newestAtMs);
  return newest?.state === "flagged" ? "flagged" : "verified";
}
