import type { NativeDriver } from "../../native/driver.ts";
import { openDevice } from "./device-file.ts";
import { findDevices } from "./find-devices.ts";
import { LpLink } from "./lp-link.ts";

/** Printers that Linux' own driver has taken, as files under /dev/usb. One program at a time has one. */
export function createDriver(): Promise<NativeDriver<"lp">> {
  return Promise.resolve({
    kind: "lp",
    find: () => findDevices("/dev", "/sys"),
    openLink: async ({ path }) => new LpLink(await openDevice(path)),
  });
}
