import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CallRefused } from "../bridge/call.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Keypad } from "./keypad.tsx";
import styles from "./pin-dialog.module.css";
import { RefusalNote } from "./refusal-note.tsx";
import { TextField } from "./text-field.tsx";

const PIN = /^\d{4,8}$/;
const MAX_DIGITS = 8;

/** True for what can be a manager's PIN: four to eight digits. */
export function isPin(text: string): boolean {
  return PIN.test(text);
}

/** Asks for the manager's PIN, by keyboard or by finger. Closing it means no. */
export function PinDialog({
  isOpen,
  lead,
  confirm,
  isBusy,
  error,
  onPin,
  onClose,
  children,
}: {
  isOpen: boolean;
  /** What the manager agrees to. */
  lead: string;
  confirm: string;
  isBusy: boolean;
  /** Why the last PIN did not do. */
  error: CallRefused | null;
  onPin: (pin: string) => void;
  onClose: () => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation(["settings", "common"]);
  return (
    <Dialog title={t("pin.title")} size="small" isOpen={isOpen} onClose={onClose}>
      {/* Mounted anew each time, so that no PIN stays behind. */}
      {isOpen && (
        <PinForm lead={lead} confirm={confirm} isBusy={isBusy} error={error} onPin={onPin}>
          {children}
        </PinForm>
      )}
    </Dialog>
  );
}

function PinForm({
  lead,
  confirm,
  isBusy,
  error,
  onPin,
  children,
}: {
  lead: string;
  confirm: string;
  isBusy: boolean;
  error: CallRefused | null;
  onPin: (pin: string) => void;
  children?: ReactNode;
}) {
  const [pin, setPin] = useState("");
  const submit = () => {
    if (!isPin(pin) || isBusy) return;
    onPin(pin);
    // A wrong one is typed anew; a right one must not stay.
    setPin("");
  };
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>{lead}</p>
      {children}
      <PinField value={pin} onChange={setPin} autoFocus />
      <Keypad
        className={styles["keypad"]}
        hasPoint={false}
        onText={(text) => setPin(`${pin}${text}`.slice(0, MAX_DIGITS))}
        onBackspace={() => setPin(pin.slice(0, -1))}
      />
      {error && <RefusalNote error={error} />}
      <Button variant="go" size="big" type="submit" isBusy={isBusy} isDisabled={!isPin(pin)}>
        {confirm}
      </Button>
    </form>
  );
}

/** A field for a PIN: digits only, never shown, never remembered by the browser. */
export function PinField({
  value,
  onChange,
  label,
  error,
  autoFocus = false,
  onEnter,
}: {
  value: string;
  onChange: (pin: string) => void;
  label?: string;
  error?: string | null;
  autoFocus?: boolean;
  /** In place of what Enter does in the form around it. */
  onEnter?: () => void;
}) {
  const { t } = useTranslation("settings");
  return (
    <TextField
      label={label ?? t("pin.field")}
      hint={t("pin.hint")}
      error={error}
      type="password"
      inputMode="numeric"
      autoComplete="off"
      value={value}
      maxLength={MAX_DIGITS}
      onChange={(text) => onChange(text.replace(/\D/g, ""))}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !onEnter) return event.continuePropagation();
        event.preventDefault();
        onEnter();
      }}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the only thing asked in its dialog
      autoFocus={autoFocus}
    />
  );
}
