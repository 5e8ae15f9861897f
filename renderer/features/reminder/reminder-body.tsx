import { useEffectEvent, useLayoutEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OwedReceipt } from "../../../main/contract/values.ts";
import { newRequestId, useAct, useSetStatus, useStatus } from "../../bridge/index.ts";
import { cx, RefusalNote } from "../../ui/index.ts";
import { ExitForm } from "./exits/exit-form.tsx";
import { ExitList } from "./exits/exit-list.tsx";
import type { ExitKind } from "./exits/exit-kind.ts";
import { MainAction } from "./main-action.tsx";
import { CausePicture } from "./pictures/cause-picture.tsx";
import { PrintingNow } from "./printing-now.tsx";
import styles from "./reminder-body.module.css";
import type { Seen } from "./seen.ts";

/** What to do: the picture and the sentence, the one big key, and the ways out that cost a reason. */
export function ReminderBody({ owed }: { owed: OwedReceipt }) {
  const { t } = useTranslation(["reminder", "causes"]);
  const { progress, printer } = useStatus();
  const setStatus = useSetStatus();
  const print = useAct("receipt.print");
  const [exit, setExit] = useState<ExitKind | null>(null);
  const isMoving = owed.state === "due" || owed.state === "printing";

  const start = (seen: Seen) => {
    if (print.isPending) return;
    setExit(null);
    print.mutate(
      { requestId: newRequestId(), saleId: owed.saleId, seen },
      { onSuccess: ({ status }) => setStatus(status) },
    );
  };
  // F9 is the big key. Not while blocked: the printer goes on by itself, and clearing it is a choice.
  const onPrintKey = useEffectEvent(() => {
    if (owed.state === "failed") start(null);
    if (owed.state === "unknown") start("nothing");
  });

  // Before the sheet is painted: whoever sees it may press at once.
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.code !== "F9" || event.repeat) return;
      event.preventDefault();
      onPrintKey();
    };
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);

  if (isMoving)
    return (
      <PrintingNow
        saleId={owed.saleId}
        progress={progress?.saleId === owed.saleId ? progress : null}
      />
    );
  // What stops the printer now, not what stopped it then: one trouble often hides another.
  const known = (owed.state === "failed" ? printer.cause : null) ?? owed.cause;
  const cause = known ?? "unknown";
  return (
    <div className={styles["body"]}>
      <div className={cx(styles["fix"], exit !== null && styles["aside"])}>
        <div className={styles["picture"]}>
          <CausePicture cause={known} state={owed.state} />
        </div>
        <div>
          <p className={styles["cause"]}>{t(`causes:${cause}.name`)}</p>
          <p id="reminder-fix" className={styles["sentence"]}>
            {owed.state === "unknown"
              ? t("question", { saleId: owed.saleId })
              : t(`causes:${cause}.fix`)}
          </p>
          {owed.state === "unknown" && <p className={styles["more"]}>{t("questionHint")}</p>}
        </div>
      </div>
      {print.error && <RefusalNote error={print.error} />}
      {exit === null ? (
        <>
          <MainAction owed={owed} isBusy={print.isPending} onPrint={start} onExit={setExit} />
          <ExitList owed={owed} onExit={setExit} />
        </>
      ) : (
        <ExitForm key={exit} kind={exit} owed={owed} onBack={() => setExit(null)} />
      )}
    </div>
  );
}
