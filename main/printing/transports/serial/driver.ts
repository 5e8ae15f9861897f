import { SerialPort } from "serialport";
import type { ConfigOfKind, NativeDriver } from "../../native/driver.ts";
import type { PrinterLink } from "../../transport.ts";
import { linuxPorts } from "./linux-ports.ts";
import { listedPorts } from "./listed-ports.ts";
import { asPrinter } from "./port-facts.ts";
import { SerialLink, unreachableBecause } from "./serial-link.ts";

/** Serial ports: real ones, vendors' virtual ones, and paired Bluetooth printers. 8 data bits, no parity. */
export function createDriver(): Promise<NativeDriver<"serial">> {
  return Promise.resolve({ kind: "serial", find, openLink });
}

async function find() {
  const ports =
    process.platform === "linux"
      ? await linuxPorts("/sys", "/dev")
      : listedPorts(await SerialPort.list());
  return ports.map(asPrinter);
}

/** @throws PrinterUnreachable "busy" when another program has the port. */
function openLink({ path, baudRate, flow }: ConfigOfKind<"serial">): Promise<PrinterLink> {
  const port = new SerialPort({
    path,
    baudRate,
    rtscts: flow === "hardware",
    // Only what holds us back (termios IXON, Windows fOutX): the system takes XON and XOFF out of
    // what is read. The other direction would put them between the bytes of a receipt.
    xon: flow === "software",
    xoff: false,
    autoOpen: false,
  });
  return new Promise((resolve, reject) => {
    port.open((error) => {
      if (error) reject(unreachableBecause(path, error));
      else resolve(new SerialLink(port));
    });
  });
}
