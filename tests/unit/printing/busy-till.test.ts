import { expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../../main/clock.ts";
import { Printer } from "../../../main/printing/printer.ts";
import { ThreadedTcpTransport } from "../../../main/printing/transports/tcp/tcp-thread.ts";
import type { Fault } from "../../../main/printing/virtual-printer/index.ts";
import { documentOf } from "../support/print-bench.ts";
import { printerProcess } from "../support/printer-process.ts";

/** Longer than the receipt takes, so every answer lies there unread. */
const STALL_MS = 3_000;

/** What a till is told of a receipt when it can do nothing at all from the moment it has sent it. */
async function printWhileStalled(fault?: Fault): Promise<string> {
  const device = await printerProcess("127.0.0.1", 0, fault ? { fault } : {});
  const told = Promise.withResolvers<string>();
  const printer = new Printer({
    transport: new ThreadedTcpTransport("127.0.0.1", device.port),
    clock: systemClock,
    memory: { answers: true, fence: "id" },
    remember: () => {},
    changed: () => {},
    recovered: () => {},
    incident: (error) => expect.fail(String(error)),
  });
  onTestFinished(() => printer.close());
  printer.enqueue({
    document: () => documentOf(7),
    wanted: () => true,
    blind: false,
    label: { saleId: 7, attempt: 1 },
    dropped: () => told.resolve("dropped"),
    emit: (event) => {
      if (event.type === "started") setImmediate(stall);
      else told.resolve("cause" in event ? `${event.type} ${event.cause}` : event.type);
    },
  });
  return told.promise;
}

function stall(): void {
  const untilMs = performance.now() + STALL_MS;
  while (performance.now() < untilMs);
}

it("an honest proof that lay unread while the till was held up is believed", async () => {
  expect(await printWhileStalled()).toBe("printed");
});

it("a lie that lay unread is no more believed than one that was read at once", async () => {
  expect(await printWhileStalled({ kind: "lyingOk" })).toBe("unknown doubtfulProof");
});
