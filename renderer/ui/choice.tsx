import type { ReactNode } from "react";
import { Label } from "react-aria-components/Label";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import styles from "./choice.module.css";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";

export interface ChoiceOption<V extends string> {
  value: V;
  label: ReactNode;
  /** A second, quieter line. */
  detail?: string;
  icon?: IconName;
}

/** One of a few, all of them visible: segments beside each other, or cards. */
export function Choice<V extends string>({
  label,
  isLabelHidden = false,
  options,
  value,
  onChange,
  look = "segments",
  className,
}: {
  label: string;
  isLabelHidden?: boolean;
  options: readonly ChoiceOption<V>[];
  value: V | null;
  onChange: (value: V) => void;
  look?: "segments" | "cards" | "chips";
  className?: string | undefined;
}) {
  return (
    <RadioGroup
      className={cx(styles["group"], className)}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen) onChange(chosen.value);
      }}
      {...(isLabelHidden ? { "aria-label": label } : {})}
    >
      {!isLabelHidden && <Label className={styles["label"]}>{label}</Label>}
      <div className={cx(styles["options"], styles[look])}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className={styles["option"]}>
            {option.icon && <Icon name={option.icon} />}
            <span className={styles["text"]}>
              <span>{option.label}</span>
              {option.detail !== undefined && (
                <span className={styles["detail"]}>{option.detail}</span>
              )}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
