import { PrinterUnreachable, type PrinterLink, type WireTransport } from "../../transport.ts";
import type { VirtualPrinter } from "../../virtual-printer/index.ts";

/** The virtual printer in this process, for the first minutes of a new till and for practice. */
export class PracticeTransport implements WireTransport {
  readonly path = "wire";
  readonly kind = "practice";
  readonly address = null;
  private readonly printer: VirtualPrinter;

  constructor(printer: VirtualPrinter) {
    this.printer = printer;
  }

  open(): Promise<PrinterLink> {
    try {
      const connection = this.printer.connect();
      return Promise.resolve({
        write: (bytes) => connection.write(bytes),
        onData: (listener) => connection.onData(listener),
        onClose: (listener) => connection.onClose(() => listener()),
        close: () => connection.close(),
      });
    } catch (error) {
      const busy = error instanceof Error && "code" in error && error.code === "EBUSY";
      const detail = error instanceof Error ? error.message : String(error);
      return Promise.reject(new PrinterUnreachable(busy ? "busy" : "unreachable", detail));
    }
  }
}
