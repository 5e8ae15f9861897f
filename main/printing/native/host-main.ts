import type { NativeDriver, NativePrinterKind } from "./driver.ts";
import { servePrinterHost } from "./host.ts";
import { portToTill } from "./host-port.ts";

/** Entry of the printer host: a process of its own for everything that is native or may block. */

const LAST_WORDS_MS = 100;
const isWindows = process.platform === "win32";

/** Imported when first asked for, so that a native part that is missing costs its own kind only. */
const drivers = new Map<NativePrinterKind, () => Promise<NativeDriver>>([
  ["usb", async () => (await import("../transports/usb/driver.ts")).createDriver()],
  ["serial", async () => (await import("../transports/serial/driver.ts")).createDriver()],
]);
if (isWindows) {
  drivers.set("usbprint", async () =>
    (await import("../transports/usbprint/driver.ts")).createDriver(),
  );
  drivers.set("spooler", async () =>
    (await import("../transports/spooler/driver.ts")).createDriver(),
  );
} else {
  drivers.set("cups", async () => (await import("../transports/cups/driver.ts")).createDriver());
}
if (process.platform === "linux")
  drivers.set("lp", async () => (await import("../transports/lp/driver.ts")).createDriver());

let end: () => void = () => {};
const port = portToTill(() => end());
process.on("uncaughtException", (error) => {
  port.send({ type: "problem", message: error.stack ?? error.message });
  // Whatever state it is in now, its links can't be trusted. A moment for the message to leave.
  setTimeout(() => process.exit(1), LAST_WORDS_MS);
});
end = servePrinterHost(port, drivers);
