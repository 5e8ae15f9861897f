import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { formatQuantity } from "../../../../main/domain/money.ts";
import { nameOf } from "../../../../main/domain/receipt/layout.ts";
import { useSettings } from "../../../bridge/index.ts";
import { Button, Dialog, useFormat } from "../../../ui/index.ts";
import { useSell } from "../sell-context.ts";
import type { Doubt } from "./doubts.ts";
import styles from "./pay-form.module.css";

/** No scanner sends it, and it completes nothing anywhere else: a key that is stuck or typed ahead says "no". */
const YES_KEY = "F10";

/** Asks about a payment that can hardly be meant. Enter and Esc go back; only a key of its own completes. */
export function DoubtDialog() {
  const { t } = useTranslation("sell");
  const { question } = useSell();
  return (
    <Dialog
      title={t("doubt.title")}
      isOpen={question !== null}
      onClose={() => question?.answer(false)}
      size="small"
    >
      {question && <Question doubts={question.doubts} onAnswer={question.answer} />}
    </Dialog>
  );
}

function Question({
  doubts,
  onAnswer,
}: {
  doubts: readonly Doubt[];
  onAnswer: (isMeant: boolean) => void;
}) {
  const { t } = useTranslation("sell");
  const say = useDoubtText();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== YES_KEY) return;
    event.preventDefault();
    if (!event.repeat) onAnswer(true);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return (
    <div className={styles["doubt"]}>
      {doubts.map((doubt) => {
        const { what, ask } = say(doubt);
        return (
          <p key={what}>
            <b>{what}</b> {ask}
          </p>
        );
      })}
      <div className={styles["answers"]}>
        {/* oxlint-disable-next-line no-autofocus -- the harmless answer has the focus */}
        <Button size="big" keyHint="Esc" autoFocus onPress={() => onAnswer(false)}>
          {t("doubt.back")}
        </Button>
        <Button variant="outline" size="big" keyHint={YES_KEY} onPress={() => onAnswer(true)}>
          {t("doubt.yes")}
        </Button>
      </div>
    </div>
  );
}

function useDoubtText(): (doubt: Doubt) => { what: string; ask: string } {
  const { t } = useTranslation("sell");
  const { money } = useFormat();
  const { receiptLocale } = useSettings();
  return (doubt) => {
    if (doubt.kind === "cash") {
      const values = {
        tendered: money(doubt.tenderedMinor),
        due: money(doubt.dueMinor),
        change: money(doubt.changeMinor),
      };
      return { what: t("doubt.cash", values), ask: t("doubt.cashAsk") };
    }
    const { line } = doubt;
    const name = nameOf(line, receiptLocale) || t("line.priced");
    const quantity = formatQuantity(line.quantityMilli);
    const values = { name, quantity, price: money(line.priceMinor), zero: money(0) };
    return { what: t("doubt.worthless", values), ask: t("doubt.worthlessAsk") };
  };
}
