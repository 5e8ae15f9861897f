import styles from "../../ui/field.module.css";

/** A time of day as `HH:MM`, or "" for none. */
export function TimeField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <input
      type="time"
      aria-label={label}
      className={styles["input"]}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
