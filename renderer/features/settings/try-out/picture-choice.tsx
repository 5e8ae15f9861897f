import type { ReactNode } from "react";
import { Label } from "react-aria-components/Label";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { Icon } from "../../../ui/index.ts";
import styles from "./try-out.module.css";

/** An answer by its picture: what is held beside the printer is what is tapped. */
export function PictureChoice<V extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: V | null;
  options: readonly { value: V; label: string; detail: string; picture: ReactNode }[];
  onChange: (value: V) => void;
}) {
  return (
    <RadioGroup
      className={styles["answers"]}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen) onChange(chosen.value);
      }}
    >
      <Label className={styles["answersLabel"]}>{label}</Label>
      {options.map((option) => (
        <Radio key={option.value} value={option.value} className={styles["answer"]}>
          <span className={styles["picture"]} aria-hidden="true">
            {option.picture}
          </span>
          <span className={styles["answerText"]}>
            <span className={styles["answerWord"]}>{option.label}</span>
            <span className={styles["answerDetail"]}>{option.detail}</span>
          </span>
          <span className={styles["answerMark"]} aria-hidden="true">
            <Icon name="check" size={20} />
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
