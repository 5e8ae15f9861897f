import type { BulkPipe, BulkTransfer, Sent } from "./bulk-link.ts";
import type { UsbEndpoint, UsbInterface, UsbTransfer } from "./usb-binding.ts";
import { LIBUSB_ERROR, LIBUSB_TRANSFER, usbErrorNumber, usbErrorWords } from "./usb-errors.ts";

/** A printer's interface, claimed, and what was there before it was. */
export interface ClaimedInterface {
  iface: UsbInterface;
  out: UsbEndpoint;
  /** null: this printer has no way back. */
  in: UsbEndpoint | null;
  /** The system's own driver had it, and gets it back. */
  kernelDriverDetached: boolean;
}

/** The bits above are for isochronous endpoints (USB 2.0, table 9-13). */
const PACKET_SIZE_BITS = 0x7ff;

/**
 * Bulk transfers over the package `usb`. Its own `transfer` does not tell how many bytes went, and its
 * own polling never ends once a read could not be started, so both are done with bare transfers here.
 */
export class UsbPipe implements BulkPipe {
  private readonly claimed: ClaimedInterface;
  private readonly letGo: () => void;
  private readonly halted = new Set<UsbEndpoint>();

  /** @param letGo closes the device, behind everything else */
  constructor(claimed: ClaimedInterface, letGo: () => void) {
    this.claimed = claimed;
    this.letGo = letGo;
  }

  send(bytes: Uint8Array): BulkTransfer<Sent> {
    const { promise, resolve } = Promise.withResolvers<Sent>();
    const { out } = this.claimed;
    // No time-out of libusb's: a printer that waits for paper takes nothing, and that is no fault.
    const transfer = out.makeTransfer(0, (error, _buffer, actual) => {
      this.noteHalt(out, error);
      resolve({ bytes: actual, error: error ? new Error(usbErrorWords(error)) : null });
    });
    try {
      transfer.submit(Buffer.from(bytes));
    } catch (error) {
      resolve({ bytes: 0, error: new Error(usbErrorWords(error)) });
    }
    return { done: promise, cancel: () => cancel(transfer) };
  }

  receive(): BulkTransfer<Uint8Array> | null {
    const endpoint = this.claimed.in;
    if (endpoint === null) return null;
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    const transfer = endpoint.makeTransfer(0, (error, buffer, actual) => {
      this.noteHalt(endpoint, error);
      if (error) reject(new Error(usbErrorWords(error)));
      else resolve(new Uint8Array(buffer.subarray(0, actual)));
    });
    try {
      // One packet: a shorter buffer overflows, and a longer one would wait after a full packet.
      transfer.submit(Buffer.alloc(endpoint.descriptor.wMaxPacketSize & PACKET_SIZE_BITS));
    } catch (error) {
      reject(new Error(usbErrorWords(error)));
    }
    return { done: promise, cancel: () => cancel(transfer) };
  }

  async close(): Promise<void> {
    const { iface, kernelDriverDetached } = this.claimed;
    try {
      for (const endpoint of this.halted)
        await called((callback) => endpoint.clearHalt(callback)).catch(unlessGone);
      await called((callback) => iface.release(false, callback)).catch(unlessGone);
      if (kernelDriverDetached) {
        try {
          iface.attachKernelDriver();
        } catch (error) {
          unlessGone(error);
        }
      }
    } finally {
      this.letGo();
    }
  }

  private noteHalt(endpoint: UsbEndpoint, error: unknown): void {
    if (usbErrorNumber(error) === LIBUSB_TRANSFER.stall) this.halted.add(endpoint);
  }
}

/** A call of the package that answers through a callback. */
export function called(start: (callback: (error?: Error) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error ? reject(error) : resolve()));
  });
}

/** A device that was pulled out can't be tidied up, and need not be. */
function unlessGone(error: unknown): void {
  const errno = usbErrorNumber(error);
  if (errno === null || !GONE.has(errno)) throw error;
}
const GONE = new Set<number>([LIBUSB_ERROR.io, LIBUSB_ERROR.noDevice, LIBUSB_ERROR.notFound]);

function cancel(transfer: UsbTransfer): void {
  try {
    transfer.cancel();
  } catch {
    // The device is gone, and the transfer ends with that by itself.
  }
}
