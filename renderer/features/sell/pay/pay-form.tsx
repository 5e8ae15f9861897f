import { useEffect, useRef, type KeyboardEvent } from "react";
import { RefusalNote } from "../../../ui/index.ts";
import { bindingOf } from "../keys/keymap.ts";
import { useSell } from "../sell-context.ts";
import { CashNotes } from "./cash-notes.tsx";
import { PayAmounts } from "./pay-amounts.tsx";
import styles from "./pay-form.module.css";
import { PayKeys } from "./pay-keys.tsx";
import { PayMethods } from "./pay-methods.tsx";
import { ReferenceFields } from "./reference-fields.tsx";
import { TakenTenders } from "./taken-tenders.tsx";
import { usePayment } from "./use-payment.ts";

/** Taking the money: one method at a time, in parts if need be; Enter in a field completes. */
export function PayForm() {
  const { payMethod, startPay, isCompleting } = useSell();
  const payment = usePayment();
  const form = useRef<HTMLDivElement>(null);
  const focusFirst = () =>
    form.current?.querySelector<HTMLInputElement>("[data-first] input")?.focus();

  useEffect(() => {
    focusFirst();
  }, [payMethod, payment.taken.length]);

  const onKeyDown = (event: KeyboardEvent) => {
    const command = bindingOf(event.nativeEvent)?.command;
    const isInField = event.target instanceof HTMLInputElement;
    if (command === "pay" && isInField) payment.submit();
    else if (command === "cash" && payment.isCash) payment.submit();
    else if (command === "cash" || command === "wechat" || command === "alipay") startPay(command);
    else if (command === "card") startPay("card");
    else return;
    event.preventDefault();
  };

  return (
    // oxlint-disable-next-line no-static-element-interactions -- keys of the fields inside
    <div ref={form} className={styles["form"]} onKeyDown={onKeyDown}>
      <div className={styles["side"]}>
        <PayMethods value={payMethod} onChange={startPay} />
        <TakenTenders tenders={payment.taken} onRemove={payment.removeTaken} />
      </div>
      <div className={styles["main"]}>
        <PayAmounts
          remainingMinor={payment.remainingMinor}
          isPart={payment.taken.length > 0}
          typedMinor={payment.typedMinor}
          isCash={payment.isCash}
          amountText={payment.amountText}
          onAmountText={payment.setAmountText}
        />
        {payment.isCash ? (
          <CashNotes
            remainingMinor={payment.remainingMinor}
            onAmountText={(text) => {
              payment.setAmountText(text);
              focusFirst();
            }}
          />
        ) : (
          <ReferenceFields
            method={payMethod}
            value={payment.reference}
            onChange={payment.setReference}
          />
        )}
        {payment.refusal && <RefusalNote error={payment.refusal} />}
        <PayKeys onType={payment.typeDigits} onComplete={payment.submit} isBusy={isCompleting} />
      </div>
    </div>
  );
}
