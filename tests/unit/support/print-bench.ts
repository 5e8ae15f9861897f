import { onTestFinished } from "vitest";
import { encodeReceipt } from "../../../main/printing/escpos/encode.ts";
import { layoutReceipt } from "../../../main/domain/receipt/layout.ts";
import type { JobEvent } from "../../../main/printing/job.ts";
import { Printer } from "../../../main/printing/printer.ts";
import type { PaperRequest, PrinterMemory } from "../../../main/printing/receipt-printer.ts";
import { TcpTransport } from "../../../main/printing/transports/tcp/tcp-transport.ts";
import {
  serveVirtualPrinter,
  VirtualPrinter,
  type VirtualPrinterOptions,
} from "../../../main/printing/virtual-printer/index.ts";
import { line, saleOf } from "./sale-samples.ts";
import { TestClock } from "./test-clock.ts";

/** A virtual printer behind real TCP on this machine, gone when the test is over. */
export async function tcpPrinter(
  clock: TestClock,
  options: Partial<VirtualPrinterOptions> = {},
): Promise<{ device: VirtualPrinter; port: number }> {
  const device = new VirtualPrinter({ clock, widthMm: 58, ...options });
  const server = await serveVirtualPrinter(device, { port: 0 });
  onTestFinished(() => server.close());
  return { device, port: server.port };
}

/** One paper asked for, and what was told about it so far. */
export interface Asked {
  told: JobEvent[];
  /** The events in short: `blocked paperOut`, `printed A`. */
  short: () => string[];
  /** Resolves once this has been told, `printed` say; an event told before counts too. */
  until: (type: JobEvent["type"]) => Promise<void>;
  dropped: boolean;
}

export interface PrintBench {
  clock: TestClock;
  device: VirtualPrinter;
  port: number;
  printer: Printer;
  memory: PrinterMemory;
  incidents: unknown[];
  /** How often the printer said that it is back. */
  recoveries: () => number;
  /** Asks for the receipt of sale `receiptNo`. */
  ask: (receiptNo: number, change?: Partial<PaperRequest>) => Asked;
  /** Resolves when `check` holds; looked at after every change of till side or device. */
  until: (check: () => boolean) => Promise<void>;
  /** Receipt numbers on paper, one for every end mark found, oldest first. */
  whole: () => number[];
  /** Receipt numbers of which a head is on paper. */
  begun: () => number[];
}

export interface BenchOptions {
  memory?: Partial<PrinterMemory>;
  device?: Partial<VirtualPrinterOptions>;
  factor?: number;
  /** Runs before the till side connects. */
  before?: (device: VirtualPrinter) => void;
  /** What lies between the till and the printer's port; returns the port the till connects to. */
  between?: (port: number) => Promise<number>;
  /** Writes down what is known of the printer; may throw as a full disk does. */
  remember?: (memory: PrinterMemory) => void;
}

/** A printer as the till drives it, over real TCP, against a device whose paper can be read. */
export async function printBench(options: BenchOptions = {}): Promise<PrintBench> {
  const clock = new TestClock(options.factor ?? 20);
  const { device, port } = await tcpPrinter(clock, options.device);
  options.before?.(device);
  const watchers = new Set<() => void>();
  const notify = () => {
    for (const watcher of [...watchers]) watcher();
  };
  const memory: PrinterMemory = { answers: false, fence: null, ...options.memory };
  const incidents: unknown[] = [];
  let recoveries = 0;
  const printer = new Printer({
    transport: new TcpTransport("127.0.0.1", (await options.between?.(port)) ?? port, clock),
    clock,
    memory,
    remember: (known) => {
      options.remember?.(known);
      notify();
    },
    changed: notify,
    recovered: () => {
      recoveries += 1;
      notify();
    },
    incident: (error) => {
      incidents.push(error);
      notify();
    },
  });
  onTestFinished(() => printer.close());
  device.on(notify);
  const until = (check: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!check()) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });
  const ask = (receiptNo: number, change: Partial<PaperRequest> = {}): Asked => {
    const told: JobEvent[] = [];
    const asked: Asked = {
      told,
      dropped: false,
      short: () => told.map(shortOf),
      until: (type) => until(() => told.some((event) => event.type === type)),
    };
    printer.enqueue({
      document: () => documentOf(receiptNo),
      wanted: () => true,
      blind: false,
      label: { saleId: receiptNo, attempt: 1 },
      dropped: () => {
        asked.dropped = true;
        notify();
      },
      ...change,
      emit: (event) => {
        change.emit?.(event);
        told.push(event);
        notify();
      },
    });
    return asked;
  };
  const numbers = (pattern: RegExp) =>
    device.paper
      .slips()
      .flatMap((slip) => [...slip.text().matchAll(pattern)].map((match) => Number(match[1])));
  return {
    clock,
    device,
    port,
    printer,
    memory,
    incidents,
    recoveries: () => recoveries,
    ask,
    until,
    whole: () => numbers(/- (\d+) 小票完 -/g),
    begun: () => numbers(/单号 (\d+)/g),
  };
}

function shortOf(event: JobEvent): string {
  if ("cause" in event) return `${event.type} ${event.cause}`;
  if (event.type === "printed") return `printed ${event.grade}${event.late ? " late" : ""}`;
  return event.type;
}

/** A receipt of about 12 cm, as the till makes it. */
export function documentOf(receiptNo: number) {
  const lines = ["苹果", "香蕉 特级", "牛奶 250ml", "面包", "鸡蛋"].map((nameZh) =>
    line({ nameZh }),
  );
  const sale = saleOf({ lines, discountMinor: 0 }, { receiptNo });
  return encodeReceipt(layoutReceipt(sale, 32, { kind: "original" }));
}
