import { useId } from "react";
import { cx } from "./cx.ts";
import styles from "./field.module.css";

/** One day as `YYYY-MM-DD`, or "" for none; the system's own calendar. */
export function DateField({
  label,
  value,
  onChange,
  max,
  className,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Latest day that can be chosen, `YYYY-MM-DD`. */
  max?: string;
  className?: string | undefined;
}) {
  const id = useId();
  return (
    <div className={cx(styles["field"], className)}>
      <label className={styles["label"]} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="date"
        className={styles["input"]}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...(max === undefined ? {} : { max })}
      />
    </div>
  );
}
