import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { OwedReceipt } from "../../../../main/contract/values.ts";
import { Button, RefusalNote } from "../../../ui/index.ts";
import { EMPTY_EXIT, isExitComplete } from "./exit-draft.ts";
import { ExitFields } from "./exit-fields.tsx";
import { EXIT_REASONS, FREE_DEFERRALS, type ExitKind } from "./exit-kind.ts";
import styles from "./exits.module.css";
import { useExit } from "./use-exit.ts";

/**
 * A decision instead of a print: two digits that differ every time, a reason, and what the exit needs
 * besides. Enter in a field sends it, but only when everything is filled in.
 */
export function ExitForm({
  kind,
  owed,
  onBack,
}: {
  kind: ExitKind;
  owed: OwedReceipt;
  onBack: () => void;
}) {
  const { t } = useTranslation("reminder");
  const exit = useExit(kind, owed.saleId);
  const [draft, setDraft] = useState(EMPTY_EXIT);
  const asks = {
    paperNo: kind === "handwritten",
    pin:
      kind === "defer" &&
      (owed.deferrals >= FREE_DEFERRALS || exit.error?.code === "MANAGER_NEEDED"),
  };
  const isComplete = isExitComplete(draft, asks);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isComplete || exit.isBusy) return;
    exit.send({
      digits: draft.digits,
      reason: draft.ownWords.trim() || t(`reason.${draft.chip}`),
      paperNo: draft.paperNo.trim(),
      pin: asks.pin ? draft.pin : null,
    });
  };

  return (
    <form className={styles["form"]} onSubmit={submit}>
      <h3 className={styles["formTitle"]}>{t(`exit.${kind}`)}</h3>
      <p className={styles["explain"]}>{t(`explain.${kind}`)}</p>
      <ExitFields
        draft={draft}
        change={(patch) => setDraft({ ...draft, ...patch })}
        totalMinor={owed.totalMinor}
        asks={asks}
        reasons={EXIT_REASONS[kind]}
      />
      {exit.error && <RefusalNote error={exit.error} />}
      <div className={styles["buttons"]}>
        <Button variant="quiet" icon="left" onPress={onBack} className={styles["back"]}>
          {t("backToPrint")}
        </Button>
        <Button
          type="submit"
          isDisabled={!isComplete}
          isBusy={exit.isBusy}
          className={styles["send"]}
        >
          {t(`send.${kind}`)}
        </Button>
      </div>
    </form>
  );
}
