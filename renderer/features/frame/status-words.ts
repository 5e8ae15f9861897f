import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { PrinterStatus } from "../../../main/contract/status.ts";
import { briefOf, isOut, printerName } from "./printer-state.ts";

export interface StatusWords {
  /** Its place, and what it is called: `备用打印机 XP-80`. */
  name: string;
  /** Only what it is called. */
  own: string;
  /** `打印机就绪`, `缺纸`. */
  state: string;
  /** As `state`, in a word or two. */
  brief: string;
  /** `约 23 米`, `纸快用完`; null when nothing is known or the state says it already. */
  paper: string | null;
  /** `排队 2 张`; null when nothing waits. */
  queue: string | null;
  /** All of it, for those who can't see it. */
  label: string;
}

/** Says in words how a printer is. */
export function useStatusWords(): (printer: PrinterStatus) => StatusWords {
  const { t } = useTranslation(["common", "causes"]);
  return (printer) => {
    const { slot, state, cause, queue } = printer;
    const isStopped = cause !== null && isOut(printer);
    const own = printerName(printer) || t("printer.practice");
    const name = `${t(`printer.slot.${slot}`)} ${own}`;
    const stateWord = isStopped ? t(`causes:${cause}.name`) : t(`printer.${state}`);
    const paper = paperWord(printer, t);
    const queueWord = queue > 0 ? t("printer.queue", { count: queue }) : null;
    const facts = [stateWord, paper, queueWord].filter((word) => word !== null);
    return {
      name,
      own,
      state: stateWord,
      brief: t(`printer.brief.${briefOf(printer)}`),
      paper,
      queue: queueWord,
      label: t("printer.all", { name, facts: facts.join(t("printer.and")) }),
    };
  };
}

function paperWord(
  { paper, rollLeftM, cause, state }: PrinterStatus,
  t: TFunction<readonly ["common", "causes"]>,
): string | null {
  if (paper === "nearEnd") return t("printer.paper.nearEnd");
  if (paper === "out") return cause === "paperOut" ? null : t("printer.paper.out");
  // What is on the roll is beside the point while the printer can't be reached.
  if (state === "offline") return null;
  if (rollLeftM !== null)
    return rollLeftM < 1
      ? t("printer.roll.under")
      : t("printer.roll.about", { count: Math.round(rollLeftM) });
  return paper === "ok" ? t("printer.paper.ok") : null;
}
