import type { PrinterConfig } from "../../main/contract/printers.ts";
import type { Clock } from "../../main/clock.ts";
import {
  serveVirtualPrinter,
  VirtualPrinter,
  VirtualPrintQueue,
} from "../../main/printing/virtual-printer/index.ts";
import type { CupsCommands } from "../matrix/ways/cups-commands.ts";
import { virtualUsbPrint } from "../unit/support/virtual-usbprint.ts";
import { BAUD_RATE, traitsOf, wireOf, type Behaviour } from "./behaviours.ts";
import { instanceOf } from "./instance.ts";

/** Fast, so that the soak is; a lying printer must still answer sooner than paper could move. */
const SPEED_MM_PER_S = 450;
const CUT_MS = 100;
/** No roll ends by itself. */
const PAPER_MM = 1e9;

/** A printer in its place, with the way the till reaches it. Outlives every till. */
export interface Station {
  number: number;
  behaviour: Behaviour;
  device: VirtualPrinter;
  /** A queue of the system in front of it; null: there is none. */
  queue: VirtualPrintQueue | null;
  config: PrinterConfig;
  close: () => Promise<void> | void;
}

export async function makeStation(
  number: number,
  behaviour: Behaviour,
  clock: Clock,
  cups: () => CupsCommands,
): Promise<Station> {
  const wire = wireOf(behaviour);
  const options = { clock, widthMm: 58, speedMmPerS: SPEED_MM_PER_S, cutMs: CUT_MS } as const;
  const device = new VirtualPrinter({ ...options, wire, paperMm: PAPER_MM });
  for (const trait of traitsOf(behaviour)) device.setFault(trait);
  const station = { number, behaviour, device, queue: null, close: () => {} };
  switch (behaviour) {
    case "tcp":
    case "sensor": {
      const server = await serveVirtualPrinter(device, { port: 0 });
      const config = { kind: "tcp", host: "127.0.0.1", port: server.port } as const;
      return { ...station, config, close: () => server.close() };
    }
    case "usb": {
      const ids = { vendorId: 0x0416, productId: 0x5011, serial: instanceOf(number) };
      return { ...station, config: { kind: "usb", ...ids, name: instanceOf(number) } };
    }
    case "usbprint": {
      const { path } = virtualUsbPrint().plug(device, { instance: instanceOf(number) });
      return { ...station, config: { kind: "usbprint", path, name: instanceOf(number) } };
    }
    case "serial":
    case "oneway": {
      const path = instanceOf(number);
      return {
        ...station,
        config: { kind: "serial", path, baudRate: BAUD_RATE, flow: "hardware" },
      };
    }
    case "spool": {
      const queue = new VirtualPrintQueue(device, { clock });
      const config = { kind: "spooler", queue: instanceOf(number) } as const;
      return { ...station, queue, config, close: () => queue.close() };
    }
    case "cups": {
      const scheduler = cups().addQueue(device, clock);
      const { queue, name } = scheduler;
      return {
        ...station,
        queue,
        config: { kind: "cups", queue: name },
        close: () => scheduler.close(),
      };
    }
  }
}
