import { useTranslation } from "react-i18next";
import { Choice, TextField, useFormat } from "../../../ui/index.ts";
import { digitsOnly, type ExitDraft } from "./exit-draft.ts";
import styles from "./exits.module.css";

export function ExitFields({
  draft,
  change,
  totalMinor,
  asks,
  reasons,
}: {
  draft: ExitDraft;
  change: (patch: Partial<ExitDraft>) => void;
  totalMinor: number;
  asks: { paperNo: boolean; pin: boolean };
  reasons: readonly string[];
}) {
  const { t } = useTranslation("reminder");
  const format = useFormat();
  return (
    <>
      <div className={styles["fields"]}>
        <TextField
          label={t("digits", { amount: format.money(totalMinor) })}
          className={styles["digits"]}
          value={draft.digits}
          onChange={(value) => change({ digits: digitsOnly(value, 2) })}
          inputMode="numeric"
          autoComplete="off"
          autoFocus
          isNumeric
        />
        {asks.paperNo && (
          <TextField
            label={t("paperNo")}
            value={draft.paperNo}
            onChange={(value) => change({ paperNo: value.slice(0, 40) })}
            autoComplete="off"
          />
        )}
        {asks.pin && (
          <TextField
            label={t("pin")}
            type="password"
            value={draft.pin}
            onChange={(value) => change({ pin: digitsOnly(value, 8) })}
            inputMode="numeric"
            autoComplete="off"
            isNumeric
          />
        )}
      </div>
      <Choice
        label={t("reasonLabel")}
        look="chips"
        value={draft.ownWords.trim() === "" ? draft.chip : null}
        onChange={(chip) => change({ chip, ownWords: "" })}
        options={reasons.map((name) => ({ value: name, label: t(`reason.${name}`) }))}
      />
      <TextField
        label={t("ownWords")}
        value={draft.ownWords}
        onChange={(value) => change({ ownWords: value.slice(0, 200) })}
        autoComplete="off"
      />
    </>
  );
}
