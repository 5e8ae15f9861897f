import { useState } from "react";
import type { RefusalBody } from "../../../../main/contract/refusals.ts";
import type { Tender } from "../../../../main/domain/sale.ts";
import { typedMinor as readTyped } from "../../../../main/domain/typed-amount.ts";
import { useSettings } from "../../../bridge/index.ts";
import { useSell } from "../sell-context.ts";
import { settleDraft, sumOf } from "./tender-draft.ts";

const CHANGE_WITHOUT_CASH: RefusalBody = { code: "CHANGE_WITHOUT_CASH", details: {} };
const NOT_AN_AMOUNT: RefusalBody = { code: "NOT_AN_AMOUNT", details: {} };
const EMPTY_TENDER: RefusalBody = { code: "EMPTY_TENDER", details: {} };

/** The payment under way: parts already taken, what is typed for the next one, and completing. */
export function usePayment() {
  const { priced, payMethod, complete, isMeant, entry } = useSell();
  const settings = useSettings();
  const isCash = payMethod === "cash";
  const [taken, setTaken] = useState<Tender[]>([]);
  const [amountText, setAmountText] = useState(isCash && /^[\d.,]{1,11}$/.test(entry) ? entry : "");
  const [reference, setReference] = useState("");
  const [refusal, setRefusal] = useState<RefusalBody | null>(null);
  const [shownMethod, setShownMethod] = useState(payMethod);
  // What a customer hands over in cash is no amount for another method.
  if (shownMethod !== payMethod) {
    setShownMethod(payMethod);
    setAmountText("");
    setRefusal(null);
  }

  const typedMinor = amountText.trim() === "" ? null : readTyped(amountText, settings);

  const submit = async () => {
    setRefusal(null);
    if (amountText.trim() !== "" && typedMinor === null) return setRefusal(NOT_AN_AMOUNT);
    const draft = { method: payMethod, amountMinor: typedMinor, reference };
    const outcome = settleDraft(draft, taken, priced.totalMinor);
    switch (outcome.kind) {
      case "tooMuch":
        return setRefusal(CHANGE_WITHOUT_CASH);
      case "nothing":
        return setRefusal(EMPTY_TENDER);
      case "part":
        setTaken([...taken, outcome.tender]);
        setAmountText("");
        return setReference("");
      case "complete":
        if (await isMeant(outcome.tenders)) setRefusal(await complete(outcome.tenders));
    }
  };

  return {
    isCash,
    taken,
    removeTaken: (index: number) => setTaken(taken.filter((_, at) => at !== index)),
    remainingMinor: priced.totalMinor - sumOf(taken),
    amountText,
    setAmountText,
    typedMinor,
    reference,
    setReference,
    /** Digits of the keypad go where digits are being typed. */
    typeDigits: (change: (text: string) => string) =>
      isCash ? setAmountText(change(amountText)) : setReference(change(reference)),
    refusal,
    submit: () => void submit(),
  };
}
