import { settingsSchema, type Settings } from "../contract/settings.ts";
import { USUAL_SCALE_LABELS } from "../domain/scan/scale-label.ts";
import { FIRST_TEMPLATE } from "../contract/template.ts";

/** As at first start. */
const FIRST: Settings = {
  ready: false,
  locale: null,
  receiptLocale: "zh-CN",
  theme: "system",
  density: "touch",
  sound: true,
  shop: { name: "票不漏", address: "", phone: "", footer: "" },
  currency: "CNY",
  decimalSign: ".",
  taxMode: "none",
  widthMm: 58,
  printer: { kind: "practice" },
  backupPrinter: null,
  autoPrint: true,
  template: FIRST_TEMPLATE,
  cashiers: [],
  customerDisplay: false,
  customerScreen: null,
  startWithSystem: false,
  kiosk: false,
  scanner: { layout: "keyboard", suffix: null, paceMs: null },
  scaleLabels: { ...USUAL_SCALE_LABELS, patterns: [...USUAL_SCALE_LABELS.patterns] },
};

export interface SoundSettings {
  value: Settings;
  /** Settings whose stored value could not be used, by name. */
  wrong: string[];
  /** Those of `wrong` that no other source had either: they are as at first start. */
  lost: string[];
}

/**
 * Every setting that can be used, one by one: from `stored`, else from `spare`, else as at first
 * start. One wrong value costs no other. What an older version did not know yet is no fault.
 */
export function soundSettings(stored: unknown, spare: unknown = null): SoundSettings {
  const wrong: string[] = [];
  const lost: string[] = [];
  const sources = [asObject(stored), asObject(spare)];
  const value: Record<string, unknown> = { ...FIRST };
  for (const name of Object.keys(FIRST) as (keyof Settings)[]) {
    const found = sources.map((source) => usable(name, source[name]));
    const good = found.find((candidate) => candidate !== undefined);
    if (found[0] === undefined && sources[0]?.[name] !== undefined) {
      wrong.push(name);
      if (good === undefined) lost.push(name);
    }
    if (good !== undefined) value[name] = good.value;
  }
  return { value: settingsSchema.parse(value), wrong, lost };
}

function usable(name: keyof Settings, stored: unknown): { value: unknown } | undefined {
  if (stored === undefined) return undefined;
  const schema = settingsSchema.shape[name];
  const parsed = schema.safeParse(stored);
  if (parsed.success) return { value: parsed.data };
  if (name !== "shop" && name !== "template") return undefined;
  // Written before some part of it was known.
  const filled = schema.safeParse({ ...FIRST[name], ...asObject(stored) });
  return filled.success ? { value: filled.data } : undefined;
}

function asObject(value: unknown): Record<string, unknown> {
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  return isPlain ? (value as Record<string, unknown>) : {};
}
