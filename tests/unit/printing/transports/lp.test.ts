import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { PrinterLink } from "../../../../main/printing/transport.ts";
import type { DeviceFile } from "../../../../main/printing/transports/lp/device-file.ts";
import { createDriver } from "../../../../main/printing/transports/lp/driver.ts";
import { findDevices } from "../../../../main/printing/transports/lp/find-devices.ts";
import { LpLink } from "../../../../main/printing/transports/lp/lp-link.ts";
import { VirtualPrinter } from "../../../../main/printing/virtual-printer/index.ts";
import { openPty, plugIn, readBytes } from "../../support/pty.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { TestClock } from "../../support/test-clock.ts";
import { END_MARK, printOne } from "../native/print-one.ts";

async function open(path: string) {
  const link = await (await createDriver()).openLink?.({ kind: "lp", path });
  if (!link) throw new Error("the lp driver opens links");
  onTestFinished(() => link.close());
  return link;
}

const closed = (link: PrinterLink) => new Promise<void>((resolve) => link.onClose(resolve));

describe("a kernel printer device", () => {
  test("prints and brings the proof back", async () => {
    const clock = new TestClock(2);
    const device = new VirtualPrinter({ clock, widthMm: 58 });
    const pty = openPty();
    plugIn(pty, device);
    const transport = {
      path: "wire",
      kind: "lp",
      address: pty.path,
      open: () => open(pty.path),
    } as const;
    const receipt = printOne(transport, clock);
    expect(await receipt.until()).toEqual({ type: "printed", grade: "A", late: false });
    expect(device.paper.slips()[0]?.text()).toContain(END_MARK);
  });

  test("waits while the printer takes nothing, and loses nothing", async () => {
    const pty = openPty();
    const link = await open(pty.path);
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) & 0xff);
    let isOut = false;
    const writing = link.write(bytes).then(() => {
      isOut = true;
    });
    // It still hears: no thread hangs in the write.
    const heard = new Promise<Uint8Array>((resolve) => link.onData(resolve));
    await readBytes(pty, 1).then((first) => {
      expect(first[0]).toBe(bytes[0]);
      pty.master.unshift(first);
    });
    pty.master.write(Buffer.from([0x12]));
    expect([...(await heard)]).toEqual([0x12]);
    expect(isOut).toBe(false);
    const arrived = await readBytes(pty, bytes.length);
    expect(Buffer.compare(arrived, bytes)).toBe(0);
    await writing;
  });

  test("closes when the printer is pulled out, writes and all", async () => {
    const pty = openPty();
    const link = await open(pty.path);
    const over = closed(link);
    const writing = link.write(new Uint8Array(200_000));
    await readBytes(pty, 1);
    pty.hangUp();
    await expect(writing).rejects.toMatchObject({ code: "EIO" });
    await over;
    await expect(link.write(new Uint8Array(1))).rejects.toThrow("closed");
  });

  test("refuses what is unsent when it is closed", async () => {
    const pty = openPty();
    const link = await open(pty.path);
    const writing = link.write(new Uint8Array(200_000));
    const over = closed(link);
    link.close();
    await expect(writing).rejects.toThrow("closed");
    await over;
  });

  test("opens nothing that is no device", async () => {
    const file = join(tempDir(), "books");
    writeFileSync(file, "kept");
    await expect(open(file)).rejects.toMatchObject({ reason: "noPrinter" });
    await expect(open("/dev/usb/lp99")).rejects.toMatchObject({ reason: "unreachable" });
  });
});

/** A device as usblp is one, call by call (Linux drivers/usb/class/usblp.c). */
function usblp(calls: Partial<DeviceFile>): DeviceFile {
  return {
    read: () => Promise.resolve(null),
    write: (bytes) => Promise.resolve(bytes.length),
    close: () => Promise.resolve(),
    ...calls,
  };
}

describe("what usblp does and a terminal does not", () => {
  test("a write is over when the last block has left, not when it was taken", async () => {
    const asked: number[] = [];
    let busy = 3;
    const link = new LpLink(
      usblp({
        write: (bytes) => {
          asked.push(bytes.length);
          if (bytes.length > 0) return Promise.resolve(bytes.length);
          busy -= 1;
          return Promise.resolve(busy > 0 ? null : 0);
        },
      }),
    );
    await link.write(new Uint8Array(10));
    expect(asked).toEqual([10, 0, 0, 0]);
    link.close();
  });

  test("a printer without a way back stays open", async () => {
    let reads = 0;
    const link = new LpLink(
      usblp({
        read: () => {
          reads += 1;
          return Promise.resolve("never");
        },
      }),
    );
    let isClosed = false;
    link.onClose(() => {
      isClosed = true;
    });
    link.onData(() => {});
    await link.write(new Uint8Array(3));
    expect([isClosed, reads]).toEqual([false, 1]);
    const over = closed(link);
    link.close();
    await over;
  });

  test("a printer that is gone closes the link while it is only listened to", async () => {
    const gone = Object.assign(new Error("ENODEV: no such device"), { code: "ENODEV" });
    const link = new LpLink(usblp({ read: () => Promise.reject(gone) }));
    const over = closed(link);
    link.onData(() => {});
    await over;
  });
});

describe("devices to choose from", () => {
  function printers(ids: Record<string, string | null>) {
    const root = tempDir();
    chmodSync(root, 0o755);
    const dev = join(root, "dev");
    const sys = join(root, "sys");
    mkdirSync(join(dev, "usb"), { recursive: true });
    writeFileSync(join(dev, "usb", "hiddev0"), "");
    for (const [name, id] of Object.entries(ids)) {
      writeFileSync(join(dev, "usb", name), "");
      const device = join(sys, "class", "usbmisc", name, "device");
      mkdirSync(device, { recursive: true });
      if (id !== null) writeFileSync(join(device, "ieee1284_id"), id);
    }
    return { dev, sys };
  }

  test("by the name they give themselves", async () => {
    const { dev, sys } = printers({
      lp0: "MFG:EPSON;CMD:ESCPOS;MDL:TM-T20II;CLS:PRINTER;\n",
      lp1: "MANUFACTURER:XP;MODEL:XP-58;\n",
      lp2: null,
    });
    const path = (name: string) => join(dev, "usb", name);
    expect(await findDevices(dev, sys)).toEqual([
      {
        config: { kind: "lp", path: path("lp0") },
        name: "EPSON TM-T20II",
        detail: path("lp0"),
        hint: null,
      },
      { config: { kind: "lp", path: path("lp1") }, name: "XP-58", detail: path("lp1"), hint: null },
      {
        config: { kind: "lp", path: path("lp2") },
        name: path("lp2"),
        detail: path("lp2"),
        hint: null,
      },
    ]);
    expect(await findDevices(join(dev, "none"), sys)).toEqual([]);
  });

  test("says when this user may not use it", () => {
    const { dev, sys } = printers({ lp0: null });
    chmodSync(join(dev, "usb", "lp0"), 0o600);
    // As somebody else: the superuser may everything.
    const isRoot = process.getuid?.() === 0;
    if (!isRoot) chmodSync(join(dev, "usb", "lp0"), 0o000);
    const module = new URL(
      "../../../../main/printing/transports/lp/find-devices.ts",
      import.meta.url,
    ).pathname;
    const code = `import { findDevices } from ${JSON.stringify(module)};
      console.log(JSON.stringify(await findDevices(${JSON.stringify(dev)}, ${JSON.stringify(sys)})));`;
    const result = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
      encoding: "utf8",
      ...(isRoot ? { uid: 65_534 } : {}),
    });
    expect(result.stderr).toBe("");
    expect(JSON.parse(result.stdout)).toMatchObject([{ hint: "noPermission" }]);
  });
});
