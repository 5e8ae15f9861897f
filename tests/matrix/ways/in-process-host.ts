import type { NativeDriver } from "../../../main/printing/native/driver.ts";
import { servePrinterHost, type HostPort } from "../../../main/printing/native/host.ts";
import type { SpawnPrinterHost } from "../../../main/printing/native/printer-host-process.ts";
import type { PrinterLink } from "../../../main/printing/transport.ts";

export interface InProcessHost {
  spawn: SpawnPrinterHost;
  /** The native part crashes: its process is gone from one moment to the next. */
  crash: () => void;
}

/** As a driver that crashes shows itself: SIGSEGV, told as no code. */
const CRASHED = null;

/**
 * The printer host as the till starts it, but in this process: messages go through the same structured
 * clones and arrive a turn later, and a crash closes what the system would close.
 */
export function inProcessHost(driver: NativeDriver): InProcessHost {
  let crash: () => void = () => {};
  return {
    crash: () => crash(),
    spawn: () => {
      const links = new Set<PrinterLink>();
      let isGone = false;
      const toHost: ((message: unknown) => void)[] = [];
      const toTill: ((message: unknown) => void)[] = [];
      const exits: ((code: number | null) => void)[] = [];
      const end = (code: number | null) => {
        if (isGone) return;
        isGone = true;
        for (const link of links) link.close();
        setImmediate(() => {
          for (const listener of exits) listener(code);
        });
      };
      const pass = (to: typeof toHost) => (message: unknown) => {
        const copy: unknown = structuredClone(message);
        setImmediate(() => {
          if (!isGone) for (const listener of to) listener(copy);
        });
      };
      const port: HostPort = {
        send: pass(toTill),
        onMessage: (listener) => void toHost.push(listener),
        end: () => end(0),
      };
      crash = () => end(CRASHED);
      servePrinterHost(port, new Map([[driver.kind, async () => watched(driver, links)]]));
      return {
        send: pass(toHost),
        onMessage: (listener) => void toTill.push(listener),
        onExit: (listener) => void exits.push(listener),
        kill: () => end(null),
      };
    },
  };
}

/** The driver, with every link it opens noted down. */
function watched(driver: NativeDriver, links: Set<PrinterLink>): NativeDriver {
  if (!driver.openLink) return driver;
  return {
    ...driver,
    openLink: async (config) => {
      const link = await driver.openLink?.(config);
      if (!link) throw new Error(`${driver.kind} opens links`);
      links.add(link);
      link.onClose(() => links.delete(link));
      return link;
    },
  };
}
