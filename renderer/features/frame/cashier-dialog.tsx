import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { useAct, useSetStatus, useSettings, useStatus } from "../../bridge/index.ts";
import { Button, Dialog, RefusalNote } from "../../ui/index.ts";
import { useSell } from "../sell/sell-context.ts";
import styles from "./cashier.module.css";

/** Change of cashier: a tap, or the number beside the name. */
export function CashierDialog() {
  const { t } = useTranslation("common");
  const { cashiers } = useSettings();
  const { cashier } = useStatus();
  const setStatus = useSetStatus();
  const { dialog, setDialog } = useSell();
  const signIn = useAct("session.signIn");
  const isOpen = dialog === "cashier";
  const close = () => {
    signIn.reset();
    setDialog(null);
  };

  const choose = (name: string) =>
    signIn.mutate(
      { cashier: name },
      {
        onSuccess: ({ status }) => {
          setStatus(status);
          close();
        },
      },
    );
  const onDigit = useEffectEvent((digit: number) => {
    const name = cashiers[digit - 1];
    if (name !== undefined) choose(name);
  });

  useEffect(() => {
    if (!isOpen) return;
    const listener = (event: KeyboardEvent) => {
      const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
      if (digit !== undefined && !event.ctrlKey && !event.altKey) onDigit(Number(digit));
    };
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [isOpen]);

  return (
    <Dialog title={t("cashier.choose")} isOpen={isOpen} onClose={close} size="small">
      {signIn.error && <RefusalNote error={signIn.error} />}
      <ul className={styles["list"]}>
        {cashiers.map((name, index) => (
          <li key={name}>
            <Button
              className={styles["choice"]}
              icon="user"
              size="big"
              onPress={() => choose(name)}
              keyHint={index < 9 ? String(index + 1) : undefined}
            >
              <span>{name}</span>
              {name === cashier && <small className={styles["now"]}>{t("cashier.now")}</small>}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
