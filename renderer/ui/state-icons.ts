import type { CauseCode } from "../../main/domain/receipt/cause.ts";
import type { ReceiptState } from "../../main/domain/receipt/state.ts";
import type { IconName } from "./icon-paths.ts";

/** Amber waits, vermilion is owed, jade is settled by proof, ink is settled by a person's word. */
export type Tone = "wait" | "owed" | "go" | "ink";

export const STATE_LOOK: Record<ReceiptState, { icon: IconName; tone: Tone }> = {
  due: { icon: "clock", tone: "wait" },
  printing: { icon: "printer", tone: "wait" },
  blocked: { icon: "hand", tone: "owed" },
  failed: { icon: "alert", tone: "owed" },
  unknown: { icon: "question", tone: "owed" },
  printed: { icon: "check", tone: "go" },
  delivered: { icon: "phone", tone: "go" },
  declined: { icon: "close", tone: "ink" },
  handwritten: { icon: "pencil", tone: "ink" },
};

export const CAUSE_ICON: Record<CauseCode, IconName> = {
  skipped: "user",
  closedEarly: "user",
  forgot: "user",
  noPrinter: "settings",
  autoPrintOff: "settings",
  wrongWidth: "settings",
  queuePaused: "settings",
  noBackChannel: "question",
  paperOut: "paperOut",
  coverOpen: "coverOpen",
  cutterJam: "cutter",
  overheated: "hot",
  printerError: "alert",
  unreachable: "cable",
  busy: "clock",
  noAnswer: "question",
  connectionLost: "cable",
  doubtfulProof: "question",
  appCrash: "refresh",
  notPrinting: "printer",
  power: "power",
  ageing: "printer",
  unknown: "question",
};
