import { createRequire } from "node:module";
import { systemClock, type Clock } from "../../../clock.ts";
import type { FoundPrinter } from "../../../contract/printers.ts";
import type { ConfigOfKind, NativeDriver } from "../../native/driver.ts";
import { PrinterUnreachable, type PrinterLink } from "../../transport.ts";
import { BulkLink } from "./bulk-link.ts";
import type { EscposUsb, UsbBinding, UsbDevice, UsbInterface } from "./usb-binding.ts";
import {
  OpenDevices,
  readIdentity,
  usbIds,
  usbName,
  usbPlace,
  type UsbIdentity,
} from "./usb-devices.ts";
import { hintOf, LIBUSB_ERROR, unreachable, usbErrorNumber } from "./usb-errors.ts";
import { bulkEndpoint, findPrinterInterface, type PrinterInterfacePlace } from "./usb-interface.ts";
import { called, UsbPipe, type ClaimedInterface } from "./usb-pipe.ts";

export interface UsbDriverParts {
  usb: UsbBinding;
  escposUsb: EscposUsb;
  clock?: Clock;
  platform?: NodeJS.Platform;
  /** Something that nobody waits for went wrong, such as giving a printer back. */
  report?: (error: Error) => void;
}

type UsbConfig = ConfigOfKind<"usb">;

const NOTHING_SAID: UsbIdentity = { maker: null, model: null, serial: null };

/** Printers straight over libusb, for the parts handed in. @see createDriver for the real ones */
export function createUsbDriver(parts: UsbDriverParts): NativeDriver<"usb"> {
  const driver = new UsbDriver(parts);
  return {
    kind: "usb",
    find: () => driver.find(),
    openLink: (config) => driver.openLink(config),
  };
}

/** Printers straight over libusb. @throws Error where the packages can't be loaded */
export function createDriver(): NativeDriver<"usb"> {
  const require = createRequire(import.meta.url);
  const escposUsb = require("escpos-usb") as EscposUsb;
  // The very `usb` that package has: another copy would not know its devices.
  const usb = createRequire(require.resolve("escpos-usb"))("usb") as UsbBinding;
  return createUsbDriver({ usb, escposUsb });
}

class UsbDriver {
  private readonly usb: UsbBinding;
  private readonly escposUsb: EscposUsb;
  private readonly clock: Clock;
  private readonly windows: boolean;
  private readonly report: (error: Error) => void;
  private readonly devices = new OpenDevices();
  /** Devices with a link, each until it has been given back. */
  private readonly links = new Map<UsbDevice, BulkLink | null>();

  constructor(parts: UsbDriverParts) {
    this.usb = parts.usb;
    this.escposUsb = parts.escposUsb;
    this.clock = parts.clock ?? systemClock;
    this.windows = (parts.platform ?? process.platform) === "win32";
    this.report = parts.report ?? ((error) => process.emitWarning(error));
  }

  async find(): Promise<FoundPrinter[]> {
    const found: FoundPrinter[] = [];
    for (const device of this.escposUsb.findPrinter()) {
      if (findPrinterInterface(device) === null) continue;
      let identity = NOTHING_SAID;
      let hint: FoundPrinter["hint"] = null;
      try {
        identity = await this.identify(device);
      } catch (error) {
        // Unplugged while looking.
        if (usbErrorNumber(error) === LIBUSB_ERROR.noDevice) continue;
        hint = hintOf(error, this.windows);
      }
      const { idVendor: vendorId, idProduct: productId } = device.deviceDescriptor;
      const name = usbName(device, identity);
      const config: UsbConfig = { kind: "usb", vendorId, productId, serial: identity.serial, name };
      found.push({ config, name, detail: `USB ${usbPlace(device)}`, hint });
    }
    return found;
  }

  async openLink(config: UsbConfig): Promise<PrinterLink> {
    const what = `${config.name} (USB ${usbIds(config.vendorId, config.productId)})`;
    try {
      const device = await this.choose(config);
      const place = findPrinterInterface(device);
      if (place === null) throw new Error("it has no interface that takes plain bytes");
      const before = this.links.get(device);
      if (before && !before.isOpen) await before.released.catch(() => {});
      if (this.links.has(device)) throw new PrinterUnreachable("busy", `${what}: already open`);
      return await this.link(device, place);
    } catch (error) {
      throw unreachable(what, error, this.windows);
    }
  }

  /** The one device a configuration means. Any doubt which of two it is refuses both. */
  private async choose(config: UsbConfig): Promise<UsbDevice> {
    const { vendorId, productId, serial } = config;
    const sameModel = this.escposUsb
      .findPrinter()
      .filter(({ deviceDescriptor: { idVendor, idProduct } }) => {
        return idVendor === vendorId && idProduct === productId;
      });
    let candidates = sameModel;
    if (serial !== null) {
      candidates = [];
      for (const device of sameModel) {
        const said = await this.identify(device);
        if (said.serial === serial) candidates.push(device);
      }
    }
    const [device, other] = candidates;
    const which = serial === null ? "it" : `the one with serial number ${serial}`;
    if (device === undefined) throw new Error(`${which} is not plugged in`);
    if (other) throw new Error("two of them are plugged in, and nothing tells them apart");
    return device;
  }

  private async identify(device: UsbDevice): Promise<UsbIdentity> {
    this.devices.open(device);
    try {
      return await readIdentity(device);
    } finally {
      this.closeDevice(device);
    }
  }

  private async link(device: UsbDevice, place: PrinterInterfacePlace): Promise<BulkLink> {
    this.links.set(device, null);
    let link: BulkLink | null = null;
    let gone = false;
    const onDetach = (detached: UsbDevice) => {
      if (detached !== device) return;
      gone = true;
      link?.end(new Error("the printer was unplugged"));
    };
    const unwatch = this.watchDetach(onDetach);
    const letGo = () => {
      unwatch();
      this.links.delete(device);
      this.closeDevice(device);
    };
    try {
      this.devices.open(device);
    } catch (error) {
      unwatch();
      this.links.delete(device);
      throw error;
    }
    let claimed: ClaimedInterface;
    try {
      claimed = await claim(device, place);
    } catch (error) {
      letGo();
      throw error;
    }
    link = new BulkLink(new UsbPipe(claimed, letGo), this.clock);
    this.links.set(device, link);
    link.released.catch((error: unknown) => {
      this.report(error instanceof Error ? error : new Error(String(error)));
    });
    if (gone) link.end(new Error("the printer was unplugged"));
    return link;
  }

  /**
   * libusb tells of unplugging on Linux and macOS. On Windows the package `usb` would look at the whole bus twice a
   * second for it, on this very thread (usb 1.9.2, usb.js, pollHotplug); there the reader that is always
   * running ends with an error instead.
   * @returns takes its own listener away, and no other's
   */
  private watchDetach(onDetach: (device: UsbDevice) => void): () => void {
    if (this.windows) return () => {};
    this.usb.on("detach", onDetach);
    return () => this.usb.off("detach", onDetach);
  }

  private closeDevice(device: UsbDevice): void {
    try {
      this.devices.close(device);
    } catch (error) {
      this.report(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

/** @throws UsbError; the system's driver has it back then. */
async function claim(device: UsbDevice, place: PrinterInterfacePlace): Promise<ClaimedInterface> {
  const iface = device.interfaces?.[place.interfaceIndex];
  if (!iface) throw new Error("the device shows no interface");
  if (iface.id !== iface.interfaceNumber)
    throw new Error("its interfaces are numbered with gaps, which the USB package can't claim");
  const kernelDriverDetached = detachKernelDriver(iface);
  let isClaimed = false;
  try {
    iface.claim();
    isClaimed = true;
    if (place.hasAlternatives)
      await called((callback) => iface.setAltSetting(place.altSetting, callback));
    const out = bulkEndpoint(iface, "out");
    if (out === null) throw new Error("its interface has no way out");
    return { iface, out, in: bulkEndpoint(iface, "in"), kernelDriverDetached };
  } catch (error) {
    if (isClaimed) await called((callback) => iface.release(false, callback)).catch(() => {});
    if (kernelDriverDetached) reattach(iface);
    throw error;
  }
}

/** usblp on Linux. Windows and macOS have no such call. @returns true when it was there */
function detachKernelDriver(iface: UsbInterface): boolean {
  let active: boolean;
  try {
    active = iface.isKernelDriverActive();
  } catch (error) {
    if (usbErrorNumber(error) === LIBUSB_ERROR.notSupported) return false;
    throw error;
  }
  if (active) iface.detachKernelDriver();
  return active;
}

function reattach(iface: UsbInterface): void {
  try {
    iface.attachKernelDriver();
  } catch {
    // What went wrong before is what is told; the next plugging-in brings the driver back.
  }
}
