import { isDeepStrictEqual } from "node:util";
import { settingsSchema, type Settings } from "../contract/settings.ts";
import { soundSettings } from "./sound-settings.ts";

/** The part of `Conf` (and of electron-store, which extends it) that the till uses. */
export interface SettingsStore {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

/** Where a second copy of the settings is kept: the working memory of the log. */
export interface SettingsKeeper {
  kept(key: string): string | null;
  keep(key: string, value: string): void;
}

const KEPT = "settings";
const KEYS = ["settings", "managerPin"] as const;

/**
 * Settings, validated on the way in and out; each that can't be used is as the log remembers it, or else as
 * at first start. Lost files neither open a till to a second first start nor forget the manager's PIN.
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
    const kept = asObject(parse(this.keeper?.kept(KEPT) ?? "null")) as Record<string, unknown>;
    const stored = soundSettings(store.get("settings")).value;
    const remembered = soundSettings(kept["settings"]).value;
    const looksNew = !stored.ready && remembered.ready;
    this.value = looksNew
      ? remembered
      : soundSettings(store.get("settings"), kept["settings"]).value;
    // Without a PIN nobody could change a till that was set up.
    const pin = kept["managerPin"];
    const lacksPin = this.value.ready && typeof pin === "string" && this.pinHash() === null;
    this.wasMended = lacksPin || !isDeepStrictEqual(this.value, stored);
    if (this.wasMended) store.set("settings", this.value);
    if (lacksPin || looksNew) store.set("managerPin", pin);
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
