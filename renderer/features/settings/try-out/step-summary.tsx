import { useTranslation } from "react-i18next";
import { useSettings } from "../../../bridge/index.ts";
import { Button, Icon, Switch } from "../../../ui/index.ts";
import { isQueue } from "../printer/printer-form.ts";
import type { StepProps } from "./step.ts";
import styles from "./try-out.module.css";
import { isAnswered, stepsOf, widthOf, type Findings, type TryOutStep } from "./try-out.ts";

/** Everything that was found, on one slip, before it is kept. */
export function StepSummary({ slot, printer, tryOut, fitsWidth, onFitsWidth }: StepProps) {
  const { t } = useTranslation("settings");
  const { widthMm } = useSettings();
  const { findings } = tryOut;
  const { columns } = findings;
  const word = useFindingWords();
  const questions = stepsOf(printer, findings).filter((step) => step !== "summary");
  const isOtherWidth = columns !== null && widthOf(columns) !== widthMm;
  return (
    <section className={styles["summary"]} aria-labelledby="try-out-summary">
      <h3 id="try-out-summary" className={styles["question"]}>
        {t("tryOut.summary.title")}
      </h3>
      <ul className={styles["found"]}>
        {isQueue(printer) && (
          <li>
            <Icon name="user" size={20} />
            <span className={styles["foundWord"]}>{t("printer.proof.queue")}</span>
          </li>
        )}
        {questions.map((step) => (
          <li key={step}>
            <Icon name={isAnswered(step, findings) ? "check" : "question"} size={20} />
            <span className={styles["foundWord"]}>
              {isAnswered(step, findings) ? word(step, findings) : t("tryOut.summary.open")}
            </span>
            <Button
              size="small"
              variant="quiet"
              icon="pencil"
              aria-label={t("tryOut.summary.change", { what: t(`tryOut.step.${step}`) })}
              onPress={() => tryOut.go(step)}
            >
              {t(`tryOut.step.${step}`)}
            </Button>
          </li>
        ))}
      </ul>
      {isOtherWidth && slot === "receipt" && (
        <Switch
          label={t("tryOut.summary.fitWidth", { mm: widthOf(columns) })}
          detail={t("tryOut.summary.fitWidthMore", { mm: widthMm, columns })}
          isSelected={fitsWidth}
          onChange={onFitsWidth}
        />
      )}
      {isOtherWidth && slot === "backup" && (
        <p className={styles["queue"]}>
          <Icon name="alert" size={20} />
          {t("tryOut.summary.otherWidth", { mm: widthMm, columns })}
        </p>
      )}
    </section>
  );
}

/** One finding as a sentence. */
function useFindingWords() {
  const { t } = useTranslation("settings");
  return (step: TryOutStep, findings: Findings): string => {
    switch (step) {
      case "reach": {
        const fence = findings.reach?.answers === true ? findings.reach.fence : "none";
        return t(`printer.meaning.${fence}`);
      }
      case "cover":
        return t(`tryOut.summary.cover.${findings.cover ?? "skipped"}`);
      case "width":
        return t("printer.can.columns", { count: findings.columns ?? 0 });
      case "chinese":
        return t(`printer.can.chinese.${findings.chinese ?? "font"}`);
      case "cutter":
        return t(findings.cutter === true ? "printer.can.cuts" : "printer.can.tear");
      case "drawer":
        return t(`printer.can.drawer.${findings.drawer ?? "none"}`);
      case "summary":
        return "";
    }
  };
}
