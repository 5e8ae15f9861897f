import type { Settings } from "../../../main/contract/settings.ts";
import type { PrinterConfig } from "../../../main/contract/values.ts";

/** What the owner changes under the manager's PIN. */
export type OwnerSettings = Pick<
  Settings,
  "receiptLocale" | "shop" | "currency" | "taxMode" | "widthMm" | "printer" | "cashiers"
>;

const OWNER_KEYS = [
  "receiptLocale",
  "shop",
  "currency",
  "taxMode",
  "widthMm",
  "printer",
  "cashiers",
] as const satisfies readonly (keyof OwnerSettings)[];

/** Only what differs from the saved settings, so that the log tells what was really changed. */
export function patchOf(
  saved: OwnerSettings,
  draft: Partial<OwnerSettings>,
): Partial<OwnerSettings> {
  const changed = OWNER_KEYS.filter(
    (key) => draft[key] !== undefined && JSON.stringify(draft[key]) !== JSON.stringify(saved[key]),
  );
  return Object.fromEntries(changed.map((key) => [key, draft[key]]));
}

/** A printer as the form holds it: both kinds' fields stay filled while one is chosen. */
export interface PrinterForm {
  kind: PrinterConfig["kind"];
  host: string;
  port: string;
}

/** JetDirect raw port, what receipt printers listen on. */
export const DEFAULT_PORT = 9100;

// The contract's rules in plain code: its schemas would bring the validator into the page, which
// compiles code where the page may not. A test holds both beside each other.
const HOST = /^[A-Za-z0-9.:_-]{1,253}$/;
const MAX_PORT = 65_535;

/** The form a saved printer opens with. */
export function printerFormOf(printer: PrinterConfig): PrinterForm {
  return printer.kind === "tcp"
    ? { kind: "tcp", host: printer.host, port: String(printer.port) }
    : { kind: "practice", host: "", port: String(DEFAULT_PORT) };
}

export type PrinterProblem = "host" | "port";

/** The printer a form describes, or which of its fields is wrong. */
export function readPrinterForm(
  form: PrinterForm,
): { printer: PrinterConfig } | { problem: PrinterProblem } {
  if (form.kind === "practice") return { printer: { kind: "practice" } };
  const host = form.host.trim();
  if (!HOST.test(host)) return { problem: "host" };
  const digits = form.port.trim();
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  if (port < 1 || port > MAX_PORT) return { problem: "port" };
  return { printer: { kind: "tcp", host, port } };
}

const SHOP_MAX_CHARS = { name: 60, address: 120, phone: 40, footer: 200 } as const;
const SHOP_FIELDS = ["name", "address", "phone", "footer"] as const;

/** Shop fields that can't be saved as they stand. */
export function shopProblems(shop: Settings["shop"]): (keyof Settings["shop"])[] {
  return SHOP_FIELDS.filter((field) => {
    const { length } = shop[field].trim();
    return length > SHOP_MAX_CHARS[field] || (field === "name" && length === 0);
  });
}

export type CashierProblem = "empty" | "tooLong" | "taken" | "tooMany";

/** Why a name can't be added to the cashiers; null when it can. */
export function cashierProblem(name: string, cashiers: readonly string[]): CashierProblem | null {
  const trimmed = name.trim();
  if (trimmed === "") return "empty";
  if (trimmed.length > 40) return "tooLong";
  if (cashiers.includes(trimmed)) return "taken";
  return cashiers.length >= 50 ? "tooMany" : null;
}
