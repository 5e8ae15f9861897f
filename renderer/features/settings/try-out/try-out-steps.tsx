import { useTranslation } from "react-i18next";
import { cx, Icon } from "../../../ui/index.ts";
import { isAnswered, type Findings, type TryOutStep } from "./try-out.ts";
import styles from "./try-out.module.css";

/** Where one is; answered steps, and the first open one, can be gone to directly. */
export function TryOutSteps({
  steps,
  current,
  findings,
  onGo,
}: {
  steps: readonly TryOutStep[];
  current: TryOutStep;
  findings: Findings;
  onGo: (step: TryOutStep) => void;
}) {
  const { t } = useTranslation("settings");
  const firstOpen = steps.findIndex((step) => !isAnswered(step, findings));
  return (
    <ol className={styles["steps"]} aria-label={t("tryOut.stepsLabel")}>
      {steps.map((step, index) => {
        const isHere = step === current;
        const isDone = isAnswered(step, findings);
        return (
          <li key={step} aria-current={isHere ? "step" : undefined}>
            <button
              type="button"
              className={cx(
                styles["step"],
                isHere && styles["stepHere"],
                isDone && styles["stepDone"],
              )}
              disabled={!isDone && index > firstOpen}
              onClick={() => onGo(step)}
            >
              <span className={styles["stepMark"]}>
                {isDone ? <Icon name="check" size={16} /> : index + 1}
              </span>
              <span>{t(`tryOut.step.${step}`)}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
