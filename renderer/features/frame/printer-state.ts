import type { PrinterStatus } from "../../../main/contract/status.ts";

/** The port every network receipt printer listens on; said only when it is another one. */
const USUAL_PORT = 9100;

/** What a person would call this printer: its own name, its queue, its address. Empty for the practice printer. */
export function printerName({
  config,
  address,
}: Pick<PrinterStatus, "config" | "address">): string {
  switch (config.kind) {
    case "practice":
      return "";
    case "usb":
    case "usbprint":
      return config.name.trim() || (address ?? "");
    case "spooler":
    case "cups":
      return config.queue;
    case "lp":
    case "serial":
      return config.path;
    case "tcp":
      return config.port === USUAL_PORT ? config.host : `${config.host}:${config.port}`;
  }
}

/** True while a paper sent to it would be refused at once: it can't be reached, or stands still. */
export function isOut({ state }: Pick<PrinterStatus, "state">): boolean {
  return state === "offline" || state === "blocked";
}

/** Name of the word or two that say how it is, under `common:printer.brief`. */
export function briefOf({
  state,
  cause,
  paper,
}: Pick<PrinterStatus, "state" | "cause" | "paper">): string {
  if (state !== "offline" && state !== "blocked")
    return state === "ready" && paper === "nearEnd" ? "nearEnd" : state;
  return cause === "paperOut" || cause === "coverOpen" ? cause : state;
}
