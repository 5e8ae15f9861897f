import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { RefusalBody } from "../../../../main/contract/refusals.ts";
import { parseAmount } from "../../../../main/domain/money.ts";
import type { Tender } from "../../../../main/domain/sale.ts";
import { useSettings } from "../../../bridge/index.ts";
import { Button, Keypad, RefusalNote } from "../../../ui/index.ts";
import { bindingOf } from "../keys/keymap.ts";
import { useSell } from "../sell-context.ts";
import { CashNotes } from "./cash-notes.tsx";
import { PayAmounts } from "./pay-amounts.tsx";
import styles from "./pay-form.module.css";
import { PayMethods } from "./pay-methods.tsx";
import { ReferenceFields } from "./reference-fields.tsx";
import { TakenTenders } from "./taken-tenders.tsx";
import { settleDraft, sumOf } from "./tender-draft.ts";

const CHANGE_WITHOUT_CASH: RefusalBody = { code: "CHANGE_WITHOUT_CASH", details: {} };
const EMPTY_TENDER: RefusalBody = { code: "EMPTY_TENDER", details: {} };

/** Taking the money: one method at a time, in parts if need be; Enter in a field completes. */
export function PayForm() {
  const { t } = useTranslation("sell");
  const { priced, payMethod, startPay, complete, isCompleting, entry } = useSell();
  const { currency } = useSettings();
  const [taken, setTaken] = useState<Tender[]>([]);
  const [amountText, setAmountText] = useState(
    payMethod === "cash" && /^[\d.]{1,8}$/.test(entry) ? entry : "",
  );
  const [shownMethod, setShownMethod] = useState(payMethod);
  const [reference, setReference] = useState("");
  const [refusal, setRefusal] = useState<RefusalBody | null>(null);
  const form = useRef<HTMLDivElement>(null);

  const typedMinor = amountText.trim() === "" ? null : parseAmount(amountText, currency);
  const remainingMinor = priced.totalMinor - sumOf(taken);
  const isCash = payMethod === "cash";
  // What a customer hands over in cash is no amount for another method.
  if (shownMethod !== payMethod) {
    setShownMethod(payMethod);
    setAmountText("");
  }

  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>("[data-first] input, input[data-first]")?.focus();
  }, [payMethod, taken.length]);

  const submit = async () => {
    setRefusal(null);
    const draft = { method: payMethod, amountMinor: typedMinor, reference };
    const outcome = settleDraft(draft, taken, priced.totalMinor);
    if (outcome.kind === "tooMuch") return setRefusal(CHANGE_WITHOUT_CASH);
    if (outcome.kind === "nothing") return setRefusal(EMPTY_TENDER);
    if (outcome.kind === "part") {
      setTaken([...taken, outcome.tender]);
      setAmountText("");
      return setReference("");
    }
    setRefusal(await complete(outcome.tenders));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event;
    const isInField = target instanceof HTMLInputElement && target.type !== "radio";
    if ((event.key === "Enter" || event.code === "NumpadEnter") && isInField) {
      event.preventDefault();
      return void submit();
    }
    const command = bindingOf(event.nativeEvent)?.command;
    if (command === "wechat" || command === "alipay" || command === "card") {
      event.preventDefault();
      startPay(command);
    } else if (command === "cash") {
      event.preventDefault();
      if (isCash) void submit();
      else startPay("cash");
    }
  };

  return (
    // oxlint-disable-next-line no-static-element-interactions -- keys of the fields inside
    <div ref={form} className={styles["form"]} onKeyDown={onKeyDown}>
      <div className={styles["side"]}>
        <PayMethods value={payMethod} onChange={startPay} />
        <TakenTenders
          tenders={taken}
          onRemove={(index) => setTaken(taken.filter((_, at) => at !== index))}
        />
      </div>
      <div className={styles["main"]}>
        <PayAmounts
          remainingMinor={remainingMinor}
          isPart={taken.length > 0}
          typedMinor={typedMinor}
          isCash={isCash}
          amountText={amountText}
          onAmountText={setAmountText}
        />
        {isCash ? (
          <CashNotes
            remainingMinor={remainingMinor}
            onAmountText={(text) => {
              setAmountText(text);
              form.current?.querySelector<HTMLInputElement>("[data-first] input")?.focus();
            }}
          />
        ) : (
          <ReferenceFields method={payMethod} value={reference} onChange={setReference} />
        )}
        {refusal && <RefusalNote error={refusal} />}
        <div className={styles["bottom"]}>
          <Keypad
            onText={(text) => {
              if (isCash) setAmountText(amountText + text);
              else setReference(reference + text);
            }}
            onBackspace={() => setAmountText(amountText.slice(0, -1))}
          />
          <div className={styles["finish"]}>
            <Button
              icon="backspace"
              aria-label={t("keys.backspace")}
              preventFocusOnPress
              onPress={() => {
                if (isCash) setAmountText(amountText.slice(0, -1));
                else setReference(reference.slice(0, -1));
              }}
            />
            <Button
              variant="go"
              size="big"
              className={styles["complete"]}
              isBusy={isCompleting}
              keyHint="Enter"
              onPress={() => void submit()}
            >
              {t("pay.complete")}
            </Button>
          </div>
        </div>
      </div>
    </div>
  );
}
