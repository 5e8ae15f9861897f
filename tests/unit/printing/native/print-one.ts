import { CUT } from "../../../../main/printing/escpos/commands.ts";
import { onTestFinished } from "vitest";
import type { JobEvent } from "../../../../main/printing/job.ts";
import { Printer } from "../../../../main/printing/printer.ts";
import type { WireTransport } from "../../../../main/printing/transport.ts";
import type { TestClock } from "../../support/test-clock.ts";

/** What a receipt is waited for; `started` alone leaves it on its way. */
const OVER: readonly JobEvent["type"][] = ["printed", "failed", "unknown", "cleared"];

export interface PrintedOne {
  printer: Printer;
  told: JobEvent[];
  /** Resolves when one of these has been told; by default when its fate is known. */
  until: (...types: JobEvent["type"][]) => Promise<JobEvent>;
}

/** Stands under the last line of what is printed. */
export const END_MARK = "- END OF 7 -";
const LINES = 20;
/** 30 dots, as ESC @ sets them, at 8 dots per mm. */
const LINE_MM = 3.75;

function receipt() {
  const lines = Array.from({ length: LINES }, (_, index) => `line ${index + 1} of receipt 7`);
  const text = [...lines, END_MARK].map((line) => `${line}\n`).join("");
  const bytes = Buffer.from(`\x1b@\x1da\x0e${text}`, "latin1");
  return { bytes, finish: CUT, paperMm: (LINES + 1) * LINE_MM };
}

/** Prints receipt 7 over this transport, as the till does. */
export function printOne(transport: WireTransport, clock: TestClock): PrintedOne {
  const told: JobEvent[] = [];
  const watchers = new Set<() => void>();
  const printer = new Printer({
    transport,
    clock,
    memory: { answers: true, fence: "id" },
    remember: () => {},
    changed: () => {},
    recovered: () => {},
    incident: (error) => {
      throw error;
    },
  });
  onTestFinished(() => printer.close());
  printer.enqueue({
    document: () => Promise.resolve(receipt()),
    wanted: () => true,
    blind: false,
    label: { saleId: 7, attempt: 1 },
    dropped: () => {},
    emit: (event) => {
      told.push(event);
      for (const watcher of [...watchers]) watcher();
    },
  });
  const until = (...types: JobEvent["type"][]) =>
    new Promise<JobEvent>((resolve) => {
      const wanted = types.length > 0 ? types : OVER;
      const look = () => {
        const event = told.find(({ type }) => wanted.includes(type));
        if (!event) return;
        watchers.delete(look);
        resolve(event);
      };
      watchers.add(look);
      look();
    });
  return { printer, told, until };
}
