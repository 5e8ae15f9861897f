import type { PrinterKind } from "../contract/printers.ts";
import type { CauseCode } from "../domain/receipt/cause.ts";

/** An open way to a printer: bytes out, bytes in. Nothing above it knows what the wire is. */
export interface PrinterLink {
  /**
   * Resolves when the other side has taken every byte, which is not proof of anything.
   * Rejects when the link dies first; any part may have left by then.
   * @param left told when its first bytes left (monotonic), where that may be later than this call.
   */
  write(bytes: Uint8Array, left?: (atMs: number) => void): Promise<void>;
  /** `arrivedMs`: no earlier than this (monotonic), where whoever reads the wire is never held up; missing otherwise. */
  onData(listener: (bytes: Uint8Array, arrivedMs?: number) => void): void;
  /** Called once, however the link ended. */
  onClose(listener: () => void): void;
  /** What has been written may still arrive. */
  close(): void;
  /** Ends it at once: what the other side has not got yet must not arrive. Missing where `close` does that. */
  abort?(): void;
  /**
   * The status byte of the USB printer class, which the system can ask for beside the wire; null where there is
   * none. Bit 3: no error, 4: selected, 5: paper empty (USB Device Class Definition for Printing Devices 1.1, 4.2.2).
   */
  portStatus?(): Promise<number | null>;
}

/** A wire that stays open: what the printer answers on it can be proof. */
export interface WireTransport {
  readonly path: "wire";
  readonly kind: PrinterKind;
  /** As a person would name it: an address, or nothing for the practice printer. */
  readonly address: string | null;
  /**
   * @param withinMs how long connecting may take; missing: as long as this way allows.
   * @throws PrinterUnreachable; nothing has been sent then.
   */
  open(withinMs?: number): Promise<PrinterLink>;
}

/** What a queue says of one job. `gone`: it is not there any more, which proves nothing. */
export interface SpoolStatus {
  state: "waiting" | "stopped" | "gone";
  /** Why it does not move; null while it moves or when the queue does not say. */
  cause: CauseCode | null;
}

/** A document that a queue has taken whole. */
export interface SpoolJob {
  status(): Promise<SpoolStatus>;
  /** Takes it out of the queue. @returns true only when nothing of it can have left the queue. */
  cancel(): Promise<boolean>;
}

/** A print queue of the system: documents go in and nothing comes back, so a person must look. */
export interface SpoolTransport {
  readonly path: "spool";
  readonly kind: PrinterKind;
  /** The queue's name. */
  readonly address: string | null;
  /** What stops the queue now; null: hand it over. Nothing is sent. @throws PrinterUnreachable */
  check(): Promise<CauseCode | null>;
  /**
   * Hands one document over, whole.
   * @throws PrinterUnreachable when the queue took none of it; any other error when it may have.
   */
  submit(title: string, bytes: Uint8Array): Promise<SpoolJob>;
}

export type PrinterTransport = WireTransport | SpoolTransport;

/** No link could be made. `reason` is what the cashier is told. */
export class PrinterUnreachable extends Error {
  readonly reason: Extract<CauseCode, "unreachable" | "busy" | "noPrinter" | "queuePaused">;
  /** Something at that address said no, so the way there is whole. */
  readonly isRefused: boolean;

  constructor(reason: PrinterUnreachable["reason"], detail: string, isRefused = false) {
    super(detail);
    this.name = "PrinterUnreachable";
    this.reason = reason;
    this.isRefused = isRefused;
  }
}
