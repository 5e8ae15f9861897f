import { createInterface } from "node:readline";
import { systemClock } from "../../../main/clock.ts";
import {
  serveVirtualPrinter,
  VirtualPrinter,
  type Fault,
} from "../../../main/printing/virtual-printer/index.ts";

/**
 * A virtual printer in a process of its own: `node virtual-printer-child.ts HOST PORT [FAULT as JSON]`. Says the
 * port it listens on; every line it reads is answered with all that is on paper, as JSON.
 */
const [host = "", port = "0", fault] = process.argv.slice(2);
const device = new VirtualPrinter({ clock: systemClock, widthMm: 58 });
if (fault) device.setFault(JSON.parse(fault) as Fault);
const server = await serveVirtualPrinter(device, { host, port: Number(port) });
console.log(server.port);
createInterface({ input: process.stdin }).on("line", () => {
  const text = device.paper.slips().map((slip) => slip.text());
  console.log(JSON.stringify(text));
});
