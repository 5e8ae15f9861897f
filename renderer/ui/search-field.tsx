import type { Ref } from "react";
import { Button } from "react-aria-components/Button";
import { Input } from "react-aria-components/Input";
import { SearchField as AriaSearchField } from "react-aria-components/SearchField";
import { cx } from "./cx.ts";
import fieldStyles from "./field.module.css";
import { Icon } from "./icon.tsx";
import { KeyHint } from "./key-hint.tsx";
import styles from "./search-field.module.css";

/** One box to find things; Escape empties it. */
export function SearchField({
  label,
  clearLabel,
  placeholder,
  value,
  onChange,
  keyHint,
  inputRef,
  className,
}: {
  label: string;
  clearLabel: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  /** Shown while the box is empty. */
  keyHint?: string;
  inputRef?: Ref<HTMLInputElement>;
  className?: string | undefined;
}) {
  return (
    <AriaSearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      className={cx(styles["search"], className)}
    >
      <Icon name="search" className={styles["icon"]} />
      <Input
        ref={inputRef ?? null}
        className={cx(fieldStyles["input"], styles["input"])}
        placeholder={placeholder}
        maxLength={100}
        spellCheck="false"
        autoComplete="off"
      />
      {value === "" ? (
        keyHint !== undefined && (
          <span className={styles["hint"]}>
            <KeyHint>{keyHint}</KeyHint>
          </span>
        )
      ) : (
        <Button className={styles["clear"]} aria-label={clearLabel}>
          <Icon name="close" size={18} />
        </Button>
      )}
    </AriaSearchField>
  );
}
