import { useTranslation } from "react-i18next";
import type { BackupState } from "../../../main/contract/backup.ts";
import { newRequestId, useAct } from "../../bridge/index.ts";
import { Button, cx, Icon, RefusalNote, toast, useFormat } from "../../ui/index.ts";
import styles from "./backup-section.module.css";
import { useSetBackup } from "./use-backup.ts";

/** Whether a restore would work: tried every month, and on demand. */
export function DrillCard({ state }: { state: BackupState }) {
  const { t } = useTranslation("backup");
  const act = useAct("backup.drill");
  const setBackup = useSetBackup();
  const { drill, copies, job } = state;
  const run = () =>
    act.mutate(
      { requestId: newRequestId() },
      {
        onSuccess: (answer) => {
          setBackup(answer.state);
          if (answer.state.drill?.problem === null) toast("go", t("drill.done"));
        },
      },
    );
  return (
    <section className={styles["card"]} aria-labelledby="backup-drill">
      <h3 id="backup-drill" className={styles["cardTitle"]}>
        {t("drill.title")}
      </h3>
      <p className={styles["lead"]}>{t("drill.lead")}</p>
      <DrillResult drill={drill} />
      {act.error && <RefusalNote error={act.error} />}
      <div>
        <Button
          icon="refresh"
          isBusy={act.isPending}
          isDisabled={copies.length === 0 || (job !== null && !act.isPending)}
          onPress={run}
        >
          {t("drill.action")}
        </Button>
      </div>
    </section>
  );
}

function DrillResult({ drill }: Pick<BackupState, "drill">) {
  const { t } = useTranslation("backup");
  const format = useFormat();
  if (drill === null)
    return (
      <p className={styles["fact"]}>
        <Icon name="clock" size={20} />
        {t("drill.never")}
      </p>
    );
  const date = format.date(drill.atMs);
  const isGood = drill.problem === null;
  return (
    <>
      <p className={cx(styles["fact"], styles[isGood ? "good" : "bad"])}>
        <Icon name={isGood ? "checkCircle" : "alert"} size={20} />
        <span>
          {isGood ? t("drill.last", { date, sales: drill.sales }) : t("drill.failed", { date })}
          {drill.problem !== null && <small>{t(`problem.${drill.problem}`)}</small>}
        </span>
      </p>
      {drill.damaged > 0 && (
        <p className={cx(styles["fact"], styles["bad"])}>
          <Icon name="alert" size={20} />
          {t("drill.damaged", { count: drill.damaged })}
        </p>
      )}
    </>
  );
}
