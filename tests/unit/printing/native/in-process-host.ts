import type { DriverLoaders } from "../../../../main/printing/native/host.ts";
import { servePrinterHost } from "../../../../main/printing/native/host.ts";
import type {
  PrinterHostProcess,
  SpawnPrinterHost,
} from "../../../../main/printing/native/printer-host-process.ts";

/** A printer host without a process: real client, real host, messages as structured clones between. */
export interface InProcessHost {
  /** Ends it as a crash does. */
  crash: (code?: number) => void;
  /** From now on it takes nothing and says nothing, as a process that hangs. */
  hang: () => void;
  /** A message no host would send. */
  say: (message: unknown) => void;
  /** How it ended; null while it runs. */
  ended: "killed" | "crashed" | "by itself" | null;
}

export function inProcessHosts(drivers: DriverLoaders): {
  spawn: SpawnPrinterHost;
  hosts: InProcessHost[];
} {
  const hosts: InProcessHost[] = [];
  const spawn = (): PrinterHostProcess => {
    const toTill = new Set<(message: unknown) => void>();
    const toHost = new Set<(message: unknown) => void>();
    const exits = new Set<(code: number | null) => void>();
    let isHung = false;
    const deliver = (listeners: typeof toTill, message: unknown) => {
      const copy: unknown = structuredClone(message);
      // In turns of their own and in order, as on any channel.
      setImmediate(() => {
        if (host.ended === null && !isHung) for (const listener of listeners) listener(copy);
      });
    };
    const exit = (how: InProcessHost["ended"], code: number | null) => {
      if (host.ended !== null) return;
      host.ended = how;
      setImmediate(() => {
        for (const listener of exits) listener(code);
      });
    };
    const host: InProcessHost = {
      ended: null,
      crash: (code = 1) => exit("crashed", code),
      hang: () => {
        isHung = true;
      },
      say: (message) => deliver(toTill, message),
    };
    hosts.push(host);
    servePrinterHost(
      {
        send: (message) => deliver(toTill, message),
        onMessage: (listener) => toHost.add(listener),
        end: () => exit("by itself", 0),
      },
      drivers,
    );
    return {
      send: (message) => deliver(toHost, message),
      onMessage: (listener) => toTill.add(listener),
      onExit: (listener) => exits.add(listener),
      kill: () => exit("killed", null),
    };
  };
  return { spawn, hosts };
}
