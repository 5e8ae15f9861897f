import { useTranslation } from "react-i18next";
import { Choice, NumberField, TextField } from "../../ui/index.ts";
import styles from "./first-start.module.css";
import type { StepProps } from "./step.ts";

export function StepPrinter({ draft, change, problems }: StepProps) {
  const { t } = useTranslation("setup");
  return (
    <div className={styles["fields"]}>
      <Choice
        className={styles["wide"]}
        label={t("printer.label")}
        look="cards"
        value={draft.printerKind}
        onChange={(printerKind) => change({ printerKind })}
        options={[
          {
            value: "practice",
            icon: "printer",
            label: t("printer.practice"),
            detail: t("printer.practiceDetail"),
          },
          { value: "tcp", icon: "cable", label: t("printer.tcp"), detail: t("printer.tcpDetail") },
        ]}
      />
      {draft.printerKind === "tcp" && (
        <>
          <TextField
            label={t("printer.host")}
            placeholder="192.168.1.87"
            error={problems.includes("host") ? t("problem.host") : null}
            value={draft.host}
            onChange={(host) => change({ host })}
            autoComplete="off"
          />
          <NumberField
            label={t("printer.port")}
            error={problems.includes("port") ? t("problem.port") : null}
            value={draft.port}
            minValue={1}
            maxValue={65_535}
            formatOptions={{ useGrouping: false }}
            onChange={(port) => change({ port })}
          />
        </>
      )}
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
