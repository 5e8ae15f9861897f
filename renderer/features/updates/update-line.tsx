import { useTranslation } from "react-i18next";
import type { UpdateState } from "../../../main/contract/updates.ts";
import { useAct } from "../../bridge/index.ts";
import { Button, cx, Icon } from "../../ui/index.ts";
import frame from "../frame/frame-line.module.css";
import styles from "./update-line.module.css";
import { useSecondsLeft } from "./use-seconds-left.ts";
import { useSetUpdates, useUpdates } from "./use-updates.ts";

/** A line across the frame while an update is about to begin: whoever is at the till may say not today. */
export function UpdateLine() {
  const { state } = useUpdates();
  if (state === null || (state.phase !== "counting" && state.phase !== "installing")) return null;
  return <Line state={state} />;
}

function Line({ state }: { state: UpdateState }) {
  const { t } = useTranslation("updates");
  const later = useAct("updates.postpone");
  const setUpdates = useSetUpdates();
  const count = useSecondsLeft(state.installsAtMs);
  const version = state.offered?.version ?? "";
  const isCounting = state.phase === "counting";
  return (
    <section className={cx(frame["row"], styles["line"])} aria-label={t("line.label")}>
      <Icon name="refresh" size={20} />
      {/* Told once, not every second. */}
      <span className={styles["what"]} role="timer" aria-live="off">
        {t(isCounting ? "line.counting" : "line.installing", { version, count })}
      </span>
      {isCounting && (
        <Button
          icon="clock"
          isBusy={later.isPending}
          onPress={() =>
            later.mutate(
              { until: "dayEnd", pin: null },
              { onSuccess: (answer) => setUpdates(answer.state) },
            )
          }
        >
          {t("line.later")}
        </Button>
      )}
    </section>
  );
}
