import type { FoundPrinter, PrinterConfig } from "../../contract/printers.ts";
import type { PrinterTransport } from "../transport.ts";

/** Printers that take a native module, a blocking device or a system queue to reach. */
export type NativePrinterConfig = Exclude<PrinterConfig, { kind: "practice" | "tcp" }>;

/**
 * The way to them. All of it runs in a process of its own: a driver that hangs or crashes ends the
 * link it served, and the till goes on.
 */
export interface NativePrinters {
  /** Opens nothing yet; the transport's own calls reject when the other process can't serve it. */
  transport(config: NativePrinterConfig): PrinterTransport;
  /** What is plugged in and which queues exist, best way first. Never rejects for one bad driver. */
  find(): Promise<FoundPrinter[]>;
  close(): void;
}
