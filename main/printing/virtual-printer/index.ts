export { VirtualPrinter } from "./printer.ts";
export { renderPaperPng, renderSlipPng } from "./png/render-slip.ts";
export { serveVirtualPrinterPage } from "./page/page-server.ts";
export { VirtualPrintQueue, type QueuedJob, type QueueOptions } from "./print-queue.ts";
export { serveVirtualPrinter } from "./tcp-server.ts";
export { PrinterConnectionError } from "./types.ts";
export type {
  Fault,
  FaultKind,
  FaultSwitches,
  Paper,
  PaperBitmap,
  PaperLine,
  PrinterConnection,
  PrinterStateSnapshot,
  SerialFlow,
  Slip,
  TextRun,
  UnknownCommand,
  VirtualPrinterEvent,
  VirtualPrinterOptions,
  Wire,
} from "./types.ts";
