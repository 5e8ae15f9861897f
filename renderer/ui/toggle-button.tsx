import type { ReactNode } from "react";
import { ToggleButton as AriaToggleButton } from "react-aria-components/ToggleButton";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";
import styles from "./toggle-button.module.css";

export function ToggleButton({
  children,
  icon,
  isSelected,
  onChange,
  className,
}: {
  children: ReactNode;
  icon?: IconName;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  className?: string | undefined;
}) {
  return (
    <AriaToggleButton
      className={cx(styles["toggle"], className)}
      isSelected={isSelected}
      onChange={onChange}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </AriaToggleButton>
  );
}
