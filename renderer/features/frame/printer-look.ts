import type { PrinterStatus } from "../../../main/contract/status.ts";
import { CAUSE_ICON, type IconName } from "../../ui/index.ts";

/** Icon and tone of the printer's state; the words stand beside them. */
export function printerLook(printer: PrinterStatus): {
  icon: IconName;
  tone: "good" | "busy" | "wait" | "bad";
} {
  switch (printer.state) {
    case "ready":
      return { icon: "printer", tone: printer.paper === "nearEnd" ? "wait" : "good" };
    case "printing":
      return { icon: "printer", tone: "busy" };
    case "blocked":
      return { icon: printer.cause === null ? "alert" : CAUSE_ICON[printer.cause], tone: "bad" };
    case "offline":
      return { icon: printer.cause === null ? "cable" : CAUSE_ICON[printer.cause], tone: "bad" };
    case "unknown":
      return { icon: "question", tone: "wait" };
  }
}
