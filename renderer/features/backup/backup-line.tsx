import { useTranslation } from "react-i18next";
import { FrameLine } from "../frame/frame-line.tsx";
import { useNow } from "../frame/use-now.ts";
import { useAge } from "./use-age.ts";
import { useRestoredToast } from "./restore/use-restored-toast.ts";
import { useBackup } from "./use-backup.ts";

/** A line across the frame while the books are not safe: red for that, amber for a disk that is away. */
export function BackupLine() {
  const { t } = useTranslation("backup");
  const age = useAge();
  const nowMs = useNow();
  const { state } = useBackup();
  useRestoredToast();
  if (state === null || state.alarm === null) return null;
  const { alarm, newestAtMs, second, problem } = state;
  const sinceMs = alarm === "secondAway" ? (second?.reachedAtMs ?? null) : newestAtMs;
  const key = alarm === "late" && newestAtMs === null ? "never" : alarm;
  const isCalm = alarm === "secondAway";
  return (
    <FrameLine
      tone={isCalm ? "calm" : "loud"}
      words="backup"
      icon={isCalm ? "cable" : "alert"}
      more={alarm === "late" && problem !== null && <span>{t(`problem.${problem}`)}</span>}
    >
      {t(`line.${key}`, { age: age(nowMs - (sinceMs ?? nowMs)) })}
    </FrameLine>
  );
}
