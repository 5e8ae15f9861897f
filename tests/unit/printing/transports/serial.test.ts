import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ConfigOfKind } from "../../../../main/printing/native/driver.ts";
import type { PrinterLink } from "../../../../main/printing/transport.ts";
import { createDriver } from "../../../../main/printing/transports/serial/driver.ts";
import { linuxPorts } from "../../../../main/printing/transports/serial/linux-ports.ts";
import { listedPorts } from "../../../../main/printing/transports/serial/listed-ports.ts";
import { asPrinter } from "../../../../main/printing/transports/serial/port-facts.ts";
import { unreachableBecause } from "../../../../main/printing/transports/serial/serial-link.ts";
import { VirtualPrinter } from "../../../../main/printing/virtual-printer/index.ts";
import { openPty, plugIn, readBytes } from "../../support/pty.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { TestClock } from "../../support/test-clock.ts";
import { END_MARK, printOne } from "../native/print-one.ts";

const XON = 0x11;
const XOFF = 0x13;

async function open(path: string, flow: ConfigOfKind<"serial">["flow"] = "none") {
  const driver = await createDriver();
  const link = await driver.openLink?.({ kind: "serial", path, baudRate: 115_200, flow });
  if (!link) throw new Error("the serial driver opens links");
  onTestFinished(() => link.close());
  return link;
}

const closed = (link: PrinterLink) => new Promise<void>((resolve) => link.onClose(resolve));

/** Resolves with all bytes heard once `byte` is among them. */
function heardUntil(link: PrinterLink, byte: number): Promise<number[]> {
  const heard: number[] = [];
  return new Promise((resolve) => {
    link.onData((bytes) => {
      heard.push(...bytes);
      if (heard.includes(byte)) resolve(heard);
    });
  });
}

describe("a serial link", () => {
  test.each(["hardware", "software", "none"] as const)(
    "prints and brings the proof back, flow %s",
    async (flow) => {
      const clock = new TestClock(4);
      const device = new VirtualPrinter({ clock, widthMm: 58 });
      const pty = openPty();
      plugIn(pty, device);
      const transport = {
        path: "wire",
        kind: "serial",
        address: pty.path,
        open: () => open(pty.path, flow),
      } as const;
      const receipt = printOne(transport, clock);
      expect(await receipt.until()).toEqual({ type: "printed", grade: "A", late: false });
      expect(device.paper.slips()[0]?.text()).toContain(END_MARK);
      expect(device.unknownCommands).toEqual([]);
    },
  );

  test("sends every byte as it is, in order", async () => {
    const pty = openPty();
    const link = await open(pty.path);
    const first = Uint8Array.from({ length: 1_024 }, (_, index) => index & 0xff);
    const second = Uint8Array.from([0x0d, 0x0a, 0x03, 0x1a, 0xff]);
    const arrived = readBytes(pty, first.length + second.length);
    await Promise.all([link.write(first), link.write(second)]);
    expect([...(await arrived)]).toEqual([...first, ...second]);
  });

  test("XOFF holds it back, XON lets it go, and neither is heard as an answer", async () => {
    const pty = openPty();
    const link = await open(pty.path, "software");
    const marked = heardUntil(link, 0x16);
    pty.master.write(Buffer.from([XOFF, 0x16]));
    expect(await marked).toEqual([0x16]);
    let isOut = false;
    const writing = link.write(Buffer.from("held")).then(() => {
      isOut = true;
    });
    // A turn through the printer's end and back: whatever was going to be sent would be out by now.
    const again = heardUntil(link, 0x12);
    pty.master.write(Buffer.from([0x12]));
    await again;
    expect(isOut).toBe(false);
    expect(pty.master.read()).toBeNull();
    const released = heardUntil(link, 0x1e);
    const arrived = readBytes(pty, 4);
    pty.master.write(Buffer.from([XON, 0x1e]));
    expect((await arrived).toString()).toBe("held");
    await writing;
    expect(await released).toEqual([0x1e]);
  });

  test("closes when the adapter is pulled out", async () => {
    const pty = openPty();
    const link = await open(pty.path);
    const over = closed(link);
    pty.hangUp();
    await over;
    await expect(link.write(Buffer.from("x"))).rejects.toThrow("closed");
  });

  test("refuses what is still unsent when it is closed, and lets the next one in", async () => {
    const pty = openPty();
    const link = await open(pty.path);
    // Nobody reads at the other end, so most of it stays here.
    const writing = link.write(new Uint8Array(200_000));
    const over = closed(link);
    link.close();
    await expect(writing).rejects.toThrow(/closed|canceled/i);
    await over;
    await open(pty.path);
  });

  test("says who is in the way", async () => {
    const pty = openPty();
    await open(pty.path);
    await expect(open(pty.path)).rejects.toMatchObject({ reason: "busy" });
    await expect(open("/dev/ttyNONE")).rejects.toMatchObject({
      name: "PrinterUnreachable",
      reason: "unreachable",
    });
    const windows = unreachableBecause("COM3", new Error("Opening COM3: Access denied"));
    expect(windows.reason).toBe("busy");
  });
});

describe("ports to choose from", () => {
  /** A /sys as Linux builds it, with the devices of a USB adapter, a socket of the PC and a phantom. */
  function sysfs(): { sys: string; dev: string } {
    const root = tempDir();
    const sys = join(root, "sys");
    const dev = join(root, "dev");
    const tty = join(sys, "class", "tty");
    mkdirSync(dev, { recursive: true });
    const put = (name: string, device: string | null, files: Record<string, string> = {}) => {
      mkdirSync(join(tty, name), { recursive: true });
      writeFileSync(join(dev, name), "");
      for (const [file, text] of Object.entries(files)) writeFileSync(join(tty, name, file), text);
      if (device === null) return;
      mkdirSync(join(sys, "devices", device), { recursive: true });
      symlinkSync(join(sys, "devices", device), join(tty, name, "device"));
    };
    put("ttyUSB0", "usb1/1-2/1-2:1.0/ttyUSB0");
    writeFileSync(join(sys, "devices/usb1/1-2/product"), "USB2.0-Serial\n");
    put("ttyUSB10", "usb1/1-9/1-9:1.0/ttyUSB10");
    put("ttyACM0", "usb1/1-3/1-3:1.0");
    writeFileSync(join(sys, "devices/usb1/1-3/product"), "TM-T20II\n");
    writeFileSync(join(sys, "devices/usb1/1-3/manufacturer"), "EPSON\n");
    put("ttyS0", "pnp/00:01", { type: "4\n" });
    put("ttyS1", "serial8250", { type: "0\n" });
    put("rfcomm0", null);
    put("tty1", null);
    put("console", null);
    return { sys, dev };
  }

  test("Linux: adapters by their own names, sockets of the PC, Bluetooth, no phantoms", async () => {
    const { sys, dev } = sysfs();
    const found = (await linuxPorts(sys, dev)).map(asPrinter);
    const serial = (name: string, flow: "hardware" | "none") => ({
      kind: "serial",
      path: join(dev, name),
      baudRate: 9_600,
      flow,
    });
    expect(found.map(({ name, config }) => ({ name, config }))).toEqual([
      { name: "Bluetooth", config: serial("rfcomm0", "none") },
      { name: "EPSON TM-T20II", config: serial("ttyACM0", "none") },
      { name: join(dev, "ttyS0"), config: serial("ttyS0", "hardware") },
      { name: "USB2.0-Serial", config: serial("ttyUSB0", "hardware") },
      { name: join(dev, "ttyUSB10"), config: serial("ttyUSB10", "hardware") },
    ]);
    expect(found.every(({ hint }) => hint === null)).toBe(true);
  });

  test("Linux: no tool is needed to look", async () => {
    const path = process.env["PATH"];
    process.env["PATH"] = tempDir();
    onTestFinished(() => {
      process.env["PATH"] = path;
    });
    const driver = await createDriver();
    expect(Array.isArray(await driver.find())).toBe(true);
  });

  test("Windows: the system's names; a Bluetooth port that only takes calls is no printer", () => {
    const spp = "BTHENUM\\{00001101-0000-1000-8000-00805F9B34FB}";
    const ports = listedPorts([
      { path: "COM1", friendlyName: "Communications Port (COM1)", pnpId: "ACPI\\PNP0501\\1" },
      { path: "COM3", friendlyName: "USB-SERIAL CH340 (COM3)", vendorId: "1A86" },
      {
        path: "COM4",
        friendlyName: "POS Printer (COM4)",
        vendorId: "0483",
        pnpId: "USB\\VID_0483",
      },
      {
        path: "COM5",
        friendlyName: "蓝牙链接上的标准串行 (COM5)",
        pnpId: `${spp}_VID&0001005D_PID&0001\\7&2F5F&0&001122334455_C00000000`,
      },
      { path: "COM6", pnpId: `${spp}_LOCALMFG&0002\\7&2F5F&0&000000000000_00000001` },
    ]);
    expect(ports.map(({ path, wire }) => [path, wire])).toEqual([
      ["COM1", "uart"],
      ["COM3", "adapter"],
      ["COM4", "usb"],
      ["COM5", "bluetooth"],
    ]);
    expect(ports.map((port) => asPrinter(port).name)[3]).toBe("蓝牙链接上的标准串行 (COM5)");
  });
});
