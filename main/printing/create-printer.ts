import { Printer } from "./printer.ts";
import type { PrinterOptions, ReceiptPrinter } from "./receipt-printer.ts";
import { SpoolPrinter } from "./spool-printer.ts";
import type { PrinterTransport } from "./transport.ts";

/** The printer at the end of this way, watched from now on. */
export function createPrinter(
  options: PrinterOptions & { transport: PrinterTransport },
): ReceiptPrinter {
  const { transport } = options;
  return transport.path === "wire"
    ? new Printer({ ...options, transport })
    : new SpoolPrinter({ ...options, transport });
}
