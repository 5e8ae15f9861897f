import { PrinterUnreachable } from "../transport.ts";
import type { NativePrinters } from "./native-printers.ts";

/** For a till that was given no way to drivers: network and practice printers only. */
export const NO_NATIVE_PRINTERS: NativePrinters = {
  transport: ({ kind }) => ({
    path: "wire",
    kind,
    address: kind,
    open: () => Promise.reject(new PrinterUnreachable("noPrinter", "no drivers in this till")),
  }),
  find: () => Promise.resolve([]),
  close: () => {},
};
