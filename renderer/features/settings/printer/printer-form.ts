import type { FoundPrinter, PrinterConfig } from "../../../../main/contract/printers.ts";

type SerialConfig = Extract<PrinterConfig, { kind: "serial" }>;
export type Flow = SerialConfig["flow"];

/** JetDirect raw port, what receipt printers listen on. */
export const DEFAULT_PORT = 9100;
/** What most serial receipt printers leave the factory with. */
const DEFAULT_BAUD = 9_600;
/** Rates that receipt printers can be set to. */
const BAUD_RATES = [4_800, 9_600, 19_200, 38_400, 57_600, 115_200, 230_400] as const;

// The contract's rules in plain code: its schemas would bring the validator into the page, which
// compiles code where the page may not. A test holds both beside each other.
const HOST = /^[A-Za-z0-9.:_-]{1,253}$/;
const MAX_PORT = 65_535;
const MAX_PATH_CHARS = 400;

/** What is chosen: one of the ways that need an address, or a printer that was found or is in use. */
export type PrinterChoice = "practice" | "tcp" | "serial" | "found";

/** A choice of printer while it is made: every way's fields stay filled while another is chosen. */
export interface PrinterForm {
  /** null: nothing chosen yet. */
  choice: PrinterChoice | null;
  /** The one that `found` stands for. */
  found: PrinterConfig | null;
  host: string;
  port: string;
  path: string;
  baudRate: number;
  flow: Flow;
}

/** Nothing chosen yet. */
export function emptyPrinterForm(): PrinterForm {
  return {
    choice: null,
    found: null,
    host: "",
    port: String(DEFAULT_PORT),
    path: "",
    baudRate: DEFAULT_BAUD,
    flow: "hardware",
  };
}

/** The form a saved printer opens with; null opens an empty one. */
export function printerFormOf(printer: PrinterConfig | null): PrinterForm {
  const empty = emptyPrinterForm();
  if (printer === null) return empty;
  switch (printer.kind) {
    case "practice":
      return { ...empty, choice: "practice" };
    case "tcp":
      return { ...empty, choice: "tcp", host: printer.host, port: String(printer.port) };
    default:
      return chooseFound(empty, printer);
  }
}

/** The same form with one of the printers of this computer chosen. */
export function chooseFound(form: PrinterForm, found: PrinterConfig): PrinterForm {
  const chosen = { ...form, choice: "found", found } as const;
  if (found.kind !== "serial") return chosen;
  return { ...chosen, path: found.path, baudRate: found.baudRate, flow: found.flow };
}

export type PrinterProblem = "nothing" | "host" | "port" | "path";

/** The printer a form describes, or which of its fields is wrong. */
export function readPrinterForm(
  form: PrinterForm,
): { printer: PrinterConfig } | { problem: PrinterProblem } {
  switch (form.choice) {
    case null:
      return { problem: "nothing" };
    case "practice":
      return { printer: { kind: "practice" } };
    case "tcp":
      return readNetwork(form);
    case "serial": {
      const path = form.path.trim();
      if (path === "" || path.length > MAX_PATH_CHARS) return { problem: "path" };
      return { printer: { kind: "serial", path, baudRate: form.baudRate, flow: form.flow } };
    }
    case "found": {
      const { found, baudRate, flow } = form;
      if (found === null) return { problem: "nothing" };
      return { printer: found.kind === "serial" ? { ...found, baudRate, flow } : found };
    }
  }
}

function readNetwork(
  form: Pick<PrinterForm, "host" | "port">,
): { printer: PrinterConfig } | { problem: "host" | "port" } {
  const host = form.host.trim();
  if (!HOST.test(host)) return { problem: "host" };
  const digits = form.port.trim();
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  if (port < 1 || port > MAX_PORT) return { problem: "port" };
  return { printer: { kind: "tcp", host, port } };
}

/** One text per printer and way to it; the speed of a serial port is not part of which printer it is. */
export function wayKey(config: PrinterConfig): string {
  switch (config.kind) {
    case "practice":
      return "practice";
    case "tcp":
      return `tcp:${config.host}:${config.port}`;
    case "usb":
      return `usb:${config.vendorId}:${config.productId}:${config.serial ?? ""}`;
    case "usbprint":
    case "lp":
    case "serial":
      return `${config.kind}:${config.path}`;
    case "spooler":
    case "cups":
      return `${config.kind}:${config.queue}`;
  }
}

/** True for a print queue of the system: it takes paper work and says nothing about paper. */
export function isQueue(config: PrinterConfig): boolean {
  return config.kind === "spooler" || config.kind === "cups";
}

/**
 * What can be picked from: everything found, and in front of it the printer in use when it was not found
 * (switched off, cable pulled), so that looking never loses it.
 */
export function pickable(
  found: readonly FoundPrinter[],
  current: PrinterConfig | null,
): { printer: PrinterConfig; found: FoundPrinter | null }[] {
  const all = found.map((one) => ({ printer: one.config, found: one }));
  const needsNoLooking = current === null || current.kind === "practice" || current.kind === "tcp";
  if (needsNoLooking || all.some(({ printer }) => wayKey(printer) === wayKey(current))) return all;
  return [{ printer: current, found: null }, ...all];
}

/** Baud rates to choose from; an unusual one that is set stays among them. */
export function baudRates(set: number): number[] {
  return [...new Set([...BAUD_RATES, set])].toSorted((a, b) => a - b);
}
