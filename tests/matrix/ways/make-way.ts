import { join } from "node:path";
import type { Clock } from "../../../main/clock.ts";
import type { PrinterConfig } from "../../../main/contract/printers.ts";
import { NativeHostClient } from "../../../main/printing/native/client.ts";
import type { NativeDriver } from "../../../main/printing/native/driver.ts";
import { createDriver as createLpDriver } from "../../../main/printing/transports/lp/driver.ts";
import { createDriver as createSerialDriver } from "../../../main/printing/transports/serial/driver.ts";
import { createSpoolerDriver } from "../../../main/printing/transports/spooler/driver.ts";
import { JOB_STATUS } from "../../../main/printing/transports/spooler/winspool.ts";
import { createUsbDriver } from "../../../main/printing/transports/usb/driver.ts";
import { createUsbPrintDriver } from "../../../main/printing/transports/usbprint/driver.ts";
import type { VirtualPrinter } from "../../../main/printing/virtual-printer/index.ts";
import { virtualUsb } from "../../unit/support/virtual-usb.ts";
import { virtualUsbPrint } from "../../unit/support/virtual-usbprint.ts";
import { virtualWinspool } from "../../unit/support/virtual-winspool.ts";
import type { CupsCommands } from "./cups-commands.ts";
import { inProcessHost } from "./in-process-host.ts";
import { networkCable } from "./network-cable.ts";
import { ptyPrinter } from "./pty-printer.ts";
import type { MakeWay, Way, WayName } from "./way.ts";

/** What the ways of one test share. */
export interface WayParts {
  clock: Clock;
  /** For device files; each printer has a name of its own. */
  dir: string;
  /** Only where CUPS is among the ways: it changes PATH. */
  cups: () => CupsCommands;
}

/** A printer on that way, on a bus or queue of its own. */
export function makeWay(name: WayName, parts: WayParts): MakeWay {
  switch (name) {
    case "tcp":
      return tcp;
    case "usb":
      return (device) => usb(parts, device);
    case "usbprint":
      return (device) => usbprint(parts, device);
    case "serial":
      return (device) => serial(parts, device, true);
    case "serialOneWay":
      return (device) => serial(parts, device, false);
    case "lp":
      return (device) => lp(parts, device);
    case "spooler":
      return (device) => spooler(parts, device);
    case "cups":
      return (device, crashes) => cups(parts, device, crashes);
  }
}

async function tcp(device: VirtualPrinter): Promise<Way> {
  const cable = await networkCable(device);
  return {
    config: { kind: "tcp", host: "127.0.0.1", port: cable.port },
    native: null,
    pull: cable.pull,
    plug: cable.plug,
    die: cable.die,
    queue: null,
    crash: null,
    answers: true,
    isBusy: () => false,
    close: cable.close,
  };
}

/** A way with a driver in the printer host. */
function driven(
  { clock }: WayParts,
  driver: NativeDriver,
  config: PrinterConfig,
  way: Pick<Way, "pull" | "plug"> & Partial<Way>,
): Way {
  const host = inProcessHost(driver);
  const problems: string[] = [];
  const native = new NativeHostClient({
    spawn: host.spawn,
    clock,
    report: (where, error) => `${where} ${problems.push(String(error))}`,
  });
  return {
    config,
    native,
    queue: null,
    crash: host.crash,
    answers: true,
    isBusy: () => false,
    close: () => native.close(),
    ...way,
  };
}

async function usb(parts: WayParts, device: VirtualPrinter): Promise<Way> {
  const bus = virtualUsb(parts.clock);
  const plugged = bus.plug(device, { serial: "A1", kernelDriver: true });
  const driver = createUsbDriver({
    usb: bus.usb,
    escposUsb: bus.escposUsb,
    clock: parts.clock,
    platform: "linux",
    // A printer that was pulled out can't be given back in order.
    report: () => {},
  });
  const config = { kind: "usb", vendorId: 0x0416, productId: 0x5011, serial: "A1", name: "N58" };
  return driven(parts, driver, config as PrinterConfig, {
    pull: () => plugged.unplug(),
    plug: () => plugged.plug(),
  });
}

async function usbprint(parts: WayParts, device: VirtualPrinter): Promise<Way> {
  const system = virtualUsbPrint();
  const port = system.plug(device);
  const driver = createUsbPrintDriver({ win32: system.win32, clock: parts.clock });
  return driven(
    parts,
    driver,
    { kind: "usbprint", path: port.path, name: "N58" },
    { pull: () => port.unplug(), plug: () => port.plug() },
  );
}

/** How many device files were made: each gets a name of its own. */
let deviceFiles = 0;

async function serial(parts: WayParts, device: VirtualPrinter, hears: boolean): Promise<Way> {
  device.setWire({ kind: "serial", baudRate: 19_200, flow: "hardware", answers: hears });
  deviceFiles += 1;
  const printer = ptyPrinter(join(parts.dir, `tty${deviceFiles}`), device);
  const config = { kind: "serial", path: printer.path, baudRate: 19_200, flow: "none" } as const;
  // The plug at the printer's end: the port of the PC notices nothing.
  return driven(parts, await createSerialDriver(), config, {
    pull: printer.cut,
    plug: printer.mend,
    answers: hears,
  });
}

async function lp(parts: WayParts, device: VirtualPrinter): Promise<Way> {
  device.setWire({ kind: "usb" });
  deviceFiles += 1;
  const printer = ptyPrinter(join(parts.dir, `lp${deviceFiles}`), device);
  let isPulled = false;
  // A USB device without power is no device.
  const follow = () => {
    if (isPulled || device.state().power === "off") printer.vanish();
    else printer.appear();
  };
  device.on((event) => event.kind === "state" && follow());
  const pull = (pulled: boolean) => () => {
    isPulled = pulled;
    follow();
  };
  const config = { kind: "lp", path: printer.path } as const;
  return driven(parts, await createLpDriver(), config, { pull: pull(true), plug: pull(false) });
}

async function spooler(parts: WayParts, device: VirtualPrinter): Promise<Way> {
  device.setWire({ kind: "usb" });
  const name = "收银 POS-58";
  const system = virtualWinspool();
  const queue = system.addQueue(name, device);
  const driver = createSpoolerDriver(system.winspool);
  return driven(
    parts,
    driver,
    { kind: "spooler", queue: name },
    {
      pull: () => {
        device.setFault({ kind: "refuse" });
        device.setWire({ kind: "usb" }); // ends the session that is open
      },
      plug: () => device.clearFault("refuse"),
      queue: {
        pause: () => queue.pause(),
        resume: () => queue.resume(),
        deleteFirst: () => queue.jobs()[0]?.vanish(),
      },
      answers: false,
      isBusy: () => queue.jobs().some(({ status }) => status === JOB_STATUS.printing),
    },
  );
}

/** On the matrix' fast clock about a tenth of a second. */
const AFTER_LP_MS = 1_000;

async function cups(parts: WayParts, device: VirtualPrinter, crashes: boolean): Promise<Way> {
  device.setWire({ kind: "usb" });
  const commands = parts.cups();
  const scheduler = commands.addQueue(device, parts.clock);
  const { queue, name } = scheduler;
  const host = commands.host(crashes);
  return {
    config: { kind: "cups", queue: name },
    native: host.native,
    pull: () => queue.unplug(),
    plug: () => queue.plug(),
    queue: {
      pause: () => queue.pause(),
      resume: () => queue.resume(),
      deleteFirst: () => {
        const [first] = queue.jobs;
        if (first) queue.delete(first.id);
      },
    },
    // Not while `lp` is reporting what the queue has taken already: either end of that race would be right.
    crash: () => void parts.clock.setTimer(AFTER_LP_MS, host.crash),
    answers: false,
    isBusy: () => queue.jobs.some(({ state }) => state === "sending"),
    close: () => {
      host.native.close();
      scheduler.close();
    },
  };
}
