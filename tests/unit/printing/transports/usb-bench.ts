import { onTestFinished } from "vitest";
import type { JobEvent } from "../../../../main/printing/job.ts";
import { Printer } from "../../../../main/printing/printer.ts";
import type { PrinterMemory } from "../../../../main/printing/receipt-printer.ts";
import type { PrinterLink, WireTransport } from "../../../../main/printing/transport.ts";
import {
  VirtualPrinter,
  type VirtualPrinterOptions,
} from "../../../../main/printing/virtual-printer/index.ts";
import { documentOf } from "../../support/print-bench.ts";
import { TestClock } from "../../support/test-clock.ts";

/** A printer as the till drives it, over a link of one of the USB drivers. */
export interface WireBench {
  clock: TestClock;
  device: VirtualPrinter;
  printer: Printer;
  memory: PrinterMemory;
  /** Asks for the receipt of sale `receiptNo`; resolves at the first of its events of that type. */
  ask: (receiptNo: number) => {
    short: () => string[];
    until: (type: JobEvent["type"]) => Promise<void>;
  };
  until: (check: () => boolean) => Promise<void>;
  /** Receipt numbers whose end mark is on paper. */
  whole: () => number[];
}

export function newDevice(options: Partial<VirtualPrinterOptions> = {}, factor = 20) {
  const clock = new TestClock(factor);
  return { clock, device: new VirtualPrinter({ clock, widthMm: 58, ...options }) };
}

export function wireBench(
  { clock, device }: { clock: TestClock; device: VirtualPrinter },
  kind: WireTransport["kind"],
  open: () => Promise<PrinterLink>,
): WireBench {
  const watchers = new Set<() => void>();
  const notify = () => {
    for (const watcher of [...watchers]) watcher();
  };
  device.on(notify);
  const memory: PrinterMemory = { answers: false, fence: null };
  const printer = new Printer({
    transport: { path: "wire", kind, address: null, open },
    clock,
    memory,
    remember: () => {},
    changed: notify,
    recovered: notify,
    incident: (error) => {
      throw error;
    },
  });
  onTestFinished(() => printer.close());
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
  return {
    clock,
    device,
    printer,
    memory,
    until,
    ask: (receiptNo) => {
      const told: JobEvent[] = [];
      printer.enqueue({
        document: () => documentOf(receiptNo),
        wanted: () => true,
        blind: false,
        label: { saleId: receiptNo, attempt: 1 },
        dropped: () => {},
        emit: (event) => {
          told.push(event);
          notify();
        },
      });
      return {
        short: () => told.map(shortOf),
        until: (type) => until(() => told.some((event) => event.type === type)),
      };
    },
    whole: () =>
      device.paper
        .slips()
        .flatMap((slip) =>
          [...slip.text().matchAll(/- (\d+) 小票完 -/g)].map((of) => Number(of[1])),
        ),
  };
}

function shortOf(event: JobEvent): string {
  if ("cause" in event) return `${event.type} ${event.cause}`;
  if (event.type === "printed") return `printed ${event.grade}${event.late ? " late" : ""}`;
  return event.type;
}
