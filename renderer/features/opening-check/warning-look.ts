import type { SettingsWarning } from "../../../main/contract/warnings.ts";
import type { IconName } from "../../ui/index.ts";

interface WarningLook {
  icon: IconName;
  /** Where it is put right; null: outside of the till. */
  href: string | null;
  /** Said in passing, not as a fault. */
  isGentle?: true;
}

const PRINTER = "#/settings/printer";

/** Icon and place of every warning; its words stand under `opening:warning`. */
export const WARNING_LOOK: Record<SettingsWarning["code"], WarningLook> = {
  diskFull: { icon: "alert", href: null },
  diskLow: { icon: "box", href: null },
  clockBehind: { icon: "clock", href: null },
  autoPrintOff: { icon: "hand", href: PRINTER },
  practicePrinter: { icon: "paper", href: PRINTER, isGentle: true },
  noPrinter: { icon: "cable", href: PRINTER },
  queuePaused: { icon: "list", href: PRINTER },
  notAPaperPrinter: { icon: "file", href: PRINTER },
  wrongWidth: { icon: "sheet", href: PRINTER },
  notQualified: { icon: "question", href: PRINTER },
  paperNearEnd: { icon: "paperOut", href: PRINTER },
};
