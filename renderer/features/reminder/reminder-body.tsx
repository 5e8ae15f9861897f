import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OwedReceipt } from "../../../main/contract/values.ts";
import { useStatus } from "../../bridge/index.ts";
import { cx, RefusalNote } from "../../ui/index.ts";
import { useStatusWords } from "../frame/status-words.ts";
import { ExitForm } from "./exits/exit-form.tsx";
import { ExitList } from "./exits/exit-list.tsx";
import type { ExitKind } from "./exits/exit-kind.ts";
import { holderOf } from "./failover.ts";
import { MainAction } from "./main-action.tsx";
import { CausePicture } from "./pictures/cause-picture.tsx";
import { PrintingNow } from "./printing-now.tsx";
import styles from "./reminder-body.module.css";
import { usePrinting } from "./use-printing.ts";

/** What to do: the picture and the sentence, the big keys, and the ways out that cost a reason. */
export function ReminderBody({ owed }: { owed: OwedReceipt }) {
  const { progress } = useStatus();
  const [exit, setExit] = useState<ExitKind | null>(null);
  const { ways, answer, say, print, busy, error } = usePrinting(owed, () => setExit(null));

  if (owed.state === "due" || owed.state === "printing")
    return (
      <PrintingNow
        saleId={owed.saleId}
        progress={progress?.saleId === owed.saleId ? progress : null}
      />
    );
  return (
    <div className={styles["body"]}>
      <Fix owed={owed} isAside={exit !== null} />
      {error && <RefusalNote error={error} />}
      {exit === null ? (
        <>
          <MainAction
            owed={owed}
            ways={ways}
            answer={answer}
            busy={busy}
            onAnswer={say}
            onPrint={print}
            onYes={() => setExit("seen")}
          />
          <ExitList owed={owed} onExit={setExit} />
        </>
      ) : (
        <ExitForm key={exit} kind={exit} owed={owed} onBack={() => setExit(null)} />
      )}
    </div>
  );
}

/** Cause and fix, or the question, beside its picture. */
function Fix({ owed, isAside }: { owed: OwedReceipt; isAside: boolean }) {
  const { t } = useTranslation(["reminder", "causes"]);
  const status = useStatus();
  const words = useStatusWords();
  const holder = holderOf(owed, status);
  // What stops the printer now, not what stopped it then: one trouble often hides another.
  const known = (owed.state === "failed" ? status.printer.cause : null) ?? owed.cause;
  const cause = known ?? "unknown";
  return (
    <div className={cx(styles["fix"], isAside && styles["aside"])}>
      <div className={styles["picture"]}>
        <CausePicture cause={known} state={owed.state} />
      </div>
      <div>
        <p className={styles["cause"]}>
          {holder.slot === "backup" && `${words(holder).name} · `}
          {t(`causes:${cause}.name`)}
        </p>
        <p id="reminder-fix" className={styles["sentence"]}>
          {owed.state === "unknown"
            ? t("question", { saleId: owed.saleId })
            : t(`causes:${cause}.fix`)}
        </p>
        {owed.state === "unknown" && <p className={styles["more"]}>{t("questionHint")}</p>}
      </div>
    </div>
  );
}
