import { createInterface } from "node:readline";
import { systemClock } from "../../../main/clock.ts";
import {
  serveVirtualPrinter,
  VirtualPrinter,
} from "../../../main/printing/virtual-printer/index.ts";

/**
 * A virtual printer on an address of its own, run inside a network namespace: `node netns-printer.ts HOST PORT`.
 * Says `ready`; every line it reads is answered with all that is on paper, as JSON.
 */
const [host = "", port = ""] = process.argv.slice(2);
const device = new VirtualPrinter({ clock: systemClock, widthMm: 58 });
await serveVirtualPrinter(device, { host, port: Number(port) });
console.log("ready");
createInterface({ input: process.stdin }).on("line", () => {
  const text = device.paper.slips().map((slip) => slip.text());
  console.log(JSON.stringify(text));
});
