import type { FoundPrinter } from "../../../contract/printers.ts";
import { PrinterUnreachable } from "../../transport.ts";

/** libusb's numbers (libusb.h, enum libusb_error and enum libusb_transfer_status). */
export const LIBUSB_ERROR = {
  io: -1,
  access: -3,
  noDevice: -4,
  notFound: -5,
  busy: -6,
  notSupported: -12,
} as const;

export const LIBUSB_TRANSFER = { timedOut: 2, cancelled: 3, stall: 4, noDevice: 5 } as const;

const TRANSFER_WORDS = [
  "completed",
  "failed on the wire",
  "timed out",
  "cancelled",
  "the endpoint is halted",
  "the device is gone",
  "the device sent more than was asked for",
];

/** The number an error of the package `usb` carries; null for any other error. */
export function usbErrorNumber(error: unknown): number | null {
  return error instanceof Error && "errno" in error && typeof error.errno === "number"
    ? error.errno
    : null;
}

/** The package names a transfer's status "**UNKNOWN**", so the words are ours. */
export function usbErrorWords(error: unknown): string {
  const errno = usbErrorNumber(error);
  const words = errno !== null && errno > 0 ? TRANSFER_WORDS[errno] : undefined;
  return words ?? (error instanceof Error ? error.message : String(error));
}

/** Why no link could be made; `what` names the printer. */
export function unreachable(what: string, error: unknown, windows: boolean): PrinterUnreachable {
  if (error instanceof PrinterUnreachable) return error;
  const words = usbErrorWords(error);
  switch (usbErrorNumber(error)) {
    case LIBUSB_ERROR.busy:
      return new PrinterUnreachable("busy", `${what}: another program uses it (${words})`);
    case LIBUSB_ERROR.access:
      return windows
        ? new PrinterUnreachable("busy", `${what}: another program has it open (${words})`)
        : new PrinterUnreachable(
            "unreachable",
            `${what}: this account may not open it; a udev rule or the group lp allows it (${words})`,
          );
    case LIBUSB_ERROR.notSupported:
    case LIBUSB_ERROR.notFound:
      return new PrinterUnreachable(
        "unreachable",
        windows
          ? `${what}: Windows has given it a driver other than WinUSB (${words})`
          : `${what}: ${words}`,
      );
    default:
      return new PrinterUnreachable("unreachable", `${what}: ${words}`);
  }
}

/** What a person has to do before a printer that can't be opened can be used. */
export function hintOf(error: unknown, windows: boolean): FoundPrinter["hint"] {
  const errno = usbErrorNumber(error);
  if (errno === LIBUSB_ERROR.access && !windows) return "noPermission";
  const driverMissing = errno === LIBUSB_ERROR.notSupported || errno === LIBUSB_ERROR.notFound;
  return driverMissing && windows ? "needsDriver" : null;
}
