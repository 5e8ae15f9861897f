import { useTranslation } from "react-i18next";
import { cx, Icon } from "../../ui/index.ts";
import styles from "./first-start.module.css";

const STEPS = ["shop", "printer", "people"] as const;

export function Steps({ current, onGo }: { current: number; onGo: (step: number) => void }) {
  const { t } = useTranslation("setup");
  return (
    <ol className={styles["steps"]}>
      {STEPS.map((step, index) => (
        <li key={step} aria-current={index === current ? "step" : undefined}>
          <button
            type="button"
            className={cx(styles["step"], index === current && styles["stepHere"])}
            disabled={index >= current}
            onClick={() => onGo(index)}
          >
            <span className={styles["stepMark"]}>
              {index < current ? <Icon name="check" size={16} /> : index + 1}
            </span>
            {t(`step.${step}`)}
          </button>
        </li>
      ))}
    </ol>
  );
}
