import { constants } from "node:fs";
import { access, readdir, readFile, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { PortFacts } from "./port-facts.ts";

/** How far above its tty a USB adapter's own folder is at most: interface, port, device. */
const USB_LEVELS = 4;

/**
 * Serial ports of a Linux PC, from sysfs. serialport's own list starts `udevadm`, which a small system
 * need not have, and names every ttyS the kernel could drive, hardware or not.
 * @param sysDir normally /sys
 * @param devDir normally /dev
 */
export async function linuxPorts(sysDir: string, devDir: string): Promise<PortFacts[]> {
  const ttyDir = join(sysDir, "class", "tty");
  const names = await readdir(ttyDir).catch(() => []);
  const found = await Promise.all(
    names.toSorted(byNumber).map(async (name) => portOf(join(ttyDir, name), join(devDir, name))),
  );
  return found.filter((port) => port !== null);
}

const byNumber = (a: string, b: string) => a.localeCompare(b, "en", { numeric: true });

/** null: a console, a terminal, or a port without hardware. */
async function portOf(ttyDir: string, path: string): Promise<PortFacts | null> {
  const name = basename(path);
  const isDenied = await access(path, constants.R_OK | constants.W_OK).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === "EACCES" || error.code === "EPERM",
  );
  if (name.startsWith("rfcomm")) return { path, name: null, wire: "bluetooth", isDenied };
  const device = await realpath(join(ttyDir, "device")).catch(() => null);
  if (device === null) return null;
  if (/^tty(USB|ACM)\d/.test(name)) {
    const wire = name.startsWith("ttyACM") ? "usb" : "adapter";
    return { path, name: await usbName(device), wire, isDenied };
  }
  // PORT_UNKNOWN: the driver found no chip there (linux/serial_core.h). Others have no such file.
  const type = await text(join(ttyDir, "type"));
  return type === "0" || /^(tty\d*|console|ttyprintk)$/.test(name)
    ? null
    : { path, name: null, wire: "uart", isDenied };
}

/** "Maker Product", as the adapter says itself; null when it does not. */
async function usbName(device: string): Promise<string | null> {
  let dir = device;
  for (let level = 0; level < USB_LEVELS; level += 1) {
    dir = dirname(dir);
    const product = await text(join(dir, "product"));
    if (product === null) continue;
    const maker = await text(join(dir, "manufacturer"));
    return maker === null ? product : `${maker} ${product}`;
  }
  return null;
}

async function text(path: string): Promise<string | null> {
  const content = await readFile(path, "utf8").catch(() => "");
  return content.trim() || null;
}
