import type { PrinterStatus, TillStatus } from "../../../main/contract/status.ts";
import type { OwedReceipt } from "../../../main/contract/values.ts";
import { isOut } from "../frame/printer-state.ts";
import type { Seen } from "./seen.ts";

type Printers = Pick<TillStatus, "printer" | "backupPrinter" | "progress">;

/** The printer that has stopped with this receipt in it; the receipt printer when nothing tells. */
export function holderOf(owed: OwedReceipt, status: Printers): PrinterStatus {
  const { printer, backupPrinter, progress } = status;
  if (backupPrinter === null) return printer;
  if (progress?.saleId === owed.saleId) return progress.slot === "backup" ? backupPrinter : printer;
  return owed.state === "blocked" &&
    printer.state !== "blocked" &&
    backupPrinter.state === "blocked"
    ? backupPrinter
    : printer;
}

export interface Ways {
  /** Where this receipt can be printed now besides waiting for the fix, best first. */
  open: PrinterStatus[];
  /** The backup printer when it can't print either; null when there is none, or it can. */
  alsoOut: PrinterStatus | null;
}

/**
 * The printers that are offered for an owed receipt. The receipt printer always is, whatever it last said:
 * pressing its key looks again. The backup only while it may be able to print.
 */
export function waysFor(owed: OwedReceipt, status: Printers): Ways {
  const { printer, backupPrinter } = status;
  const holder = holderOf(owed, status);
  const isHeldByBackup = owed.state === "blocked" && holder.slot === "backup";
  if (backupPrinter === null) return { open: [printer], alsoOut: null };
  const isBackupOut = isOut(backupPrinter) || isHeldByBackup;
  return {
    open: isBackupOut ? [printer] : [printer, backupPrinter],
    alsoOut: isBackupOut && isOut(printer) ? backupPrinter : null,
  };
}

export type NextMark = "original" | "late" | "reprint" | "replacement";

/** What will stand on the paper that is printed now, as the till will decide it. */
export function nextMarkOf(owed: OwedReceipt, seen: Seen, nowMs: number): NextMark {
  // Cleared out of a stopped printer: a part of it may already be on paper.
  if (owed.state === "blocked") return "replacement";
  if (!owed.mayBeOnPaper) return nowMs > owed.lateFromMs ? "late" : "original";
  return owed.damaged || seen === "half" ? "replacement" : "reprint";
}
