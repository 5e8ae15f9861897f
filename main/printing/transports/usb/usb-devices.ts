import type { UsbDevice } from "./usb-binding.ts";

/** A control transfer that takes longer is not coming; some firmware ignores requests it does not know. */
const DESCRIPTOR_TIMEOUT_MS = 500;
const LONGEST_TEXT = 126;

/** What a device says it is; null where it says nothing. */
export interface UsbIdentity {
  maker: string | null;
  model: string | null;
  serial: string | null;
}

/**
 * Devices opened by this process. The package has one object and one handle for a device, whoever asks,
 * so looking at a printer's name must not close it under a link.
 */
export class OpenDevices {
  private readonly uses = new Map<UsbDevice, number>();

  /** @throws UsbError */
  open(device: UsbDevice): void {
    const uses = this.uses.get(device) ?? 0;
    if (uses === 0) device.open();
    this.uses.set(device, uses + 1);
  }

  /** @throws UsbError */
  close(device: UsbDevice): void {
    const uses = (this.uses.get(device) ?? 0) - 1;
    if (uses > 0) {
      this.uses.set(device, uses);
      return;
    }
    this.uses.delete(device);
    device.close();
  }
}

/** Reads what an open device says it is. Silence and nonsense count as nothing said. */
export async function readIdentity(device: UsbDevice): Promise<UsbIdentity> {
  const { iManufacturer, iProduct, iSerialNumber } = device.deviceDescriptor;
  device.timeout = DESCRIPTOR_TIMEOUT_MS;
  return {
    maker: await readText(device, iManufacturer),
    model: await readText(device, iProduct),
    serial: await readText(device, iSerialNumber),
  };
}

function readText(device: UsbDevice, index: number): Promise<string | null> {
  if (index === 0) return Promise.resolve(null);
  return new Promise((resolve) => {
    device.getStringDescriptor(index, (error, text) => {
      const said = error || text === undefined ? "" : (text.split("\0", 1)[0] ?? "").trim();
      resolve(said === "" ? null : said.slice(0, LONGEST_TEXT));
    });
  });
}

/** Such as `04b8:0202`. */
export function usbIds(vendorId: number, productId: number): string {
  const hex = (id: number) => id.toString(16).padStart(4, "0");
  return `${hex(vendorId)}:${hex(productId)}`;
}

/** Where it is plugged in, such as `1-2.4`: bus, then the port of every hub on the way. */
export function usbPlace(device: UsbDevice): string {
  const ports = device.portNumbers ?? [];
  return ports.length > 0
    ? `${device.busNumber}-${ports.join(".")}`
    : `${device.busNumber}:${device.deviceAddress}`;
}

/** Maker and model as a person would say them; the numbers when it says neither. */
export function usbName(device: UsbDevice, { maker, model }: UsbIdentity): string {
  const { idVendor, idProduct } = device.deviceDescriptor;
  if (model === null) return `${maker ?? "USB"} ${usbIds(idVendor, idProduct)}`;
  const named = maker !== null && model.toLowerCase().startsWith(maker.toLowerCase());
  return maker === null || named ? model : `${maker} ${model}`;
}
