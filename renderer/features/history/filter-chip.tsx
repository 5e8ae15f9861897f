import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { Dialog as AriaDialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { useModalMark } from "../../ui/modal-stack.ts";
import { cx, Icon, type IconName } from "../../ui/index.ts";
import styles from "./filter-chip.module.css";

/** A part of the search that opens when it is pressed. Closed, it says what it is set to. */
export function FilterChip({
  label,
  value,
  icon,
  children,
}: {
  label: string;
  /** What it is set to, in a word or two; null: nothing. */
  value: string | null;
  icon: IconName;
  children: (close: () => void) => ReactNode;
}) {
  return (
    <DialogTrigger>
      <Button
        className={cx(styles["chip"], value !== null && styles["set"])}
        aria-label={value === null ? label : `${label}: ${value}`}
      >
        {value === null && <Icon name={icon} size={18} />}
        <span className={styles["text"]}>{value ?? label}</span>
      </Button>
      <Popover className={styles["popover"]} placement="bottom start">
        <AriaDialog aria-label={label} className={styles["dialog"]}>
          {({ close }) => <Open>{children(close)}</Open>}
        </AriaDialog>
      </Popover>
    </DialogTrigger>
  );
}

/** While it is open, keys and scans belong to it. */
function Open({ children }: { children: ReactNode }) {
  useModalMark(true);
  return children;
}
