import type { HTMLAttributes, ReactNode, Ref } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextArea } from "react-aria-components/TextArea";
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from "react-aria-components/TextField";
import { cx } from "./cx.ts";
import styles from "./field.module.css";

export interface TextFieldProps extends Omit<
  AriaTextFieldProps,
  "children" | "className" | "style"
> {
  label: string;
  /** Under the field, always there. */
  hint?: ReactNode;
  /** Replaces the hint and marks the field. */
  error?: string | null | undefined;
  placeholder?: string;
  inputMode?: HTMLAttributes<HTMLInputElement>["inputMode"];
  isMultiline?: boolean;
  /** Digits in tabular figures, right-aligned. */
  isNumeric?: boolean;
  className?: string | undefined;
  inputRef?: Ref<HTMLInputElement>;
}

export function TextField({
  label,
  hint,
  error,
  placeholder,
  inputMode,
  isMultiline = false,
  isNumeric = false,
  className,
  inputRef,
  ...props
}: TextFieldProps) {
  const inputClass = cx(styles["input"], isNumeric && styles["numeric"]);
  return (
    <AriaTextField
      {...props}
      isInvalid={error !== undefined && error !== null}
      className={cx(styles["field"], className)}
    >
      <Label className={styles["label"]}>{label}</Label>
      {isMultiline ? (
        <TextArea
          className={cx(inputClass, styles["area"])}
          rows={3}
          {...(placeholder === undefined ? {} : { placeholder })}
        />
      ) : (
        <Input
          className={inputClass}
          {...(inputRef === undefined ? {} : { ref: inputRef })}
          {...(placeholder === undefined ? {} : { placeholder })}
          {...(inputMode === undefined ? {} : { inputMode })}
        />
      )}
      {error !== undefined && error !== null ? (
        <FieldError className={styles["error"]}>{error}</FieldError>
      ) : (
        hint !== undefined && (
          <Text slot="description" className={styles["hint"]}>
            {hint}
          </Text>
        )
      )}
    </AriaTextField>
  );
}
