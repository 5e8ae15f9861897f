import type { PortFacts } from "./port-facts.ts";

/** What serialport's `list()` tells of a port; `friendlyName` on Windows only. */
export interface ListedPort {
  path: string;
  manufacturer?: string | undefined;
  pnpId?: string | undefined;
  vendorId?: string | undefined;
  friendlyName?: string | undefined;
}

/** Makers of USB adapters with a real serial wire behind: FTDI, Prolific, WCH, Silicon Labs. */
const ADAPTER_VENDORS = new Set(["0403", "067b", "1a86", "10c4"]);
/** A Bluetooth port for others to call in: it leads to no device, so its address is zero. */
const INCOMING = /&0{12}_/;

/** Serial ports of Windows and macOS. */
export function listedPorts(ports: readonly ListedPort[]): PortFacts[] {
  return ports.flatMap((port) => {
    const pnpId = port.pnpId?.toUpperCase() ?? "";
    const isBluetooth = pnpId.startsWith("BTHENUM") || /bluetooth/i.test(port.path);
    if (isBluetooth && INCOMING.test(pnpId)) return [];
    const name = port.friendlyName ?? port.manufacturer ?? null;
    return [{ path: port.path, name, wire: wireOf(port, pnpId, isBluetooth), isDenied: false }];
  });
}

function wireOf(port: ListedPort, pnpId: string, isBluetooth: boolean): PortFacts["wire"] {
  if (isBluetooth) return "bluetooth";
  const vendorId = port.vendorId?.toLowerCase().padStart(4, "0");
  if (vendorId !== undefined) return ADAPTER_VENDORS.has(vendorId) ? "adapter" : "usb";
  // FTDI's Windows driver has a bus of its own.
  if (pnpId.startsWith("FTDIBUS")) return "adapter";
  return pnpId.startsWith("USB") ? "usb" : "uart";
}
