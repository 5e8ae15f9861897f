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
 * Settings, validated on the way in and out; each that can't be used is as at first start. When the files
 * make a till that was set up look new, they are as the log remembers them: lost files neither open the
 * till to a second first start nor forget the manager's PIN.
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
    let { value } = soundSettings(store.get("settings"));
    this.wasMended = !value.ready && this.mend();
    if (this.wasMended) ({ value } = soundSettings(store.get("settings")));
    this.value = value;
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
    if (!soundSettings(kept["settings"]).value.ready) return false;
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
