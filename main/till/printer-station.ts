import type { Columns, PrinterConfig, PrinterSlot, Qualification } from "../contract/printers.ts";
import type { ReceiptPrinter, PrinterMemory } from "../printing/receipt-printer.ts";
import type { PrinterTransport } from "../printing/transport.ts";
import { PaperRoll, type RollMemory } from "./paper-roll.ts";

/** What is kept about one printer at one address between two runs. */
export interface StationMemory extends PrinterMemory {
  qualification: Qualification | null;
  roll: RollMemory;
}

/** A printer in its place: the way to it, what is known of it, and the roll that is in it. */
export interface PrinterStation {
  slot: PrinterSlot;
  config: PrinterConfig;
  transport: PrinterTransport;
  printer: ReceiptPrinter;
  memory: StationMemory;
  roll: PaperRoll;
}

/** How a person would name it in the paper trail. */
export function stationName({ transport }: PrinterStation): string {
  return transport.address ?? "practice";
}

/** One text per printer and way to it; what is known of it is kept under this. */
export function stationKey(config: PrinterConfig): string {
  switch (config.kind) {
    case "practice":
      return "printer:practice";
    case "tcp":
      return `printer:${config.host}:${config.port}`;
    case "usb":
      return `printer:usb:${config.vendorId}:${config.productId}:${config.serial ?? ""}`;
    case "usbprint":
    case "lp":
    case "serial":
      return `printer:${config.kind}:${config.path}`;
    case "spooler":
    case "cups":
      return `printer:${config.kind}:${config.queue}`;
  }
}

/** What was kept, as far as it can be read; a printer nobody knows has told nothing yet. */
export function readStationMemory(kept: string | null): StationMemory {
  const fresh: StationMemory = {
    answers: false,
    fence: null,
    qualification: null,
    roll: PaperRoll.fresh(),
  };
  return kept === null ? fresh : { ...fresh, ...(JSON.parse(kept) as Partial<StationMemory>) };
}

/** The roll that takes so many cells: 32 and 35 are 58 mm rolls, 42 and 48 are 80 mm ones. */
export function paperWidthOf(columns: Columns): 58 | 80 {
  return columns <= 35 ? 58 : 80;
}

/** The roll in this printer: as it was tried out, else as the shop says. */
export function stationWidthMm({ memory }: PrinterStation, shopWidthMm: 58 | 80): 58 | 80 {
  return memory.qualification ? paperWidthOf(memory.qualification.columns) : shopWidthMm;
}
