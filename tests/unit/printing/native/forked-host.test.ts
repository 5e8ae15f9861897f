import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock, type Clock } from "../../../../main/clock.ts";
import { NativeHostClient } from "../../../../main/printing/native/client.ts";
import type { NativePrinterConfig } from "../../../../main/printing/native/native-printers.ts";
import {
  forkPrinterHost,
  type ForkedPrinterHost,
} from "../../../../main/printing/native/fork-host.ts";
import {
  PrinterUnreachable,
  type PrinterLink,
  type WireTransport,
} from "../../../../main/printing/transport.ts";
import { VirtualPrinter } from "../../../../main/printing/virtual-printer/index.ts";
import { openPty, plugIn, readBytes } from "../../support/pty.ts";
import { TestClock } from "../../support/test-clock.ts";
import { END_MARK, printOne } from "./print-one.ts";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const HOST = join(root, "main", "printing", "native", "host-main.ts");
const SCRIPTED = join(import.meta.dirname, "scripted-host.ts");

/** A client whose hosts are real processes, gone when the test is over. */
function bench(entry: string, clock: Clock = systemClock) {
  const hosts: ForkedPrinterHost[] = [];
  const reports: string[] = [];
  const fork = forkPrinterHost(entry);
  const client = new NativeHostClient({
    clock,
    spawn: () => {
      const host = fork();
      hosts.push(host);
      return host;
    },
    report: (_, error) => {
      reports.push(String(error));
      return "1";
    },
  });
  onTestFinished(async () => {
    client.close();
    await Promise.all(hosts.map(exited));
  });
  const wire = (config: NativePrinterConfig): WireTransport => {
    const transport = client.transport(config);
    if (transport.path !== "wire") throw new Error("a device is a wire");
    return transport;
  };
  return { client, hosts, reports, wire };
}

const exited = (host: ForkedPrinterHost) =>
  new Promise<number | null>((resolve) => host.onExit(resolve));
const closed = (link: PrinterLink) => new Promise<void>((resolve) => link.onClose(resolve));
const lp = (path: string) => ({ kind: "lp", path }) as const;
const serial = (path: string) =>
  ({ kind: "serial", path, baudRate: 115_200, flow: "hardware" }) as const;

function killNow(host: ForkedPrinterHost | undefined): void {
  if (host?.pid === undefined) throw new Error("no host is running");
  process.kill(host.pid, "SIGKILL");
}

describe("through a process of its own", () => {
  test.each([
    ["a kernel device", lp],
    ["a serial port", serial],
  ])("%s prints and brings the proof back", async (_, config) => {
    const clock = new TestClock(2);
    const device = new VirtualPrinter({ clock, widthMm: 58 });
    const pty = openPty();
    plugIn(pty, device);
    const { hosts, reports, wire } = bench(HOST);
    const receipt = printOne(wire(config(pty.path)), clock);
    expect(await receipt.until()).toEqual({ type: "printed", grade: "A", late: false });
    expect(device.paper.slips()[0]?.text()).toContain(END_MARK);
    expect(device.unknownCommands).toEqual([]);
    expect([hosts.length, reports]).toEqual([1, []]);
  });

  test("says who is in the way", async () => {
    const { wire } = bench(HOST);
    const pty = openPty();
    await wire(serial(pty.path)).open();
    await expect(wire(serial(pty.path)).open()).rejects.toMatchObject({ reason: "busy" });
    await expect(wire(lp("/dev/usb/lp99")).open()).rejects.toMatchObject({
      reason: "unreachable",
    });
  });

  test.runIf(process.platform === "linux")(
    "has a worker thread for every printer that may keep it waiting",
    async () => {
      const { hosts, wire } = bench(HOST);
      await wire(lp(openPty().path)).open();
      const environment = readFileSync(`/proc/${hosts[0]?.pid}/environ`, "utf8").split("\0");
      expect(environment).toContain("UV_THREADPOOL_SIZE=16");
    },
  );

  test("looks for printers with every driver there is", async () => {
    const { client, hosts } = bench(HOST);
    const found = await client.find();
    expect(Array.isArray(found)).toBe(true);
    expect(await Promise.all(hosts.map(exited))).toEqual([0]);
  });

  test("ends when the till does, with a printer open", async () => {
    const pty = openPty();
    const module = (name: string) => JSON.stringify(join(root, "main", "printing", "native", name));
    const code = `import { NativeHostClient } from ${module("client.ts")};
      import { forkPrinterHost } from ${module("fork-host.ts")};
      import { systemClock } from ${JSON.stringify(join(root, "main", "clock.ts"))};
      const spawn = forkPrinterHost(${JSON.stringify(HOST)});
      const client = new NativeHostClient({ spawn, clock: systemClock, report: () => "1" });
      const link = await client.transport(${JSON.stringify(lp(pty.path))}).open();
      link.onData(() => {});
      console.log("open");`;
    const till = spawn(process.execPath, ["--input-type=module", "-e", code], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    await once(till.stdout, "data");
    // The host has it too, so it closes when both are gone.
    const bothGone = once(till.stderr.resume(), "close");
    till.kill("SIGKILL");
    await bothGone;
  });
});

describe("killed in the middle of a write", () => {
  test("the write fails, the link closes, and after a pause there is a new one", async () => {
    const clock = new TestClock(1);
    const { hosts, reports, wire } = bench(HOST, clock);
    const pty = openPty();
    const transport = wire(lp(pty.path));
    const link = await transport.open();
    const over = closed(link);
    // Larger than what fits between the two ends, and the other end stops after the first byte.
    const writing = link.write(new Uint8Array(500_000));
    await readBytes(pty, 1);
    killNow(hosts[0]);
    const error = await writing.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(PrinterUnreachable);
    await over;
    await expect(link.write(new Uint8Array(1))).rejects.toThrow("closed");
    expect(reports).toEqual(["PrinterHostGone: the printer host ended by itself (killed)"]);
    await expect(transport.open()).rejects.toMatchObject({
      name: "PrinterUnreachable",
      reason: "unreachable",
    });
    expect(hosts).toHaveLength(1);
    clock.jump(500);
    const next = await transport.open();
    expect(hosts).toHaveLength(2);
    expect(hosts[1]?.pid).not.toBe(hosts[0]?.pid);
    next.close();
    await closed(next);
  });

  test("a receipt under way is unknown, never printed", async () => {
    const clock = new TestClock(2);
    const device = new VirtualPrinter({ clock, widthMm: 58 });
    const pty = openPty();
    plugIn(pty, device);
    const { hosts, wire } = bench(HOST, clock);
    device.setFault({ kind: "paperOut", afterMm: 20 });
    const receipt = printOne(wire(lp(pty.path)), clock);
    await receipt.until("blocked");
    killNow(hosts[0]);
    expect(await receipt.until()).toEqual({ type: "unknown", cause: "connectionLost" });
  });
});

describe("drivers that go wrong", () => {
  test("one that hangs in native code is ended with its process", async () => {
    const clock = new TestClock(1);
    const { hosts, wire } = bench(SCRIPTED, clock);
    const link = await wire(lp("good")).open();
    const over = closed(link);
    const lastWords = new Promise<number[]>((resolve) => {
      link.onData((bytes) => resolve([...bytes]));
    });
    const other = await wire(serial("good")).open();
    const opening = wire(lp("hang")).open();
    expect(await lastWords).toEqual([0x16]);
    clock.jump(5_000);
    await expect(opening).rejects.toMatchObject({ reason: "unreachable" });
    // It answers no ping either, so it is not just one printer that is slow.
    for (let pings = 0; pings < 3; pings += 1) clock.jump(5_000);
    await over;
    const [hung] = hosts;
    expect(hosts).toHaveLength(2);
    expect(hung && (await exited(hung))).toBe(null);
    // A port of another kind has another host, and noticed nothing.
    await other.write(Uint8Array.of(0x0a));
  });

  test("one that takes its process down hides no printer of the others", async () => {
    const { client, reports } = bench(SCRIPTED);
    expect((await client.find()).map(({ name }) => name)).toEqual(["good"]);
    expect(reports.join()).toContain("usb: looking for printers failed");
  });

  test("an entry that is not there is a host that ended", async () => {
    const { wire } = bench(join(root, "nothing-here.ts"));
    await expect(wire(lp("good")).open()).rejects.toMatchObject({ reason: "unreachable" });
  });
});
