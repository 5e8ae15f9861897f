import { Button } from "react-aria-components/Button";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Select as AriaSelect, SelectValue } from "react-aria-components/Select";
import { Text } from "react-aria-components/Text";
import { cx } from "./cx.ts";
import styles from "./field.module.css";
import { Icon } from "./icon.tsx";

export interface SelectOption<V extends string> {
  value: V;
  label: string;
}

export function Select<V extends string>({
  label,
  options,
  value,
  onChange,
  hint,
  isDisabled = false,
  className,
}: {
  label: string;
  options: readonly SelectOption<V>[];
  value: V;
  onChange: (value: V) => void;
  hint?: string;
  isDisabled?: boolean;
  className?: string | undefined;
}) {
  return (
    <AriaSelect
      className={cx(styles["field"], className)}
      value={value}
      isDisabled={isDisabled}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen) onChange(chosen.value);
      }}
    >
      <Label className={styles["label"]}>{label}</Label>
      <Button className={cx(styles["input"], styles["select"])}>
        <SelectValue />
        <Icon name="down" size={18} />
      </Button>
      {hint !== undefined && (
        <Text slot="description" className={styles["hint"]}>
          {hint}
        </Text>
      )}
      <Popover className={styles["popover"]}>
        <ListBox>
          {options.map((option) => (
            <ListBoxItem
              key={option.value}
              id={option.value}
              textValue={option.label}
              className={styles["option"]}
            >
              {({ isSelected }) => (
                <>
                  <span>{option.label}</span>
                  {isSelected && <Icon name="check" size={18} />}
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
