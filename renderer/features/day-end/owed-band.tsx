import { useTranslation } from "react-i18next";
import { newRequestId, useAct, useSetStatus, useStatus } from "../../bridge/index.ts";
import { Button, Icon, RefusalNote, toast } from "../../ui/index.ts";
import styles from "./day-end.module.css";

/** Receipts still owed, and the one press that prints all of them. */
export function OwedBand() {
  const { t } = useTranslation("dayEnd");
  const setStatus = useSetStatus();
  const act = useAct("day.printOwed");
  const count = useStatus().owedCount;
  if (count === 0) return null;
  const printAll = () =>
    act.mutate(
      { requestId: newRequestId() },
      {
        onSuccess: ({ printing, needPerson, status }) => {
          setStatus(status);
          const look = needPerson > 0 ? t("printOwed.needPerson", { count: needPerson }) : null;
          toast(
            needPerson > 0 ? "wait" : "plain",
            printing > 0 ? t("printOwed.sent", { count: printing }) : t("printOwed.none"),
            look === null ? {} : { detail: look },
          );
        },
      },
    );
  return (
    <section className={styles["owed"]} aria-label={t("close.owedTitle", { count })}>
      <Icon name="alert" size={28} />
      <div className={styles["owedText"]}>
        <p className={styles["owedTitle"]}>{t("close.owedTitle", { count })}</p>
        {act.data && act.data.needPerson > 0 && (
          <p role="status">{t("printOwed.needPerson", { count: act.data.needPerson })}</p>
        )}
        {act.error && <RefusalNote error={act.error} />}
      </div>
      <Button variant="owed" icon="printer" isBusy={act.isPending} onPress={printAll}>
        {t("printOwed.action", { count })}
      </Button>
    </section>
  );
}
