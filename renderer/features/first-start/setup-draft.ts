import type { CallInput } from "../../../main/contract/calls.ts";
import type { Locale } from "../../../main/domain/sale.ts";
import {
  emptyPrinterForm,
  readPrinterForm,
  type PrinterForm,
  type PrinterProblem,
} from "../settings/printer/printer-form.ts";

type Setup = CallInput<"settings.setUp">;

/** What the first start collects; every field has a value that can be kept. */
export interface SetupDraft {
  shopName: string;
  address: string;
  phone: string;
  footer: string;
  currency: Setup["currency"];
  taxMode: Setup["taxMode"];
  widthMm: Setup["widthMm"];
  printer: PrinterForm;
  /** Names as typed, separated by commas, spaces of any kind or new lines. */
  cashiers: string;
  pin: string;
  sampleCatalogue: boolean;
}

export function newDraft(locale: Locale): SetupDraft {
  return {
    shopName: "",
    address: "",
    phone: "",
    footer: "",
    currency: locale === "zh-CN" ? "CNY" : "USD",
    taxMode: locale === "zh-CN" ? "none" : "exclusive",
    widthMm: locale === "zh-CN" ? 58 : 80,
    printer: { ...emptyPrinterForm(), choice: "practice" },
    cashiers: "",
    pin: "",
    sampleCatalogue: true,
  };
}

/** Cashier names, each once, in the order typed. Names may hold spaces, so only commas and lines part them. */
export function cashierNames(text: string): string[] {
  const names = text
    .split(/[,，、;；\n]+/)
    .map((name) => name.trim().slice(0, 40))
    .filter((name) => name !== "");
  return [...new Set(names)].slice(0, 50);
}

export type SetupProblem = "shopName" | PrinterProblem | "cashiers" | "pin";

/** What keeps a step from being finished, in the order of its fields. */
export function problemsOf(step: number, draft: SetupDraft): SetupProblem[] {
  const problems: SetupProblem[] = [];
  if (step === 0 && draft.shopName.trim() === "") problems.push("shopName");
  const printer = readPrinterForm(draft.printer);
  if (step === 1 && "problem" in printer) problems.push(printer.problem);
  if (step === 2) {
    if (cashierNames(draft.cashiers).length === 0) problems.push("cashiers");
    if (!/^\d{4,8}$/.test(draft.pin)) problems.push("pin");
  }
  return problems;
}

/** The call's input, of a draft without problems. Receipts speak the language the shop was set up in. */
export function setupOf(draft: SetupDraft, locale: Locale): Setup {
  const read = readPrinterForm(draft.printer);
  return {
    locale,
    receiptLocale: locale,
    theme: "system",
    density: "touch",
    sound: true,
    shop: {
      name: draft.shopName.trim(),
      address: draft.address.trim(),
      phone: draft.phone.trim(),
      footer: draft.footer.trim(),
    },
    currency: draft.currency,
    taxMode: draft.taxMode,
    widthMm: draft.widthMm,
    printer: "printer" in read ? read.printer : { kind: "practice" },
    cashiers: cashierNames(draft.cashiers),
    managerPin: draft.pin,
    sampleCatalogue: draft.sampleCatalogue,
  };
}
