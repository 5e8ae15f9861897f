import { describe, expect, it } from "vitest";
import { createUsbPrintDriver } from "../../../../main/printing/transports/usbprint/driver.ts";
import { ERROR } from "../../../../main/printing/transports/usbprint/win32.ts";
import { askStatus } from "../../../../main/printing/escpos/commands.ts";
import type { FoundPrinter } from "../../../../main/contract/printers.ts";
import type { PrinterLink } from "../../../../main/printing/transport.ts";
import { virtualUsbPrint, type UsbPrintPlugOptions } from "../../support/virtual-usbprint.ts";
import { newDevice, wireBench } from "./usb-bench.ts";

function windows(options: UsbPrintPlugOptions = {}, made = newDevice()) {
  const system = virtualUsbPrint();
  const port = system.plug(made.device, options);
  const driver = createUsbPrintDriver({ win32: system.win32, clock: made.clock });
  const open = async (found?: FoundPrinter): Promise<PrinterLink> => {
    const chosen = found ?? (await driver.find())[0];
    if (chosen?.config.kind !== "usbprint" || !driver.openLink) throw new Error("nothing found");
    return driver.openLink(chosen.config);
  };
  return { ...made, system, port, driver, open };
}

function benchOver(parts: ReturnType<typeof windows>) {
  const [kind, { path }] = ["usbprint", parts.port] as const;
  const open = () =>
    parts.driver.openLink?.({ kind, path, name: "N58" }) ?? Promise.reject(new Error("no links"));
  return wireBench(parts, kind, open);
}

const closed = (link: PrinterLink) => new Promise<void>((resolve) => link.onClose(resolve));
const firstBytes = (link: PrinterLink) =>
  new Promise<Uint8Array>((resolve) => link.onData(resolve));

describe("a receipt through usbprint.sys", () => {
  it("is proven by the printer's own answer and cut", async () => {
    const parts = windows();
    const bench = benchOver(parts);
    const asked = bench.ask(7);
    await bench.until(() => bench.device.paper.slips().some((slip) => slip.cut));
    await bench.printer.settled();
    expect(asked.short()).toEqual(["started", "printed A"]);
    expect(bench.whole()).toEqual([7]);
  });

  it("unplugged in the middle: unknown; plugged in again: back by itself", async () => {
    const parts = windows();
    const bench = benchOver(parts);
    const asked = bench.ask(7);
    await bench.until(() => bench.device.paper.totalMm > 30);
    parts.port.unplug();
    await asked.until("unknown");
    expect(asked.short()).toEqual(["started", "unknown connectionLost"]);
    await bench.until(() => parts.system.held().handles === 0);
    expect(parts.system.held()).toEqual({ handles: 0, memory: 0 });
    parts.port.plug();
    await bench.until(() => bench.printer.state().state === "ready");
    await bench.ask(8).until("printed");
  });

  it("nothing comes back: never said to be printed", async () => {
    const parts = windows();
    parts.port.muteIn = true;
    const bench = benchOver(parts);
    const asked = bench.ask(7);
    await asked.until("unknown");
    expect(asked.short()).toEqual(["started", "unknown noBackChannel"]);
  });

  it("nothing comes back, but Windows knows that the paper is out: said, and nothing is sent", async () => {
    const parts = windows();
    parts.port.muteIn = true;
    parts.port.portStatus = "fromPrinter";
    parts.device.setFault({ kind: "paperOut", afterMm: 0 });
    const bench = benchOver(parts);
    const asked = bench.ask(7);
    await asked.until("failed");
    expect(asked.short()).toEqual(["failed paperOut"]);
    expect(parts.device.paper.totalMm).toBe(0);
  });

  it.each([0x18, 0, 0xff, null])(
    "a port status of %s says nothing: a person is asked, as without it",
    async (status) => {
      const parts = windows();
      parts.port.muteIn = true;
      parts.port.portStatus = status;
      const bench = benchOver(parts);
      const asked = bench.ask(7);
      await asked.until("unknown");
      await bench.until(() => bench.whole().length === 1);
      expect(parts.port.isOpen).toBe(true);
    },
  );

  it.each([ERROR.invalidFunction, ERROR.notSupported])(
    "a one-way printer (read error %i) can still be written to",
    async (code) => {
      const parts = windows();
      parts.port.readFails = code;
      const bench = benchOver(parts);
      const asked = bench.ask(7);
      await asked.until("unknown");
      await bench.until(() => bench.whole().length === 1);
      expect(parts.port.isOpen).toBe(true);
    },
  );

  it("a driver that answers every read with nothing is asked again, but not at full speed", async () => {
    const parts = windows();
    parts.port.answersEmpty = true;
    const bench = benchOver(parts);
    await bench.ask(7).until("printed");
    const reads = parts.system.calls("ReadFile");
    expect(reads).toBeGreaterThan(10);
    expect(reads).toBeLessThan(bench.clock.monotonicMs() / 20 + 10);
  });
});

describe("a link", () => {
  it("says how many bytes were taken when no more are, and ends", async () => {
    const { port, open, system } = windows();
    const link = await open();
    port.takesOnly(5_000);
    await expect(link.write(new Uint8Array(9_000))).rejects.toThrow(
      "the printer took 5000 of 9000 bytes: no more for 5000 ms, and no answer",
    );
    await closed(link);
    expect(system.held()).toEqual({ handles: 0, memory: 0 });
  });

  it("a read that fails ends it, and says nothing more", async () => {
    const { port, open } = windows();
    const link = await open();
    port.readFails = ERROR.genFailure;
    await closed(link);
    await expect(link.write(Uint8Array.of(1))).rejects.toThrow("does not work or is gone");
  });

  it("closing gives back every handle and all memory, also while writing", async () => {
    const { port, open, system } = windows();
    const link = await open();
    port.takesOnly(10);
    const written = link.write(new Uint8Array(20));
    link.close();
    const next = open();
    await expect(written).rejects.toThrow("the link is closed");
    port.takesOnly(null);
    const again = await next;
    await again.write(askStatus(1));
    expect(await firstBytes(again)).toEqual(Uint8Array.of(0x12));
    again.close();
    await closed(again);
    expect(system.held()).toEqual({ handles: 0, memory: 0 });
  });

  it("keeps bytes that came before anybody listened", async () => {
    const { open, device } = windows();
    const link = await open();
    const answered = new Promise((resolve) =>
      device.on((event) => resolve(event.kind === "reply")),
    );
    await link.write(askStatus(1));
    await answered;
    expect(await firstBytes(link)).toEqual(Uint8Array.of(0x12));
    link.close();
  });
});

describe("finding", () => {
  it("lists what is there, with the model the printer says and its place", async () => {
    const { driver, system, port } = windows({
      vendorId: 0x04b8,
      productId: 0x0202,
      instance: "A1",
    });
    system.plug(newDevice().device, { instance: "B2", model: null });
    const third = system.plug(newDevice().device, { instance: "C3" });
    third.unplug();
    expect(await driver.find()).toEqual([
      {
        config: { kind: "usbprint", path: port.path, name: "N58 Printer" },
        name: "N58 Printer",
        detail: "USB 04b8:0202 A1",
        hint: null,
      },
      expect.objectContaining({ name: "USB 0416:5011", detail: "USB 0416:5011 B2" }),
    ]);
    expect(system.held()).toEqual({ handles: 0, memory: 0 });
  });

  it("opens the one that was chosen of two", async () => {
    const { driver, system, open, port } = windows({ instance: "A1" });
    const other = system.plug(newDevice().device, { instance: "B2" });
    const link = await open((await driver.find())[1]);
    expect([port.isOpen, other.isOpen]).toEqual([false, true]);
    link.close();
  });

  it("an unplugged one can't be opened", async () => {
    const { open, port, driver } = windows();
    const [found] = await driver.find();
    port.unplug();
    await expect(open(found)).rejects.toMatchObject({ reason: "unreachable" });
  });

  it.each([
    [ERROR.accessDenied, "busy"],
    [ERROR.sharingViolation, "busy"],
    [ERROR.genFailure, "unreachable"],
    [ERROR.deviceNotConnected, "unreachable"],
  ])("Windows error %i when opened: %s", async (code, reason) => {
    const { port, open, system } = windows();
    port.openFails = code;
    await expect(open()).rejects.toMatchObject({ name: "PrinterUnreachable", reason });
    expect(system.held()).toEqual({ handles: 0, memory: 0 });
  });

  it("two links to the same one: the second is refused", async () => {
    const { open } = windows();
    const link = await open();
    await expect(open()).rejects.toMatchObject({ reason: "busy" });
    link.close();
  });
});
