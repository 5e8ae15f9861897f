import type { ReactNode, Ref } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
} from "react-aria-components/Button";
import styles from "./button.module.css";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";
import { KeyHint } from "./key-hint.tsx";
import { Spinner } from "./spinner.tsx";

export type ButtonVariant = "plain" | "go" | "owed" | "quiet" | "outline";

export interface ButtonProps extends Omit<AriaButtonProps, "children" | "className" | "style"> {
  children?: ReactNode;
  /** `go` at most once per view; `owed` is kept for printing an owed receipt. */
  variant?: ButtonVariant;
  size?: "normal" | "big" | "small";
  icon?: IconName;
  /** Shown on the button and announced through `aria-keyshortcuts`. */
  keyHint?: string | undefined;
  /** Turns the icon into a spinner; the button keeps its look and does nothing. */
  isBusy?: boolean;
  className?: string | undefined;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  children,
  variant = "plain",
  size = "normal",
  icon,
  keyHint,
  isBusy = false,
  className,
  ...props
}: ButtonProps) {
  return (
    <AriaButton
      {...props}
      // Not React Aria's `isPending`: its announcement outlives the button and then names nothing.
      isDisabled={isBusy || props.isDisabled === true}
      {...(keyHint === undefined ? {} : { "aria-keyshortcuts": keyHint })}
      className={cx(
        styles["button"],
        styles[variant],
        styles[size],
        isBusy && styles["busy"],
        className,
      )}
    >
      {isBusy ? (
        <Spinner size={18} />
      ) : (
        icon && <Icon name={icon} size={size === "big" ? 24 : 20} />
      )}
      {children !== undefined && <span className={styles["label"]}>{children}</span>}
      {keyHint !== undefined && <KeyHint>{keyHint}</KeyHint>}
    </AriaButton>
  );
}
