import type {
  UsbDevice,
  UsbEndpoint,
  UsbInterface,
  UsbInterfaceDescriptor,
} from "./usb-binding.ts";

const CLASS_PRINTER = 7;
const TYPE_BULK = 2;
const DIRECTION_IN = 0x80;
/**
 * bInterfaceProtocol, best first: 2 bidirectional, 1 unidirectional (USB printer class 1.1, section 4.3).
 * 3 wraps everything in IEEE 1284.4 and 4 is IPP over USB: neither takes plain ESC/POS.
 */
const PROTOCOLS = [2, 1];

/** Where to talk to a printer: which interface, in which alternate setting. */
export interface PrinterInterfacePlace {
  interfaceIndex: number;
  altSetting: number;
  /** There is a choice, so it has to be made known to the device. */
  hasAlternatives: boolean;
}

/** The printer's own interface, never another of the same device. null: none takes plain bytes. */
export function findPrinterInterface(device: UsbDevice): PrinterInterfacePlace | null {
  const interfaces = device.configDescriptor?.interfaces ?? [];
  for (const protocol of PROTOCOLS)
    for (const [interfaceIndex, settings] of interfaces.entries())
      for (const setting of settings) {
        if (setting.bInterfaceProtocol !== protocol || !takesBytes(setting)) continue;
        const { bAlternateSetting: altSetting } = setting;
        return { interfaceIndex, altSetting, hasAlternatives: settings.length > 1 };
      }
  return null;
}

function takesBytes(setting: UsbInterfaceDescriptor): boolean {
  if (setting.bInterfaceClass !== CLASS_PRINTER) return false;
  return setting.endpoints.some(
    ({ bmAttributes, bEndpointAddress }) =>
      (bmAttributes & 3) === TYPE_BULK && (bEndpointAddress & DIRECTION_IN) === 0,
  );
}

/** The bulk endpoint of that direction; null when the interface has none. */
export function bulkEndpoint(iface: UsbInterface, direction: "in" | "out"): UsbEndpoint | null {
  return (
    iface.endpoints.find(
      (endpoint) =>
        endpoint.direction === direction && (endpoint.descriptor.bmAttributes & 3) === TYPE_BULK,
    ) ?? null
  );
}
