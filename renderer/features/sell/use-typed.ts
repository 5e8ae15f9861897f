import { useTranslation } from "react-i18next";
import {
  typedAmount,
  typedQuantity,
  type Typed,
  type TypedProblem,
} from "../../../main/domain/typed-amount.ts";
import { useSettings } from "../../bridge/index.ts";
import { toast } from "../../ui/index.ts";

/** More digits than this are a code and not an amount. */
const MOST_DIGITS = 8;

/** Reads what stands in the entry field. Where it is no number, `null`, and a sentence says why. */
export function useTyped(): {
  amount: (text: string) => number | null;
  quantity: (text: string) => number | null;
} {
  const { t } = useTranslation("sell");
  const settings = useSettings();
  const tell = (typed: Typed, text: string, nothing: string): number | null => {
    if ("value" in typed) return typed.value;
    const { problem } = typed;
    const words = SAID_BY_ITS_KEY.has(problem)
      ? nothing
      : t(`typed.${problem}`, { text: text.trim(), sign: settings.decimalSign });
    toast("wait", words);
    return null;
  };
  return {
    amount: (text) => {
      const isCode = text.replace(/\D/g, "").length > MOST_DIGITS;
      const typed: Typed = isCode ? { problem: "tooLong" } : typedAmount(text, settings);
      return tell(typed, text, t("needAmount"));
    },
    quantity: (text) => tell(typedQuantity(text, settings.decimalSign), text, t("needQuantity")),
  };
}

/** Nothing to do with how a number is written: there is none. */
const SAID_BY_ITS_KEY: ReadonlySet<TypedProblem> = new Set(["empty", "notANumber"]);
