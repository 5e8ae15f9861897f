import type { PrinterSlot } from "../../../main/contract/printers.ts";

/** The key that prints on each printer, wherever an owed receipt or a copy can be printed. */
export const PRINT_KEY: Record<PrinterSlot, string> = { receipt: "F9", backup: "F10" };

/** The printer a key stands for. */
export function slotOfKey(code: string): PrinterSlot | null {
  return code === PRINT_KEY.receipt ? "receipt" : code === PRINT_KEY.backup ? "backup" : null;
}
