/**
 * Why a receipt is not on paper. The four classes are the ones shop owners know:
 * A operator, B settings, C fault, D other.
 */
export const CAUSE_CLASS = {
  skipped: "A",
  closedEarly: "A",
  forgot: "A",
  noPrinter: "B",
  autoPrintOff: "B",
  wrongWidth: "B",
  queuePaused: "B",
  noBackChannel: "B",
  paperOut: "C",
  coverOpen: "C",
  cutterJam: "C",
  overheated: "C",
  printerError: "C",
  unreachable: "C",
  busy: "C",
  noAnswer: "C",
  connectionLost: "C",
  doubtfulProof: "C",
  appCrash: "C",
  notPrinting: "D",
  power: "D",
  ageing: "D",
  unknown: "D",
} as const satisfies Record<string, "A" | "B" | "C" | "D">;

export type CauseCode = keyof typeof CAUSE_CLASS;
export type CauseClass = (typeof CAUSE_CLASS)[CauseCode];

export const CAUSE_CODES = Object.keys(CAUSE_CLASS) as [CauseCode, ...CauseCode[]];

/** The class of a cause: A operator, B settings, C fault, D other. */
export function classOf(code: CauseCode): CauseClass {
  return CAUSE_CLASS[code];
}
