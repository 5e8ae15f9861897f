import { useTranslation } from "react-i18next";
import type { UpdateState } from "../../../main/contract/updates.ts";
import { useAct } from "../../bridge/index.ts";
import { Button, cx, Icon, RefusalNote, toast, useFormat } from "../../ui/index.ts";
import styles from "./updates-section.module.css";
import { useSetUpdates } from "./use-updates.ts";

/** What runs now, and when somebody last asked for something newer. */
export function ThisVersion({ state }: { state: UpdateState }) {
  const { t } = useTranslation("updates");
  const format = useFormat();
  const act = useAct("updates.check");
  const setUpdates = useSetUpdates();
  const { version, looks, checkedAtMs, problem, phase } = state;
  const isNewest = looks === "here" && checkedAtMs !== null && state.offered === null && !problem;
  const isBusy = act.isPending || phase === "checking";
  const check = () =>
    act.mutate(
      {},
      {
        onSuccess: (answer) => {
          setUpdates(answer.state);
          if (answer.state.problem === null)
            toast("go", t(answer.state.offered ? "done.found" : "done.newest"));
        },
      },
    );
  return (
    <section className={styles["card"]} aria-labelledby="updates-now">
      <div className={styles["row"]}>
        <div>
          <h3 id="updates-now" className={styles["small"]}>
            {t("now.label")}
          </h3>
          <p className={styles["version"]}>{t("now.version", { version })}</p>
          {looks === "here" ? (
            <p className={styles["fact"]}>
              <Icon name={isNewest ? "checkCircle" : "clock"} size={20} />
              <span>
                {isNewest && <b>{t("now.newest")} · </b>}
                {checkedAtMs === null
                  ? t("now.never")
                  : t("now.checked", { time: format.dateTime(checkedAtMs) })}
              </span>
            </p>
          ) : (
            <p className={styles["fact"]}>
              <Icon name="offline" size={20} />
              {t(`now.${looks}`)}
            </p>
          )}
        </div>
        {looks === "here" && (
          <Button icon="refresh" isBusy={isBusy} onPress={check}>
            {t("check.action")}
          </Button>
        )}
      </div>
      {act.error && <RefusalNote error={act.error} />}
      {problem && (
        <p className={cx(styles["fact"], styles["trouble"])} role="status">
          <Icon name={problem === "offline" ? "offline" : "alert"} size={20} />
          {t(`problem.${problem}`)}
        </p>
      )}
    </section>
  );
}
