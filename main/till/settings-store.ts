import { settingsSchema, type Settings } from "../contract/settings.ts";
import { soundSettings } from "./sound-settings.ts";

/** The part of `Conf` (and of electron-store, which extends it) that the till uses. */
export interface SettingsStore {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

/** Settings, validated on the way in and out; each that can't be used is as at first start. */
export class SettingsRoom {
  private readonly store: SettingsStore;
  private readonly listeners = new Set<(settings: Settings) => void>();
  private value: Settings;

  constructor(store: SettingsStore) {
    this.store = store;
    this.value = soundSettings(store.get("settings")).value;
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
