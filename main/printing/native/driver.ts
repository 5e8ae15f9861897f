import type { FoundPrinter } from "../../contract/printers.ts";
import type { PrinterLink, SpoolTransport } from "../transport.ts";
import type { NativePrinterConfig } from "./native-printers.ts";

export type NativePrinterKind = NativePrinterConfig["kind"];
type ConfigByKind = {
  [Kind in NativePrinterKind]: Extract<NativePrinterConfig, { kind: Kind }>;
};
export type ConfigOfKind<Kind extends NativePrinterKind> = ConfigByKind[Kind];

/**
 * One way to printers, as it runs in the printer host's process. It may block or crash there; the
 * till only loses the links it served. A driver offers `openLink` (bytes both ways) or `spool`
 * (documents to a queue), and is asked only for configurations of its own kind.
 */
export interface NativeDriver<Kind extends NativePrinterKind = NativePrinterKind> {
  readonly kind: Kind;
  /**
   * What stands ready now; an empty list where this way does not exist. Opens no printer.
   * @param problem told of a part that could not look while the others could
   */
  find(problem?: (error: Error) => void): Promise<FoundPrinter[]>;
  /** @throws PrinterUnreachable; nothing has been sent then. */
  openLink?(config: ConfigOfKind<Kind>): Promise<PrinterLink>;
  /** Opens nothing yet. */
  spool?(config: ConfigOfKind<Kind>): SpoolTransport;
}
