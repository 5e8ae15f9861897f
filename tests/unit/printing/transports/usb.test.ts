import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { createUsbDriver } from "../../../../main/printing/transports/usb/driver.ts";
import { askStatus } from "../../../../main/printing/escpos/commands.ts";
import type { FoundPrinter } from "../../../../main/contract/printers.ts";
import type { PrinterLink } from "../../../../main/printing/transport.ts";
import { USB_CONSTANTS, virtualUsb, type UsbPlugOptions } from "../../support/virtual-usb.ts";
import { newDevice, wireBench } from "./usb-bench.ts";

function bus(
  options: UsbPlugOptions = {},
  made = newDevice(),
  platform: NodeJS.Platform = "linux",
) {
  const usb = virtualUsb(made.clock);
  const plugged = usb.plug(made.device, options);
  const reports: Error[] = [];
  const driver = createUsbDriver({
    ...usb,
    clock: made.clock,
    platform,
    report: (error) => reports.push(error),
  });
  const open = async (found?: FoundPrinter): Promise<PrinterLink> => {
    const chosen = found ?? (await driver.find())[0];
    if (chosen?.config.kind !== "usb" || !driver.openLink) throw new Error("nothing found");
    return driver.openLink(chosen.config);
  };
  return { ...made, usb, plugged, driver, open, reports };
}

const closed = (link: PrinterLink) => new Promise<void>((resolve) => link.onClose(resolve));
const firstBytes = (link: PrinterLink) =>
  new Promise<Uint8Array>((resolve) => link.onData(resolve));

/** Opens the printer of a bus and drives it as the till does. */
function benchOver(parts: ReturnType<typeof bus>) {
  return wireBench(parts, "usb", () => parts.open());
}

it("numbers errors as the real package does", () => {
  const real = createRequire(import.meta.url)("usb") as Record<string, unknown>;
  expect(Object.fromEntries(Object.keys(USB_CONSTANTS).map((key) => [key, real[key]]))).toEqual(
    USB_CONSTANTS,
  );
});

describe("a receipt over USB", () => {
  it("is proven by the printer's own answer and cut", async () => {
    const parts = bus({ kernelDriver: true });
    const bench = benchOver(parts);
    const asked = bench.ask(7);
    await bench.until(() => bench.device.paper.slips().some((slip) => slip.cut));
    await bench.printer.settled();
    expect(asked.short()).toEqual(["started", "printed A"]);
    expect(bench.whole()).toEqual([7]);
    expect(parts.reports).toEqual([]);
  });

  it("also by packets of 512 bytes, through the second of two interfaces, which alone is claimed", async () => {
    const parts = bus({ layout: "composite", packetBytes: 512 });
    const bench = benchOver(parts);
    const asked = bench.ask(7);
    await asked.until("printed");
    expect([...parts.plugged.claimed]).toEqual([1]);
    expect(asked.short()).toEqual(["started", "printed A"]);
  });

  it("through the alternate setting that takes plain bytes", async () => {
    const bench = benchOver(bus({ layout: "alternatives" }));
    const asked = bench.ask(7);
    await asked.until("printed");
    expect(bench.whole()).toEqual([7]);
  });

  it("a printer that answers every read with nothing is asked again, but not at full speed", async () => {
    const parts = bus();
    parts.plugged.answersEmpty = true;
    const bench = benchOver(parts);
    const asked = bench.ask(7);
    await asked.until("printed");
    // One read every 20 ms at most.
    expect(parts.plugged.emptyReads).toBeLessThan(bench.clock.monotonicMs() / 20 + 2);
    expect(parts.plugged.emptyReads).toBeGreaterThan(10);
  });

  it("unplugged in the middle: unknown; plugged in again: found again", async () => {
    const parts = bus();
    const bench = benchOver(parts);
    const asked = bench.ask(7);
    await bench.until(() => bench.device.paper.totalMm > 30);
    parts.plugged.unplug();
    await asked.until("unknown");
    expect(asked.short()).toEqual(["started", "unknown connectionLost"]);
    parts.plugged.plug();
    await bench.until(() => bench.printer.state().state === "ready");
    const next = bench.ask(8);
    await next.until("printed");
    expect(parts.reports).toEqual([]);
    expect(parts.usb.detachListeners()).toBe(1);
  });

  it("on Windows nothing looks at the bus for it: the reader notices", async () => {
    const parts = bus({}, newDevice(), "win32");
    const bench = benchOver(parts);
    const asked = bench.ask(7);
    await bench.until(() => bench.device.paper.totalMm > 30);
    // The package would list all devices every 500 ms while anybody listens.
    expect(parts.usb.detachListeners()).toBe(0);
    parts.plugged.unplug();
    await asked.until("unknown");
    expect(asked.short()).toEqual(["started", "unknown connectionLost"]);
    parts.plugged.plug();
    await bench.until(() => bench.printer.state().state === "ready");
  });

  it("power lost in the middle: unknown, and back by itself", async () => {
    const parts = bus();
    const bench = benchOver(parts);
    bench.device.setFault({ kind: "powerCycle", afterMm: 40, offMs: 3_000 });
    const asked = bench.ask(7);
    await asked.until("unknown");
    expect(asked.short()).toEqual(["started", "unknown connectionLost"]);
    await bench.until(() => bench.printer.state().state === "ready");
    expect(bench.whole()).toEqual([]);
  });

  it("a silent IN endpoint: never said to be printed", async () => {
    const parts = bus();
    parts.plugged.muteIn = true;
    const bench = benchOver(parts);
    const asked = bench.ask(7);
    await asked.until("unknown");
    expect(asked.short()).toEqual(["started", "unknown noBackChannel"]);
    await bench.until(() => bench.whole().length === 1);
  });

  it("no IN endpoint at all: the same", async () => {
    const bench = benchOver(bus({ layout: "oneWay" }));
    const asked = bench.ask(7);
    await asked.until("unknown");
    expect(asked.short()).toEqual(["started", "unknown noBackChannel"]);
  });

  it("a full printer without paper takes nothing more: blocked, and goes on when it is loaded", async () => {
    const parts = bus({}, newDevice({ bufferBytes: 512 }));
    const bench = benchOver(parts);
    await bench.until(() => bench.printer.state().state === "ready");
    bench.device.setFault({ kind: "paperOut", afterMm: 10 });
    const asked = bench.ask(7);
    await asked.until("blocked");
    bench.clock.jump(20_000);
    await asked.until("unknown");
    // The link is still there, so the proof still comes.
    expect(parts.plugged.isOpen).toBe(true);
    bench.device.loadPaper();
    await asked.until("printed");
    expect(asked.short()).toEqual([
      "started",
      "blocked paperOut",
      "unknown noAnswer",
      "printed A late",
    ]);
    expect(bench.whole()).toEqual([7]);
  });
});

describe("writing", () => {
  it("says how many bytes a printer took that takes no more and says nothing", async () => {
    const { plugged, open, reports } = bus();
    const link = await open();
    plugged.takesOnly(5_000);
    await expect(link.write(new Uint8Array(9_000))).rejects.toThrow(
      "the printer took 5000 of 9000 bytes: no more for 5000 ms, and no answer",
    );
    await closed(link);
    expect(plugged).toMatchObject({ isOpen: false, transfersUnderWay: 0 });
    await expect(link.write(new Uint8Array(1))).rejects.toThrow("took 5000 of 9000");
    expect(reports).toEqual([]);
  });

  it("waits for one that takes no more but still talks", async () => {
    const { plugged, open, device, clock } = bus();
    const link = await open();
    const saidOpen = new Promise<void>((resolve) =>
      // Automatic status, first byte, bit 5: the lid.
      link.onData((bytes) => (bytes[0] ?? 0) & 0x20 && resolve()),
    );
    await link.write(Uint8Array.of(0x1d, 0x61, 0x0e));
    plugged.takesOnly(100);
    let done = false;
    const written = link.write(new Uint8Array(300)).then(() => (done = true));
    device.openCover();
    await saidOpen;
    for (let times = 0; times < 5; times += 1) {
      clock.jump(6_000);
      await new Promise<void>((resolve) => clock.setTimer(0, resolve));
    }
    expect(done).toBe(false);
    plugged.takesOnly(null);
    await written;
    link.close();
  });

  it("a halted endpoint ends the link, and the halt is cleared for the next one", async () => {
    const { plugged, open } = bus();
    const link = await open();
    plugged.halt("out");
    await expect(link.write(new Uint8Array(10))).rejects.toThrow(
      "0 of 10 bytes: the endpoint is halted",
    );
    await closed(link);
    expect(plugged.haltsCleared).toBe(1);
    const next = await open();
    await next.write(askStatus(1));
    expect(await firstBytes(next)).toEqual(Uint8Array.of(0x12));
    next.close();
  });

  it("a read that fails ends the link", async () => {
    const { plugged, open } = bus();
    const link = await open();
    plugged.halt("in");
    await closed(link);
    expect(plugged.isOpen).toBe(false);
  });
});

describe("closing", () => {
  it("gives everything back: interface, kernel driver, device, its own listener only", async () => {
    const { plugged, open, usb, reports } = bus({ kernelDriver: true });
    const other = () => {};
    usb.usb.on("detach", other);
    const link = await open();
    expect(plugged).toMatchObject({ isOpen: true, kernelDriverActive: false });
    expect(usb.detachListeners()).toBe(2);
    link.close();
    await closed(link);
    expect(plugged).toMatchObject({
      isOpen: false,
      kernelDriverActive: true,
      transfersUnderWay: 0,
    });
    expect([...plugged.claimed]).toEqual([]);
    expect(usb.detachListeners()).toBe(1);
    expect(reports).toEqual([]);
    usb.usb.off("detach", other);
  });

  it("rejects what is still being written, and can be opened again at once", async () => {
    const { plugged, open } = bus();
    const link = await open();
    plugged.takesOnly(10);
    const written = link.write(new Uint8Array(20));
    link.close();
    const next = open();
    await expect(written).rejects.toThrow("the link is closed");
    plugged.takesOnly(null);
    (await next).close();
  });

  it("looking for printers does not disturb an open link", async () => {
    const { driver, open, reports } = bus();
    const link = await open();
    expect(await driver.find()).toHaveLength(1);
    expect(reports).toEqual([]);
    await link.write(askStatus(1));
    expect(await firstBytes(link)).toEqual(Uint8Array.of(0x12));
    link.close();
  });
});

describe("two of the same model", () => {
  it("are told apart by their serial numbers", async () => {
    const parts = bus({ serial: "A1" });
    const second = newDevice().device;
    const other = parts.usb.plug(second, { serial: "B2" });
    const found = await parts.driver.find();
    expect(found.map(({ config }) => config)).toMatchObject([{ serial: "A1" }, { serial: "B2" }]);
    const link = await parts.open(found[1]);
    expect(other.isOpen).toBe(true);
    expect(parts.plugged.isOpen).toBe(false);
    link.close();
    await closed(link);
    other.unplug();
    await expect(parts.open(found[1])).rejects.toMatchObject({ reason: "unreachable" });
    expect(second.state().sessions).toBe(0);
  });

  it("are refused when nothing tells them apart", async () => {
    const parts = bus();
    parts.usb.plug(newDevice().device);
    await expect(parts.open()).rejects.toThrow("nothing tells them apart");
    expect(parts.device.state().sessions).toBe(0);
  });
});

describe("finding", () => {
  it("names what the printer says it is, and where it is plugged in", async () => {
    const { driver } = bus({ serial: "A1", maker: "EPSON", model: "Epson TM-T20\0junk" });
    expect(await driver.find()).toEqual([
      {
        config: {
          kind: "usb",
          vendorId: 0x0416,
          productId: 0x5011,
          serial: "A1",
          name: "Epson TM-T20",
        },
        name: "Epson TM-T20",
        detail: "USB 1-1",
        hint: null,
      },
    ]);
  });

  it("waits for no descriptor that never comes, and leaves other devices out", async () => {
    const parts = bus();
    parts.plugged.muteStrings = true;
    parts.usb.plug(newDevice().device, { layout: "notAPrinter" });
    expect(await parts.driver.find()).toMatchObject([{ name: "USB 0416:5011", hint: null }]);
    expect(parts.plugged).toMatchObject({ isOpen: false, transfersUnderWay: 0 });
  });

  it.each<[NodeJS.Platform, UsbPlugOptions["access"], FoundPrinter["hint"]]>([
    ["linux", "denied", "noPermission"],
    ["win32", "notSupported", "needsDriver"],
    ["win32", "notFound", "needsDriver"],
    ["win32", "denied", null],
  ])("on %s, %s when opened: %s", async (platform, access, hint) => {
    const { driver } = bus({ access }, newDevice(), platform);
    expect(await driver.find()).toMatchObject([{ hint, config: { serial: null } }]);
  });
});

describe("what keeps it from being opened", () => {
  it.each<[NodeJS.Platform, UsbPlugOptions["access"], string, string]>([
    ["linux", "denied", "unreachable", "udev rule"],
    ["win32", "denied", "busy", "another program"],
    ["win32", "notSupported", "unreachable", "other than WinUSB"],
    ["win32", "notFound", "unreachable", "other than WinUSB"],
  ])("on %s %s: %s, with why", async (platform, access, reason, words) => {
    const parts = bus({}, newDevice(), platform);
    const [found] = await parts.driver.find();
    parts.plugged.access = access ?? "ok";
    const refused = parts.open(found);
    await expect(refused).rejects.toMatchObject({ name: "PrinterUnreachable", reason });
    await expect(refused).rejects.toThrow(words);
    expect(parts.usb.detachListeners()).toBe(0);
  });

  it("another program: busy, and usblp has it back", async () => {
    const parts = bus({ kernelDriver: true });
    parts.plugged.claimedElsewhere = true;
    await expect(parts.open()).rejects.toMatchObject({ reason: "busy" });
    expect(parts.plugged).toMatchObject({ isOpen: false, kernelDriverActive: true });
    expect(parts.usb.detachListeners()).toBe(0);
  });

  it("a second link in this process: busy", async () => {
    const { open } = bus();
    const link = await open();
    await expect(open()).rejects.toMatchObject({ reason: "busy" });
    link.close();
  });

  it("not plugged in: unreachable", async () => {
    const parts = bus();
    const [found] = await parts.driver.find();
    parts.plugged.unplug();
    await expect(parts.open(found)).rejects.toMatchObject({ reason: "unreachable" });
  });
});
