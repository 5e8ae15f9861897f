import { describe, expect, it } from "vitest";
import { createSpoolerDriver } from "../../../../main/printing/transports/spooler/driver.ts";
import {
  JOB_STATUS,
  PRINTER_ATTRIBUTE,
  PRINTER_STATUS,
} from "../../../../main/printing/transports/spooler/winspool.ts";
import type { FoundPrinter } from "../../../../main/contract/printers.ts";
import { SpoolPrinter } from "../../../../main/printing/spool-printer.ts";
import type { SpoolTransport } from "../../../../main/printing/transport.ts";
import type { VirtualPrinter } from "../../../../main/printing/virtual-printer/index.ts";
import { documentOf } from "../../support/print-bench.ts";
import { virtualWinspool, type QueueOptions } from "../../support/virtual-winspool.ts";
import { newDevice } from "./usb-bench.ts";

const NAME = "收银 POS-58";

function spooler(options: QueueOptions = {}, made = newDevice()) {
  const system = virtualWinspool();
  const queue = system.addQueue(NAME, made.device, options);
  const driver = createSpoolerDriver(system.winspool);
  const transport = driver.spool?.({ kind: "spooler", queue: NAME });
  if (!transport) throw new Error("it has queues");
  return { ...made, system, queue, driver, transport };
}

const receipt = async (number: number) => (await documentOf(number)).bytes;
const whole = (device: VirtualPrinter) =>
  device.paper
    .slips()
    .flatMap((slip) => [...slip.text().matchAll(/- (\d+) 小票完 -/g)].map((of) => Number(of[1])));

/** Resolves when `check` holds; looked at after every change of the device. */
function until(device: VirtualPrinter, check: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!check()) return;
      off();
      resolve();
    };
    const off = device.on(look);
    look();
  });
}

describe("a document", () => {
  it.each<[string, QueueOptions, string]>([
    ["an ordinary driver takes it as RAW", {}, "RAW"],
    ["one of the XPS pipeline as XPS_PASS", { xps: true }, "XPS_PASS"],
    ["one that only claims to be of it as RAW", { claimsXps: true }, "RAW"],
  ])("%s, and it comes out whole", async (_name, options, datatype) => {
    const { device, queue, system, transport } = spooler(options);
    queue.pause();
    await transport.submit("Slipsure 7-1", await receipt(7));
    expect(queue.jobs()).toMatchObject([{ title: "Slipsure 7-1", datatype, status: 0 }]);
    queue.resume();
    await until(device, () => whole(device).length === 1);
    expect(whole(device)).toEqual([7]);
    expect(system.openHandles()).toBe(0);
  });

  it("is written on until the queue has every byte", async () => {
    const { device, queue, transport } = spooler();
    queue.mostBytesPerWrite = 100;
    await transport.submit("x", await receipt(7));
    await until(device, () => whole(device).length === 1);
  });

  it.each(["StartDocPrinterW", "StartPagePrinter", "WritePrinter"] as const)(
    "%s fails: nothing was handed over",
    async (name) => {
      const { device, system, queue, transport } = spooler();
      system.failNext(name, 5);
      const submitted = transport.submit("x", await receipt(7));
      await expect(submitted).rejects.toMatchObject({
        name: "PrinterUnreachable",
        reason: "unreachable",
      });
      await expect(submitted).rejects.toThrow("Windows error 5");
      expect(queue.jobs()).toEqual([]);
      expect(system.openHandles()).toBe(0);
      expect(device.paper.totalMm).toBe(0);
    },
  );

  it.each(["EndPagePrinter", "EndDocPrinter"] as const)(
    "%s fails: something may have left, so it is not called unreachable",
    async (name) => {
      const { system, queue, transport } = spooler();
      system.failNext(name, 5);
      const submitted = transport.submit("x", await receipt(7));
      await expect(submitted).rejects.toMatchObject({ name: "Error" });
      await expect(submitted).rejects.toThrow(/took \d+ of \d+ bytes/);
      expect(queue.jobs()).toEqual([]);
      expect(system.openHandles()).toBe(0);
    },
  );

  it("a driver that can't be asked is given RAW", async () => {
    const { system, device, transport } = spooler();
    system.failNext("GetPrinterDriverW", 1797);
    await transport.submit("x", await receipt(7));
    await until(device, () => whole(device).length === 1);
  });
});

describe("checking a queue", () => {
  it("finds nothing in the way of a good one, also behind a job that is printing", async () => {
    const { queue, transport, system } = spooler();
    expect(await transport.check()).toBe(null);
    queue.addJob(JOB_STATUS.printing);
    queue.addJob(JOB_STATUS.paused | JOB_STATUS.error);
    queue.addJob(JOB_STATUS.deleting | JOB_STATUS.error);
    expect(await transport.check()).toBe(null);
    expect(system.openHandles()).toBe(0);
  });

  it.each<[keyof typeof PRINTER_STATUS, string]>([
    ["paused", "queuePaused"],
    ["paperOut", "paperOut"],
    ["doorOpen", "coverOpen"],
    ["offline", "unreachable"],
    ["notAvailable", "unreachable"],
    ["error", "printerError"],
    ["paperJam", "printerError"],
    ["userIntervention", "printerError"],
    ["pendingDeletion", "noPrinter"],
  ])("status %s: %s", async (bit, cause) => {
    const { queue, transport } = spooler();
    queue.status = PRINTER_STATUS[bit];
    expect(await transport.check()).toBe(cause);
  });

  it("says what a person has to see to, not what follows from it", async () => {
    const { queue, transport } = spooler();
    queue.status = PRINTER_STATUS.error | PRINTER_STATUS.offline | PRINTER_STATUS.paperOut;
    expect(await transport.check()).toBe("paperOut");
  });

  it("a printer without power shows as offline", async () => {
    const { device, transport } = spooler();
    device.powerOff();
    expect(await transport.check()).toBe("unreachable");
  });

  it.each<[keyof typeof JOB_STATUS, string]>([
    ["paperOut", "paperOut"],
    ["offline", "unreachable"],
    ["error", "printerError"],
    ["blockedQueue", "printerError"],
    ["userIntervention", "printerError"],
  ])("a job of somebody else stuck with %s: %s", async (bit, cause) => {
    const { queue, transport } = spooler();
    queue.addJob(0);
    queue.addJob(JOB_STATUS[bit] | JOB_STATUS.printing);
    expect(await transport.check()).toBe(cause);
  });

  it("a queue that is not there: noPrinter; a spooler that does not run: unreachable", async () => {
    const { queue, system, transport } = spooler();
    queue.remove();
    await expect(transport.check()).rejects.toMatchObject({ reason: "noPrinter" });
    await expect(transport.submit("x", await receipt(7))).rejects.toMatchObject({
      reason: "noPrinter",
    });
    system.serviceStopped = true;
    await expect(transport.check()).rejects.toMatchObject({ reason: "unreachable" });
  });

  it("a question that fails: unreachable, and the queue is closed again", async () => {
    const { system, transport } = spooler();
    system.failNext("GetPrinterW", 1722);
    await expect(transport.check()).rejects.toMatchObject({
      name: "PrinterUnreachable",
      reason: "unreachable",
    });
    expect(system.openHandles()).toBe(0);
  });
});

describe("a job in the queue", () => {
  it("waits, is held up by a paused queue, goes, and is gone", async () => {
    const { device, queue, transport } = spooler();
    queue.pause();
    const job = await transport.submit("x", await receipt(7));
    expect(await job.status()).toEqual({ state: "stopped", cause: "queuePaused" });
    queue.resume();
    await until(device, () => whole(device).length === 1);
    expect(await job.status()).toEqual({ state: "gone", cause: null });
  });

  it("stands still while the printer is out of paper, and goes on", async () => {
    const { device, queue, transport } = spooler(
      { bidirectional: true },
      newDevice({ bufferBytes: 256 }),
    );
    device.setFault({ kind: "paperOut", afterMm: 20 });
    const job = await transport.submit("x", await receipt(7));
    await until(device, () => device.state().paper === "out");
    expect(queue.jobs()[0]?.status).toBe(
      JOB_STATUS.printing | JOB_STATUS.paperOut | JOB_STATUS.error,
    );
    expect(await job.status()).toEqual({ state: "stopped", cause: "paperOut" });
    device.loadPaper();
    await until(device, () => whole(device).length === 1);
    expect(await job.status()).toEqual({ state: "gone", cause: null });
  });

  it("an error it does not explain is explained by the queue", async () => {
    const { device, transport } = spooler({ bidirectional: true }, newDevice({ bufferBytes: 256 }));
    const job = await transport.submit("x", await receipt(7));
    await until(device, () => device.paper.totalMm > 10);
    device.openCover();
    expect(await job.status()).toEqual({ state: "stopped", cause: "coverOpen" });
  });

  it.each<[keyof typeof JOB_STATUS, string, string | null]>([
    ["paused", "stopped", "queuePaused"],
    ["offline", "stopped", "unreachable"],
    ["paperOut", "stopped", "paperOut"],
    ["error", "stopped", "printerError"],
    ["blockedQueue", "stopped", "printerError"],
    ["userIntervention", "stopped", "printerError"],
    ["printing", "waiting", null],
    ["spooling", "waiting", null],
    ["deleted", "gone", null],
    ["deleting", "gone", null],
    ["printed", "gone", null],
    ["complete", "gone", null],
    ["retained", "gone", null],
  ])("flag %s: %s, %s", async (bit, state, cause) => {
    const { device, queue, transport } = spooler({ keepsJobs: true });
    const job = await transport.submit("x", await receipt(7));
    await until(device, () => whole(device).length === 1);
    const [listed] = queue.jobs();
    // Of what a kept job shows only this is left to look at.
    const other = queue.addJob(JOB_STATUS[bit]);
    listed?.vanish();
    Object.defineProperty(other, "id", { value: listed?.id });
    expect(await job.status()).toEqual({ state, cause });
  });

  it("vanishes, or its whole queue does: gone", async () => {
    const { queue, transport } = spooler();
    queue.pause();
    const job = await transport.submit("x", await receipt(7));
    queue.jobs()[0]?.vanish();
    expect(await job.status()).toEqual({ state: "gone", cause: null });
    queue.remove();
    expect(await job.status()).toEqual({ state: "gone", cause: null });
  });
});

describe("taking a job out", () => {
  it("that has not begun: nothing of it left, and nothing comes out later", async () => {
    const { device, queue, transport } = spooler();
    queue.pause();
    const job = await transport.submit("x", await receipt(7));
    expect(await job.cancel()).toBe(true);
    expect(queue.jobs()).toEqual([]);
    queue.resume();
    expect(device.paper.totalMm).toBe(0);
  });

  it("can't be overtaken by the queue going on in between", async () => {
    const { device, system, queue, transport } = spooler();
    queue.pause();
    const job = await transport.submit("x", await receipt(7));
    system.afterNext("GetPrinterW", () => queue.resume());
    expect(await job.cancel()).toBe(true);
    expect(queue.jobs()).toEqual([]);
    expect(device.paper.totalMm).toBe(0);
    expect(device.state().bufferUsed).toBe(0);
  });

  it("that is being sent: out of the queue, but not called untouched", async () => {
    const { device, queue, transport } = spooler({}, newDevice({ bufferBytes: 256 }));
    device.setFault({ kind: "paperOut", afterMm: 20 });
    const job = await transport.submit("x", await receipt(7));
    await until(device, () => device.state().paper === "out");
    expect(await job.cancel()).toBe(false);
    expect(queue.jobs()).toEqual([]);
  });

  it("that failed on the way: may have been begun", async () => {
    const { device, queue, transport } = spooler();
    device.setFault({ kind: "reset", afterBytes: 100 });
    const job = await transport.submit("x", await receipt(7));
    await until(device, () => device.faults.reset === undefined);
    await until(device, () => (queue.jobs()[0]?.status ?? 0) !== 0);
    expect(await job.cancel()).toBe(false);
  });

  it("that is gone already, or went straight to the port: not called untouched", async () => {
    const { queue, transport } = spooler({ attributes: PRINTER_ATTRIBUTE.direct });
    queue.pause();
    const direct = await transport.submit("x", await receipt(7));
    expect(await direct.cancel()).toBe(false);
    expect(await direct.cancel()).toBe(false);
  });
});

describe("finding", () => {
  it("lists queues with port and driver", async () => {
    const { driver, system, device } = spooler();
    system.addQueue("票 2", device, { port: "192.168.1.9", driver: "EPSON TM-T20" });
    expect(await driver.find()).toEqual([
      {
        config: { kind: "spooler", queue: NAME },
        name: NAME,
        detail: "USB001, POS-58 Series",
        hint: null,
      },
      {
        config: { kind: "spooler", queue: "票 2" },
        name: "票 2",
        detail: "192.168.1.9, EPSON TM-T20",
        hint: null,
      },
    ]);
  });

  it("a connection whose server is off holds up nothing: its name is read, not its state", async () => {
    const { driver, system, device } = spooler();
    system.addQueue("\\\\office\\kitchen", device, { server: "off" });
    expect((await driver.find()).map(({ name, detail }) => [name, detail])).toEqual([
      [NAME, "USB001, POS-58 Series"],
      ["\\\\office\\kitchen", ""],
    ]);
  });

  it("connections that can't be listed hide no local queue, and are told of", async () => {
    const { driver, system } = spooler();
    system.afterNext("EnumPrintersW", () =>
      system.afterNext("EnumPrintersW", () => system.failNext("EnumPrintersW", 5)),
    );
    const problems: string[] = [];
    const found = await driver.find((error) => problems.push(error.message));
    expect(found.map(({ name }) => name)).toEqual([NAME]);
    expect(problems).toEqual(["EnumPrintersW failed with Windows error 5"]);
  });

  it("no queues at all: an empty list", async () => {
    expect(await createSpoolerDriver(virtualWinspool().winspool).find()).toEqual([]);
  });

  it.each<[string, QueueOptions, FoundPrinter["hint"]]>([
    ["Print to PDF", { port: "PORTPROMPT:", driver: "Microsoft Print To PDF" }, "notAPaperPrinter"],
    [
      "XPS",
      { port: "PORTPROMPT:", driver: "Microsoft XPS Document Writer v4" },
      "notAPaperPrinter",
    ],
    [
      "OneNote",
      { port: "nul:", driver: "Send to Microsoft OneNote 16 Driver" },
      "notAPaperPrinter",
    ],
    ["fax", { port: "SHRFAX:", driver: "Microsoft Shared Fax Driver" }, "notAPaperPrinter"],
    ["WPS", { port: "Kingsoft", driver: "Kingsoft Virtual Printer Driver" }, "notAPaperPrinter"],
    ["a fax by its attribute", { attributes: PRINTER_ATTRIBUTE.fax }, "notAPaperPrinter"],
    ["offline", { attributes: PRINTER_ATTRIBUTE.workOffline }, "offline"],
    ["a driver with XPS in its name", { driver: "EPSON TM-T88VI XPS" }, null],
    ["text only", { driver: "Generic / Text Only", port: "LPT1:" }, null],
  ])("%s", async (_name, options, hint) => {
    const { driver } = spooler(options);
    expect(await driver.find()).toMatchObject([{ hint }]);
  });

  it("a paused queue says so", async () => {
    const { driver, queue } = spooler();
    queue.pause();
    expect(await driver.find()).toMatchObject([{ hint: "paused" }]);
  });
});

describe("as the till prints", () => {
  function till(transport: SpoolTransport, made: ReturnType<typeof newDevice>) {
    const told: string[] = [];
    const done = Promise.withResolvers<void>();
    const printer = new SpoolPrinter({
      transport,
      clock: made.clock,
      memory: { answers: false, fence: null },
      remember: () => {},
      changed: () => {},
      recovered: () => {},
      incident: (error) => done.reject(error),
    });
    printer.enqueue({
      document: () => documentOf(7),
      wanted: () => true,
      blind: false,
      label: { saleId: 7, attempt: 1 },
      dropped: () => {},
      emit: (event) => told.push("cause" in event ? `${event.type} ${event.cause}` : event.type),
    });
    void printer.settled().then(done.resolve);
    return { told, done: done.promise, printer };
  }

  it("a receipt goes through and ends as a question to the person", async () => {
    const parts = spooler();
    const { told, done, printer } = till(parts.transport, parts);
    await done;
    expect(told).toEqual(["started", "unknown noBackChannel"]);
    await until(parts.device, () => whole(parts.device).length === 1);
    printer.close();
  });

  it("a paused queue is given nothing", async () => {
    const parts = spooler();
    parts.queue.pause();
    const { told, done, printer } = till(parts.transport, parts);
    await done;
    expect(told).toEqual(["failed queuePaused"]);
    expect(parts.queue.jobs()).toEqual([]);
    printer.close();
  });
});
