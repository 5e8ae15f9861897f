import { useTranslation } from "react-i18next";
import { Choice } from "../../ui/index.ts";
import { PrinterPicker } from "../settings/printer/printer-picker.tsx";
import styles from "./first-start.module.css";
import type { StepProps } from "./step.ts";

const FIELDS = ["nothing", "host", "port", "path"] as const;

/** Any printer the settings know, and the practice printer to begin with. */
export function StepPrinter({ draft, change, problems }: StepProps) {
  const { t } = useTranslation("setup");
  const field = FIELDS.find((name) => problems.includes(name));
  return (
    <div className={styles["fields"]}>
      <div className={styles["wide"]}>
        <PrinterPicker
          label={t("printer.label")}
          form={draft.printer}
          onChange={(printer) => change({ printer })}
          problem={field === undefined ? null : { field, text: t(`problem.${field}`) }}
          current={null}
        />
      </div>
      <Choice
        className={styles["wide"]}
        label={t("printer.width")}
        look="cards"
        value={String(draft.widthMm)}
        onChange={(width) => change({ widthMm: width === "58" ? 58 : 80 })}
        options={[
          { value: "58", icon: "paper", label: "58 mm", detail: t("printer.width58") },
          { value: "80", icon: "paper", label: "80 mm", detail: t("printer.width80") },
        ]}
      />
    </div>
  );
}
