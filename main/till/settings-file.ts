import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { SettingsStore } from "./settings-store.ts";
import { soundSettings } from "./sound-settings.ts";

/** What the settings file looks like; a larger number was written by a newer version. */
const FORMAT = 1;
/** With the largest logo it is 30 kB. */
const MAX_BYTES = 4 * 1024 * 1024;

export const SETTINGS_FILE = "settings.json";
export const LAST_GOOD_FILE = "settings.last-good.json";

/** What was wrong with the settings file of this start, and what became of it. */
export interface SettingsFinding {
  code: "settingsRecovered" | "settingsPartly" | "settingsLost" | "settingsNewer";
  /** For the log of incidents, in English. */
  reason: string;
  /** Settings that are as at first start now. */
  lost: string[];
  /** Where the file of before was put, inside the data folder; null when there was none. */
  setAside: string | null;
}

export interface OpenedSettings {
  store: SettingsStore;
  /** null: nothing was wrong. */
  finding: SettingsFinding | null;
}

/**
 * Opens the settings of a data folder whatever their file holds. What can't be used is set aside, the
 * last good copy beside it and everything in it that can be used take its place, and `finding` says so.
 * @param create opens a `Conf` or an electron-store on `settings.json` of the folder; the file is sound by then
 * @throws the system's error when the folder can't be written to
 */
export function openSettings(
  dataDir: string,
  create: (dataDir: string) => SettingsStore,
): OpenedSettings {
  const path = join(dataDir, SETTINGS_FILE);
  const lastGood = asStored(readJson(join(dataDir, LAST_GOOD_FILE)));
  const now = readJson(path);
  const judged = judge(now, lastGood);
  let finding: SettingsFinding | null = null;
  if (judged !== null) {
    const setAside = now.kind === "absent" ? null : putAside(dataDir);
    writeDurably(path, judged.text);
    finding = { ...judged.finding, setAside };
  }
  const inner = create(dataDir);
  if (inner.get("format") !== FORMAT) inner.set("format", FORMAT);
  keepLastGood(dataDir);
  return {
    store: {
      get: (key) => inner.get(key),
      set: (key, value) => {
        inner.set(key, value);
        keepLastGood(dataDir);
      },
    },
    finding,
  };
}

type Read =
  | { kind: "absent" }
  | { kind: "unreadable"; reason: string }
  | { kind: "json"; value: unknown };

function readJson(path: string): Read {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return { kind: "absent" };
  if (!stats.isFile()) return { kind: "unreadable", reason: "is not a file" };
  if (stats.size > MAX_BYTES) return { kind: "unreadable", reason: `has ${stats.size} bytes` };
  const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  try {
    return { kind: "json", value: JSON.parse(text) };
  } catch {
    // Not the parser's message: it repeats what the file holds.
    const reason = text.trim() === "" ? "is empty" : `is no JSON (${stats.size} bytes)`;
    return { kind: "unreadable", reason };
  }
}

type Stored = Record<string, unknown>;

/** The content of a file that holds settings; null for anything else. */
function asStored(read: Read): Stored | null {
  if (read.kind !== "json" || typeof read.value !== "object" || read.value === null) return null;
  const stored = read.value as Stored;
  return typeof stored["settings"] === "object" && stored["settings"] !== null ? stored : null;
}

type Judged = { text: string; finding: Omit<SettingsFinding, "setAside"> };

/** What has to be written instead and what to say; null when the file may stay as it is. */
function judge(now: Read, lastGood: Stored | null): Judged | null {
  if (now.kind === "absent") return lastGood ? recovered({}, lastGood, "is missing") : null;
  if (now.kind === "unreadable") return recovered({}, lastGood, now.reason);
  const stored = asStored(now);
  if (stored === null) {
    const isFresh = lastGood === null && isPlainWithoutSettings(now.value);
    return isFresh ? null : recovered({}, lastGood, "holds no settings");
  }
  const format = stored["format"] ?? FORMAT;
  const isNewer = typeof format === "number" && format > FORMAT;
  if (isNewer) return recovered(stored, lastGood, `was written by a newer version (${format})`);
  const { value, wrong } = soundSettings(stored["settings"]);
  if (wrong.length > 0) return recovered(stored, lastGood, `has unusable ${wrong.join(", ")}`);
  const hasPin = isPinHash(stored["managerPin"]);
  if (value.ready && !hasPin) return recovered(stored, lastGood, "has no usable managerPin");
  return typeof format === "number" ? null : recovered(stored, lastGood, "has no usable format");
}

/** Before first start is done a store holds nothing yet, or only its own keys. */
function isPlainWithoutSettings(value: unknown): boolean {
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  return isPlain && !("settings" in value) && !("managerPin" in value);
}

function recovered(stored: Stored, lastGood: Stored | null, reason: string): Judged {
  const { value, lost } = soundSettings(stored["settings"], lastGood?.["settings"]);
  const pin = [stored["managerPin"], lastGood?.["managerPin"]].find(isPinHash);
  // Without its manager's PIN nobody could ever change a till again: it is set up anew.
  const isLost = !value.ready || pin === undefined;
  const settings = isLost ? { ...value, ready: false } : value;
  const content = { format: FORMAT, settings, ...(pin === undefined ? {} : { managerPin: pin }) };
  const isNewer = reason.includes("newer");
  const code = isLost
    ? "settingsLost"
    : lost.length > 0
      ? "settingsPartly"
      : isNewer
        ? "settingsNewer"
        : "settingsRecovered";
  return {
    text: JSON.stringify(content, null, 2),
    finding: { code, reason: `${SETTINGS_FILE} ${reason}`, lost },
  };
}

/** The form of `ManagerPin`: salt and key, base64url. */
function isPinHash(value: unknown): value is string {
  return typeof value === "string" && /^[\w-]{16,}\.[\w-]{32,}$/.test(value);
}

/** Moves the file out of the way under a name that nothing has yet. */
function putAside(dataDir: string): string {
  const stamp = new Date().toISOString().replace(/[:.]/g, "-");
  for (let copy = 0; ; copy += 1) {
    const name = `settings.damaged-${stamp}${copy === 0 ? "" : `-${copy}`}.json`;
    if (statSync(join(dataDir, name), { throwIfNoEntry: false })) continue;
    renameSync(join(dataDir, SETTINGS_FILE), join(dataDir, name));
    return name;
  }
}

/** Keeps a second file with what the first holds; a write that is cut off costs one of them only. */
function keepLastGood(dataDir: string): void {
  const source = join(dataDir, SETTINGS_FILE);
  if (!statSync(source, { throwIfNoEntry: false })) return;
  const text = readFileSync(source, "utf8");
  const target = join(dataDir, LAST_GOOD_FILE);
  const known = statSync(target, { throwIfNoEntry: false })?.isFile() === true;
  if (known && readFileSync(target, "utf8") === text) return;
  if (asStored({ kind: "json", value: JSON.parse(text) }) === null) return;
  writeDurably(target, text);
}

/** All of it or nothing: on the disk under another name before it takes its place. */
function writeDurably(path: string, text: string): void {
  const temporary = `${path}.new`;
  const file = openSync(temporary, "w", 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}
