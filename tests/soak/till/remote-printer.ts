import {
  PrinterConnectionError,
  type FaultSwitches,
  type PrinterConnection,
  type VirtualPrinter,
  type VirtualPrinterEvent,
} from "../../../main/printing/virtual-printer/index.ts";
import type { ParentLine } from "./parent-line.ts";

/** So much may be on its way: waiting for each packet would make a fast wire a slow one. */
const WINDOW_BYTES = 4096;

/** Lets writes through ahead of their answers, as long as not too much is on its way. */
class Window {
  private underWay = 0;
  private hasFailed = false;
  private wake: (() => void)[] = [];

  /** Rejects when this write, or one before it, was not taken. */
  async pass(bytes: number, write: () => Promise<boolean>): Promise<void> {
    this.underWay += bytes;
    void write().then((isTaken) => {
      this.underWay -= bytes;
      this.hasFailed ||= !isTaken;
      for (const run of this.wake.splice(0)) run();
    });
    while (this.underWay > WINDOW_BYTES && !this.hasFailed)
      await new Promise<void>((resolve) => this.wake.push(resolve));
    if (this.hasFailed) throw new PrinterConnectionError("ECONNRESET", "the session has ended");
  }
}

/** As much of a virtual printer as the fakes below a driver use; the printer itself is in another process. */
export class RemotePrinter {
  faults: FaultSwitches = {};
  private power: "on" | "off" = "off";
  private readonly line: ParentLine;
  private readonly station: number;
  private readonly listeners = new Set<(event: VirtualPrinterEvent) => void>();

  constructor(line: ParentLine, station: number) {
    this.line = line;
    this.station = station;
    line.on((message) => {
      if (message.type !== "device" || message.station !== station) return;
      this.power = message.power;
      this.faults = message.faults;
      const state = { power: this.power } as ReturnType<VirtualPrinter["state"]>;
      for (const listener of this.listeners) listener({ kind: "state", state });
    });
  }

  /** For the fakes, which ask for nothing that is missing here. */
  asVirtualPrinter(): VirtualPrinter {
    return this as unknown as VirtualPrinter;
  }

  state(): { power: "on" | "off" } {
    return { power: this.power };
  }

  on(listener: (event: VirtualPrinterEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Refused ones are open for a moment and then closed, as over any wire of some length. */
  connect(): PrinterConnection {
    if (this.power === "off")
      throw new PrinterConnectionError("ECONNREFUSED", "the printer has no power");
    const dataListeners: ((bytes: Uint8Array) => void)[] = [];
    const closeListeners: ((error?: Error) => void)[] = [];
    const wire = this.line.open(this.station, {
      data: (bytes) => {
        for (const listener of dataListeners) listener(bytes);
      },
      closed: () => {
        const error = new PrinterConnectionError("ECONNRESET", "the printer ended the session");
        for (const listener of closeListeners) listener(error);
      },
    });
    const window = new Window();
    return {
      write: (bytes) => window.pass(bytes.length, () => wire.write(bytes)),
      onData: (listener) => void dataListeners.push(listener),
      onClose: (listener) => void closeListeners.push(listener),
      close: () => {
        wire.close();
        for (const listener of closeListeners) listener();
      },
    };
  }
}
