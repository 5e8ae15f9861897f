import { useTranslation } from "react-i18next";
import { Switch, TextField } from "../../ui/index.ts";
import styles from "./first-start.module.css";
import type { StepProps } from "./step.ts";

export function StepPeople({ draft, change, problems }: StepProps) {
  const { t } = useTranslation("setup");
  return (
    <div className={styles["fields"]}>
      <TextField
        className={styles["wide"]}
        label={t("people.cashiers")}
        hint={t("people.cashiersHint")}
        error={problems.includes("cashiers") ? t("problem.cashiers") : null}
        value={draft.cashiers}
        autoComplete="off"
        // oxlint-disable-next-line no-autofocus -- first field of a step that was just opened
        autoFocus
        onChange={(cashiers) => change({ cashiers })}
      />
      <TextField
        label={t("people.pin")}
        hint={t("people.pinHint")}
        error={problems.includes("pin") ? t("problem.pin") : null}
        type="password"
        inputMode="numeric"
        autoComplete="new-password"
        value={draft.pin}
        onChange={(pin) => change({ pin: pin.replaceAll(/\D/g, "").slice(0, 8) })}
        isNumeric
      />
      <div className={styles["wide"]}>
        <Switch
          label={t("people.sample")}
          detail={t("people.sampleDetail")}
          isSelected={draft.sampleCatalogue}
          onChange={(sampleCatalogue) => change({ sampleCatalogue })}
        />
      </div>
    </div>
  );
}
