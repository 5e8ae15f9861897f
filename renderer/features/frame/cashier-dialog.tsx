import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { useAct, useSetStatus, useSettings, useStatus } from "../../bridge/index.ts";
import { Button, Dialog, RefusalNote } from "../../ui/index.ts";
import { characterOf } from "../sell/scanner/physical-keys.ts";
import { waitForMore, wasScannedSince } from "../sell/scanner/scan-watch.ts";
import { useSell } from "../sell/sell-context.ts";
import styles from "./cashier.module.css";

/** Longer than the slowest scanner waits between two characters. */
const ALONE_MS = 300;

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
    let timer: ReturnType<typeof setTimeout> | null = null;
    let typedMs = -Infinity;
    const listener = (event: KeyboardEvent) => {
      // A digit among others belongs to a scanned code and chooses nobody.
      if (timer !== null) clearTimeout(timer);
      timer = null;
      const character = characterOf(event);
      const isAlone = event.timeStamp - typedMs > ALONE_MS;
      if (character !== null) typedMs = event.timeStamp;
      if (!isAlone) return;
      if (character === null || !/[1-9]/.test(character) || event.ctrlKey || event.altKey) return;
      timer = setTimeout(() => {
        if (!wasScannedSince(event.timeStamp)) onDigit(Number(character));
      }, waitForMore());
    };
    window.addEventListener("keydown", listener);
    return () => {
      if (timer !== null) clearTimeout(timer);
      window.removeEventListener("keydown", listener);
    };
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
