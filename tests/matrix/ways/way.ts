import type { PrinterConfig } from "../../../main/contract/printers.ts";
import type { NativePrinters } from "../../../main/printing/native/native-printers.ts";
import type { VirtualPrinter } from "../../../main/printing/virtual-printer/index.ts";

/** One way from the till to a virtual printer, with what can happen to it on the way. */
export interface Way {
  config: PrinterConfig;
  /** null: the till needs no driver for it. */
  native: NativePrinters | null;
  pull: () => void;
  plug: () => void;
  /** Connections made so far carry nothing any more and say nothing of it; missing: there is no network. */
  die?: () => void;
  /** A queue of the system in between; null: there is none. */
  queue: { pause: () => void; resume: () => void; deleteFirst: () => void } | null;
  /** The native part crashes; null: there is none. */
  crash: (() => void) | null;
  /** What the printer says is heard. */
  answers: boolean;
  /** True while something of a document may still be on its way to the printer. */
  isBusy: () => boolean;
  close: () => Promise<void> | void;
}

export const WAY_NAMES = [
  "tcp",
  "usb",
  "usbprint",
  "serial",
  "serialOneWay",
  "lp",
  "spooler",
  "cups",
] as const;
export type WayName = (typeof WAY_NAMES)[number];

/** Whether the printer's answers come back on this way. */
export function answers(way: WayName): boolean {
  return way !== "serialOneWay" && !isQueue(way);
}

export function isQueue(way: WayName): boolean {
  return way === "spooler" || way === "cups";
}

/** @param crashes whether the native part of this one will crash: then it shares it with no other */
export type MakeWay = (device: VirtualPrinter, crashes: boolean) => Promise<Way>;
