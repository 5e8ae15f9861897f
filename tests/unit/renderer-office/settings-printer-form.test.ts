import { describe, expect, it } from "vitest";
import {
  printerConfigSchema,
  type FoundPrinter,
  type PrinterConfig,
} from "../../../main/contract/printers.ts";
import { stationKey } from "../../../main/till/printer-station.ts";
import {
  baudRates,
  chooseFound,
  emptyPrinterForm,
  isQueue,
  pickable,
  printerFormOf,
  readPrinterForm,
  wayKey,
} from "../../../renderer/features/settings/printer/printer-form.ts";

const EVERY_KIND: PrinterConfig[] = [
  { kind: "practice" },
  { kind: "tcp", host: "192.168.1.50", port: 9100 },
  { kind: "usb", vendorId: 0x04b8, productId: 0x0e28, serial: "J4", name: "EPSON TM-T20III" },
  { kind: "usbprint", path: "\\\\?\\usb#vid_04b8", name: "EPSON TM-T20III" },
  { kind: "spooler", queue: "POS-80" },
  { kind: "cups", queue: "till" },
  { kind: "lp", path: "/dev/usb/lp0" },
  { kind: "serial", path: "COM3", baudRate: 19_200, flow: "software" },
];

const found = (config: PrinterConfig): FoundPrinter => ({
  config,
  name: "x",
  detail: "",
  hint: null,
});

describe("the form a printer is chosen with", () => {
  it.each(EVERY_KIND)("reads back the $kind printer it was opened with", (printer) => {
    expect(readPrinterForm(printerFormOf(printer))).toEqual({ printer });
  });

  it("is empty at first, and says so", () => {
    expect(readPrinterForm(printerFormOf(null))).toEqual({ problem: "nothing" });
    expect(readPrinterForm({ ...emptyPrinterForm(), choice: "found" })).toEqual({
      problem: "nothing",
    });
  });

  it("keeps what was typed while another way is chosen", () => {
    const form = { ...emptyPrinterForm(), choice: "tcp", host: "10.0.0.9" } as const;
    const there = chooseFound(form, { kind: "cups", queue: "till" });
    expect(readPrinterForm({ ...there, choice: "tcp" })).toEqual({
      printer: { kind: "tcp", host: "10.0.0.9", port: 9100 },
    });
  });

  it("sets the speed of a serial port that was found", () => {
    const port = { kind: "serial", path: "COM3", baudRate: 9_600, flow: "hardware" } as const;
    const form = { ...chooseFound(emptyPrinterForm(), port), baudRate: 115_200 };
    expect(readPrinterForm(form)).toEqual({ printer: { ...port, baudRate: 115_200 } });
  });

  it.each([
    [{ choice: "tcp", host: "", port: "9100" }, "host"],
    [{ choice: "tcp", host: "no spaces", port: "9100" }, "host"],
    [{ choice: "tcp", host: "10.0.0.9", port: "" }, "port"],
    [{ choice: "tcp", host: "10.0.0.9", port: "70000" }, "port"],
    [{ choice: "tcp", host: "10.0.0.9", port: "91x" }, "port"],
    [{ choice: "serial", path: "  " }, "path"],
  ] as const)("names the wrong field of %o", (form, problem) => {
    expect(readPrinterForm({ ...emptyPrinterForm(), ...form })).toEqual({ problem });
  });

  it("agrees with the contract about addresses", () => {
    const hosts = ["", " ", "a b", "192.168.1.50", "till-printer.local", "::1", "打印机"];
    const ports = ["", "0", "1", "9100", "65535", "65536", "9.5", "-1"];
    for (const host of [...hosts, "x".repeat(254)])
      for (const port of ports) {
        const contract = printerConfigSchema.safeParse({ kind: "tcp", host, port: Number(port) });
        const form = readPrinterForm({ ...emptyPrinterForm(), choice: "tcp", host, port });
        expect("printer" in form, `${host}:${port}`).toBe(contract.success);
      }
  });

  it("agrees with the contract about serial ports", () => {
    for (const path of ["", "COM3", "/dev/ttyUSB0", "x".repeat(400), "x".repeat(401)]) {
      const config = { kind: "serial", path, baudRate: 9_600, flow: "none" };
      const form = readPrinterForm({ ...emptyPrinterForm(), choice: "serial", path });
      expect("printer" in form, path.slice(0, 20)).toBe(
        printerConfigSchema.safeParse(config).success,
      );
    }
    for (const baudRate of baudRates(300_000)) {
      const config = { kind: "serial", path: "COM3", baudRate, flow: "none" };
      expect(printerConfigSchema.safeParse(config).success, String(baudRate)).toBe(true);
    }
  });
});

describe("which printers are the same", () => {
  it("is what the till says", () => {
    const others: PrinterConfig[] = [
      { kind: "tcp", host: "192.168.1.50", port: 9101 },
      { kind: "usb", vendorId: 0x04b8, productId: 0x0e28, serial: "J5", name: "EPSON TM-T20III" },
      { kind: "usb", vendorId: 0x04b8, productId: 0x0e28, serial: null, name: "" },
      { kind: "serial", path: "COM3", baudRate: 9_600, flow: "none" },
      { kind: "cups", queue: "POS-80" },
    ];
    const all = [...EVERY_KIND, ...others];
    for (const one of all)
      for (const other of all)
        expect(wayKey(one) === wayKey(other), `${wayKey(one)} ${wayKey(other)}`).toBe(
          stationKey(one) === stationKey(other),
        );
  });

  it("knows queues, which say nothing about paper", () => {
    expect(EVERY_KIND.filter(isQueue).map(({ kind }) => kind)).toEqual(["spooler", "cups"]);
  });
});

describe("what can be picked", () => {
  const usb = EVERY_KIND[2] as PrinterConfig;

  it("keeps the printer in use when it is switched off", () => {
    const queue = found({ kind: "cups", queue: "till" });
    expect(pickable([queue], usb)).toEqual([
      { printer: usb, found: null },
      { printer: queue.config, found: queue },
    ]);
  });

  it("names it once when it was found, and never the ways that need an address", () => {
    expect(pickable([found(usb)], { ...usb })).toHaveLength(1);
    expect(pickable([], { kind: "practice" })).toEqual([]);
    expect(pickable([], { kind: "tcp", host: "h", port: 1 })).toEqual([]);
    expect(pickable([], null)).toEqual([]);
  });
});
