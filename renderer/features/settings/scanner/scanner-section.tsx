import { useTranslation } from "react-i18next";
import { Choice } from "../../../ui/index.ts";
import { SaveBar } from "../save-bar.tsx";
import styles from "../settings.module.css";
import { useOwnerDraft } from "../use-owner-draft.ts";
import { TryScanner } from "./try-scanner.tsx";

/** The scanner of this PC, and what the labels of the shop's scales say. */
export function ScannerSection() {
  const { t } = useTranslation("settings");
  const draft = useOwnerDraft();
  const { scaleLabels } = draft.value;
  return (
    <>
      <div className={styles["form"]}>
        <TryScanner />
        <Choice
          label={t("scanner.scale")}
          look="cards"
          value={scaleLabels.holds}
          onChange={(holds) => draft.change({ scaleLabels: { ...scaleLabels, holds } })}
          options={(["price", "weight"] as const).map((value) => ({
            value,
            label: t(`scanner.holds.${value}`),
            detail: t(`scanner.holdsNote.${value}`),
          }))}
        />
      </div>
      <SaveBar draft={draft} />
    </>
  );
}
