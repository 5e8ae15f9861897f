import { systemClock, type Clock } from "../../../clock.ts";
import type { FoundPrinter } from "../../../contract/printers.ts";
import type { ConfigOfKind, NativeDriver } from "../../native/driver.ts";
import { PrinterUnreachable } from "../../transport.ts";
import { BulkLink } from "../usb/bulk-link.ts";
import { usbIds } from "../usb/usb-devices.ts";
import { listUsbPrintDevices, type UsbPrintDevice } from "./device-interfaces.ts";
import { OverlappedPipe } from "./overlapped-pipe.ts";
import {
  ERROR,
  FILE_FLAG_OVERLAPPED,
  GENERIC_READ,
  GENERIC_WRITE,
  isHandle,
  OPEN_EXISTING,
  type Win32,
} from "./win32.ts";
import { loadWin32 } from "./win32-table.ts";

type UsbPrintConfig = ConfigOfKind<"usbprint">;

/** Nobody else may open it meanwhile: bytes of two programs would mix on one receipt. */
const SHARE_NOTHING = 0;
const LONGEST_NAME = 200;

/** USB printers through Windows' own driver, usbprint.sys, for the functions handed in. */
export function createUsbPrintDriver(parts: {
  win32: Win32;
  clock?: Clock;
}): NativeDriver<"usbprint"> {
  const { win32, clock = systemClock } = parts;
  const links = new Map<string, BulkLink>();
  return {
    kind: "usbprint",
    find: async () => listUsbPrintDevices(win32).map(foundPrinter),
    openLink: async (config) => {
      const before = links.get(config.path);
      if (before && !before.isOpen) await before.released;
      const link = openLink(win32, clock, config);
      links.set(config.path, link);
      return link;
    },
  };
}

/** USB printers through Windows' own driver. @throws Error where Windows' libraries can't be loaded */
export function createDriver(): NativeDriver<"usbprint"> {
  return createUsbPrintDriver({ win32: loadWin32() });
}

/** @throws PrinterUnreachable */
function openLink(win32: Win32, clock: Clock, config: UsbPrintConfig): BulkLink {
  const file = win32.CreateFileW(
    config.path,
    GENERIC_READ + GENERIC_WRITE,
    SHARE_NOTHING,
    OPEN_EXISTING,
    FILE_FLAG_OVERLAPPED,
  );
  if (!isHandle(file.value)) throw refused(config, file.code);
  try {
    return new BulkLink(new OverlappedPipe(win32, file.value, clock), clock);
  } catch (error) {
    win32.CloseHandle(file.value);
    const why = error instanceof Error ? error.message : String(error);
    throw new PrinterUnreachable("unreachable", `${config.name}: ${why}`);
  }
}

function refused({ name }: UsbPrintConfig, code: number): PrinterUnreachable {
  switch (code) {
    case ERROR.accessDenied:
    case ERROR.sharingViolation:
    case ERROR.busy:
      return new PrinterUnreachable(
        "busy",
        `${name}: Windows or another program prints on it (Windows error ${code})`,
      );
    case ERROR.fileNotFound:
    case ERROR.pathNotFound:
      return new PrinterUnreachable("unreachable", `${name} is not plugged in at this port`);
    default:
      return new PrinterUnreachable("unreachable", `${name}: Windows error ${code}`);
  }
}

function foundPrinter({ path, model }: UsbPrintDevice): FoundPrinter {
  const { ids, instance } = partsOf(path);
  const name = (model ?? `USB ${ids ?? ""}`).trim().slice(0, LONGEST_NAME);
  const detail = ["USB", ids, instance].filter((part) => part !== null).join(" ");
  return { config: { kind: "usbprint", path, name }, name, detail, hint: null };
}

/** What a device interface path says: the numbers of the model, and the printer's own or its port's name. */
function partsOf(path: string): { ids: string | null; instance: string | null } {
  const match = /#vid_([0-9a-f]{4})&pid_([0-9a-f]{4})[^#]*#([^#]+)/i.exec(path);
  const [, vendor, product, instance] = match ?? [];
  if (vendor === undefined || product === undefined) return { ids: null, instance: null };
  const ids = usbIds(Number.parseInt(vendor, 16), Number.parseInt(product, 16));
  return { ids, instance: instance ?? null };
}
