import type { PrinterConfig, PrinterSlot } from "../../../../main/contract/printers.ts";
import type { TryOut } from "./try-out-store.ts";

export interface StepProps {
  slot: PrinterSlot;
  printer: PrinterConfig;
  tryOut: TryOut;
  /** The paper width of the settings is changed to what the rulers say when this is kept. */
  fitsWidth: boolean;
  onFitsWidth: (fitsWidth: boolean) => void;
}
