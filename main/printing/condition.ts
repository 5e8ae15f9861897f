import type { CauseCode } from "../domain/receipt/cause.ts";

/** What a printer says about itself: what stops it, and how its paper is. */
export interface PrinterCondition {
  /** null: it can print. */
  stop: CauseCode | null;
  /** `unknown`: it prints and proves it, but does not say how it is. */
  paper: "ok" | "nearEnd" | "out" | "unknown";
}

/** Whether an answer to DLE EOT says more than that all is well, whichever of the four it belongs to. */
export function hasNews(answer: number): boolean {
  return (answer & 0x6c) !== 0;
}

/**
 * Reads an automatic status (GS a). Byte 1: b3 offline, b5 cover. Byte 2: b3 cutter, b5
 * unrecoverable, b6 recovers by itself. Byte 3: b0,1 near end, b2,3 end. (Epson, GS a)
 */
export function conditionOfAutomatic(bytes: readonly number[]): PrinterCondition {
  const [first = 0, second = 0, third = 0] = bytes;
  return condition({
    offline: (first & 0x08) !== 0,
    cover: (first & 0x20) !== 0,
    cutter: (second & 0x08) !== 0,
    unrecoverable: (second & 0x20) !== 0,
    recoversItself: (second & 0x40) !== 0,
    nearEnd: (third & 0x03) !== 0,
    end: (third & 0x0c) !== 0,
  });
}

/**
 * Reads the four answers to DLE EOT 1-4. n=1: b3 offline. n=2: b2 cover, b5 stopped by paper end.
 * n=3: b3 cutter, b5 unrecoverable, b6 recovers by itself. n=4: b2,3 near end, b5,6 end. (Epson, DLE EOT)
 */
export function conditionOfStatus(answers: readonly number[]): PrinterCondition {
  const [printer = 0, offline = 0, error = 0, paper = 0] = answers;
  return condition({
    offline: (printer & 0x08) !== 0,
    cover: (offline & 0x04) !== 0,
    cutter: (error & 0x08) !== 0,
    unrecoverable: (error & 0x20) !== 0,
    recoversItself: (error & 0x40) !== 0,
    nearEnd: (paper & 0x0c) !== 0,
    end: (paper & 0x60) !== 0 || (offline & 0x20) !== 0,
  });
}

/**
 * Reads the USB printer class's port status: bit 3 no error, bit 4 selected, bit 5 paper empty.
 * @returns null when it names no fault. Most printers always answer 0x18 and some always 0 or 0xff, so
 *   it can say that something is wrong, and never that all is well
 */
export function conditionOfPort(status: number): PrinterCondition | null {
  const [notError, selected, paperEmpty] = [0x08, 0x10, 0x20].map((bit) => (status & bit) !== 0);
  if (status === 0xff) return null;
  if (paperEmpty) return { stop: "paperOut", paper: "out" };
  return selected && !notError ? { stop: "printerError", paper: "ok" } : null;
}

interface Bits {
  offline: boolean;
  cover: boolean;
  cutter: boolean;
  unrecoverable: boolean;
  recoversItself: boolean;
  nearEnd: boolean;
  end: boolean;
}

/** The cause a person must deal with first: an open lid hides everything below it. */
function condition(bits: Bits): PrinterCondition {
  const paper = bits.end ? "out" : bits.nearEnd ? "nearEnd" : "ok";
  const stop = ((): CauseCode | null => {
    if (bits.cover) return "coverOpen";
    if (bits.end) return "paperOut";
    if (bits.cutter) return "cutterJam";
    if (bits.recoversItself) return "overheated";
    if (bits.unrecoverable || bits.offline) return "printerError";
    return null;
  })();
  return { stop, paper };
}
