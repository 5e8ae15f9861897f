import { settingsSchema, type Settings } from "../contract/settings.ts";
import { FIRST_TEMPLATE } from "../contract/template.ts";

/** The part of `Conf` (and of electron-store, which extends it) that the till uses. */
export interface SettingsStore {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

const FIRST: Settings = {
  ready: false,
  locale: null,
  receiptLocale: "zh-CN",
  theme: "system",
  density: "touch",
  sound: true,
  shop: { name: "票不漏", address: "", phone: "", footer: "" },
  currency: "CNY",
  taxMode: "none",
  widthMm: 58,
  printer: { kind: "practice" },
  backupPrinter: null,
  autoPrint: true,
  template: FIRST_TEMPLATE,
  cashiers: [],
};

/** Settings, validated on the way in and out; what can't be read falls back to first start. */
export class SettingsRoom {
  private readonly store: SettingsStore;
  private readonly listeners = new Set<(settings: Settings) => void>();
  private value: Settings;

  constructor(store: SettingsStore) {
    this.store = store;
    // What an older version did not know yet is as it would be at first start.
    const parsed = settingsSchema.safeParse({ ...FIRST, ...asObject(store.get("settings")) });
    this.value = parsed.success ? parsed.data : FIRST;
  }

  get(): Settings {
    return this.value;
  }

  change(patch: Partial<Settings>): Settings {
    this.value = settingsSchema.parse({ ...this.value, ...patch });
    this.store.set("settings", this.value);
    for (const listener of this.listeners) listener(this.value);
    return this.value;
  }

  listen(listener: (settings: Settings) => void): void {
    this.listeners.add(listener);
  }

  /** The stored hash of the manager's PIN; null before first start. */
  pinHash(): string | null {
    const hash = this.store.get("managerPin");
    return typeof hash === "string" ? hash : null;
  }

  setPinHash(hash: string): void {
    this.store.set("managerPin", hash);
  }
}

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
