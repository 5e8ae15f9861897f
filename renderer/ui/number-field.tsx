import { Button } from "react-aria-components/Button";
import { FieldError } from "react-aria-components/FieldError";
import { Group } from "react-aria-components/Group";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
} from "react-aria-components/NumberField";
import { Text } from "react-aria-components/Text";
import { cx } from "./cx.ts";
import styles from "./field.module.css";
import { Icon } from "./icon.tsx";

export interface NumberFieldProps extends Omit<
  AriaNumberFieldProps,
  "children" | "className" | "style"
> {
  label: string;
  hint?: string;
  error?: string | null | undefined;
  className?: string | undefined;
}

export function NumberField({ label, hint, error, className, ...props }: NumberFieldProps) {
  const isInvalid = error !== undefined && error !== null;
  return (
    <AriaNumberField {...props} isInvalid={isInvalid} className={cx(styles["field"], className)}>
      <Label className={styles["label"]}>{label}</Label>
      <Group className={styles["stepper"]}>
        <Button slot="decrement" className={styles["step"]}>
          <Icon name="minus" />
        </Button>
        <Input className={cx(styles["input"], styles["numeric"])} />
        <Button slot="increment" className={styles["step"]}>
          <Icon name="plus" />
        </Button>
      </Group>
      {isInvalid ? (
        <FieldError className={styles["error"]}>{error}</FieldError>
      ) : (
        hint !== undefined && (
          <Text slot="description" className={styles["hint"]}>
            {hint}
          </Text>
        )
      )}
    </AriaNumberField>
  );
}
