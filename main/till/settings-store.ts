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

/** Where a second copy of the settings is kept: the working memory of the log. */
export interface SettingsKeeper {
  kept(key: string): string | null;
  keep(key: string, value: string): void;
}

const KEPT = "settings";
const KEYS = ["settings", "managerPin"] as const;

/**
 * Settings, validated on the way in and out. What can't be read any more is as the log remembers it, so a
 * damaged file neither opens the till to a second first start nor forgets the manager's PIN; without a log
 * that knows better it is as at first start.
 */
export class SettingsRoom {
  /** The file was unreadable or gone, and the log knew better. */
  readonly wasMended: boolean;
  private readonly store: SettingsStore;
  private readonly listeners = new Set<(settings: Settings) => void>();
  private readonly keeper: SettingsKeeper | null;
  private value: Settings;

  constructor(store: SettingsStore, keeper: SettingsKeeper | null = null) {
    this.store = store;
    this.keeper = keeper;
    const found = readSettings(store.get("settings"));
    this.wasMended = !(found?.ready ?? false) && this.mend();
    this.value = (this.wasMended ? readSettings(store.get("settings")) : found) ?? FIRST;
    this.remember();
  }

  get(): Settings {
    return this.value;
  }

  change(patch: Partial<Settings>): Settings {
    const value = settingsSchema.parse({ ...this.value, ...patch });
    // Kept first: what could not be kept must not seem to be so.
    this.store.set("settings", value);
    this.value = value;
    this.remember();
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
    this.remember();
  }

  /** Puts back what the log remembers of a till that had been set up. True when it did. */
  private mend(): boolean {
    const kept = asObject(parse(this.keeper?.kept(KEPT) ?? "null")) as Record<string, unknown>;
    if (readSettings(kept["settings"])?.ready !== true) return false;
    for (const key of KEYS) if (typeof kept[key] !== "undefined") this.store.set(key, kept[key]);
    return true;
  }

  private remember(): void {
    if (!this.keeper || !this.value.ready) return;
    const text = JSON.stringify(Object.fromEntries(KEYS.map((key) => [key, this.store.get(key)])));
    if (text === this.keeper.kept(KEPT)) return;
    try {
      this.keeper.keep(KEPT, text);
    } catch {
      // The settings themselves are kept already; a full disk only delays their second copy.
    }
  }
}

/** Null for what is no settings at all. What an older version did not know yet is as at first start. */
function readSettings(stored: unknown): Settings | null {
  if (stored === undefined) return null;
  const parsed = settingsSchema.safeParse({ ...FIRST, ...asObject(stored) });
  return parsed.success ? parsed.data : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
