import type { CauseCode } from "../domain/receipt/cause.ts";

/** An open way to a printer: bytes out, bytes in. Nothing above it knows what the wire is. */
export interface PrinterLink {
  /**
   * Resolves when the other side has taken every byte, which is not proof of anything.
   * Rejects when the link dies first; any part may have left by then.
   */
  write(bytes: Uint8Array): Promise<void>;
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Called once, however the link ended. */
  onClose(listener: () => void): void;
  close(): void;
}

export interface PrinterTransport {
  readonly kind: "tcp" | "practice";
  /** As a person would name it: an address, or nothing for the practice printer. */
  readonly address: string | null;
  /** @throws PrinterUnreachable; nothing has been sent then. */
  open(): Promise<PrinterLink>;
}

/** No link could be made. `cause` is what the cashier is told. */
export class PrinterUnreachable extends Error {
  readonly reason: Extract<CauseCode, "unreachable" | "busy" | "noPrinter">;

  constructor(reason: PrinterUnreachable["reason"], detail: string) {
    super(detail);
    this.name = "PrinterUnreachable";
    this.reason = reason;
  }
}
