export { VirtualPrinter } from "./printer.ts";
export { renderPaperPng, renderSlipPng } from "./png/render-slip.ts";
export { serveVirtualPrinterPage } from "./page/page-server.ts";
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
  Slip,
  TextRun,
  UnknownCommand,
  VirtualPrinterEvent,
  VirtualPrinterOptions,
} from "./types.ts";
