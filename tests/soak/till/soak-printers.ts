import { systemClock, type Clock } from "../../../main/clock.ts";
import { NativeHostClient } from "../../../main/printing/native/client.ts";
import type { NativeDriver } from "../../../main/printing/native/driver.ts";
import { forkPrinterHost } from "../../../main/printing/native/fork-host.ts";
import type {
  NativePrinterConfig,
  NativePrinters,
} from "../../../main/printing/native/native-printers.ts";
import {
  PrinterUnreachable,
  type PrinterLink,
  type PrinterTransport,
  type SpoolTransport,
} from "../../../main/printing/transport.ts";
import { createUsbDriver } from "../../../main/printing/transports/usb/driver.ts";
import { createUsbPrintDriver } from "../../../main/printing/transports/usbprint/driver.ts";
import { inProcessHost } from "../../matrix/ways/in-process-host.ts";
import { virtualUsb } from "../../unit/support/virtual-usb.ts";
import { virtualUsbPrint } from "../../unit/support/virtual-usbprint.ts";
import type { Behaviour } from "../behaviours.ts";
import { instanceOf, numberIn } from "../instance.ts";
import type { ParentLine } from "./parent-line.ts";
import { RemotePrinter } from "./remote-printer.ts";

/** The till's way to printers that are in another process, through its own drivers where it has any. */
export class SoakPrinters implements NativePrinters {
  private readonly line: ParentLine;
  private readonly report: (where: string, error: unknown) => string;
  private readonly usb: NativePrinters;
  private readonly usbprint: NativePrinters;
  private cups: NativeHostClient | null = null;

  /** @param clock of the drivers: one that does not jump, as the printers' does not */
  constructor(
    line: ParentLine,
    behaviours: readonly Behaviour[],
    clock: Clock,
    report: (where: string, error: unknown) => string,
  ) {
    this.line = line;
    this.report = report;
    const bus = virtualUsb(clock);
    const system = virtualUsbPrint();
    for (const [station, behaviour] of behaviours.entries()) {
      const printer = new RemotePrinter(line, station).asVirtualPrinter();
      if (behaviour === "usb") bus.plug(printer, { serial: instanceOf(station) });
      if (behaviour === "usbprint") system.plug(printer, { instance: instanceOf(station) });
    }
    const { usb, escposUsb } = bus;
    // A printer that has gone can't be given back in order.
    const usbParts = { usb, escposUsb, clock, platform: "linux", report: () => {} } as const;
    this.usb = this.hosted(createUsbDriver(usbParts));
    this.usbprint = this.hosted(createUsbPrintDriver({ win32: system.win32, clock }));
  }

  transport(config: NativePrinterConfig): PrinterTransport {
    switch (config.kind) {
      case "usb":
        return this.usb.transport(config);
      case "usbprint":
        return this.usbprint.transport(config);
      case "cups":
        return this.cupsHost().transport(config);
      case "spooler":
        return this.spool(config.queue);
      case "lp":
      case "serial": {
        const { kind, path } = config;
        return { path: "wire", kind, address: path, open: () => this.openLine(numberIn(path)) };
      }
    }
  }

  find(): ReturnType<NativePrinters["find"]> {
    return Promise.resolve([]);
  }

  close(): void {
    for (const native of [this.usb, this.usbprint, this.cups]) native?.close();
  }

  private hosted(driver: NativeDriver): NativeHostClient {
    const { spawn } = inProcessHost(driver);
    return new NativeHostClient({ spawn, clock: systemClock, report: this.report });
  }

  /** A process of its own, as in the shop: it starts `lp` and its like. */
  private cupsHost(): NativeHostClient {
    const main = new URL("../../../main/printing/native/host-main.ts", import.meta.url);
    this.cups ??= new NativeHostClient({
      spawn: forkPrinterHost(main.pathname),
      clock: systemClock,
      report: this.report,
    });
    return this.cups;
  }

  /** A serial port is always there; whether a printer is at its end is another matter. */
  private openLine(station: number): Promise<PrinterLink> {
    const dataListeners: ((bytes: Uint8Array) => void)[] = [];
    const closing = Promise.withResolvers<void>();
    let wire: ReturnType<ParentLine["open"]> | null = null;
    const connected = () => {
      if (wire) return wire;
      const opened = this.line.open(station, {
        data: (bytes) => {
          for (const listener of dataListeners) listener(bytes);
        },
        closed: () => {
          if (wire === opened) wire = null;
        },
      });
      wire = opened;
      return opened;
    };
    return Promise.resolve({
      // What a printer without power is sent is lost, and nobody hears of it.
      write: async (bytes) => void (await connected().write(bytes)),
      onData: (listener) => void dataListeners.push(listener),
      onClose: (listener) => void closing.promise.then(listener),
      close: () => {
        wire?.close();
        closing.resolve();
      },
    });
  }

  private spool(queue: string): SpoolTransport {
    const station = numberIn(queue);
    return {
      path: "spool",
      kind: "spooler",
      address: queue,
      check: async () => (await this.line.ask(station, { do: "check" })).cause,
      submit: async (title, bytes) => {
        const { cause } = await this.line.ask(station, { do: "check" });
        if (cause === "queuePaused") throw new PrinterUnreachable(cause, queue);
        const { job } = await this.line.ask(station, { do: "submit", title, bytes });
        return {
          status: async () => (await this.line.ask(station, { do: "status", job })).status,
          cancel: async () => (await this.line.ask(station, { do: "cancel", job })).isCancelled,
        };
      },
    };
  }
}
