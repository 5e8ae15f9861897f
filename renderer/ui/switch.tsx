import { Switch as AriaSwitch } from "react-aria-components/Switch";
import styles from "./switch.module.css";

export function Switch({
  label,
  detail,
  isSelected,
  onChange,
  isDisabled = false,
}: {
  label: string;
  detail?: string;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  isDisabled?: boolean;
}) {
  return (
    <AriaSwitch
      className={styles["switch"]}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
    >
      <span className={styles["track"]}>
        <span className={styles["thumb"]} />
      </span>
      <span className={styles["text"]}>
        <span>{label}</span>
        {detail !== undefined && <span className={styles["detail"]}>{detail}</span>}
      </span>
    </AriaSwitch>
  );
}
