import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/**
 * The folder that holds `package.json`: the checkout, or the packaged app. Everything the till reads
 * beside its own code (page, sample catalogue) is found from here, wherever the code was bundled to.
 */
export function appDir(from: string = import.meta.dirname): string {
  for (let dir = from; ; dir = dirname(dir)) {
    if (existsSync(join(dir, "package.json"))) return dir;
    if (dir === dirname(dir)) throw new Error(`No package.json above ${from}.`);
  }
}

/** The version of this Slipsure, as its `package.json` says. */
export function appVersion(): string {
  const json: unknown = JSON.parse(readFileSync(join(appDir(), "package.json"), "utf8"));
  const isVersioned = typeof json === "object" && json !== null && "version" in json;
  return isVersioned ? String(json.version) : "0";
}

/** On Linux, books of the whole PC: used once an administrator has made it, whoever is signed in. */
const LINUX_SHARED = "/var/lib/slipsure";

/**
 * Where a till keeps its books when nothing else is asked for; the same for both shells. On Windows one place
 * for all accounts of the PC, which the installer lets them write to; on Linux likewise once there is such a place.
 */
export function defaultDataDir(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  shared = LINUX_SHARED,
): string {
  if (platform === "win32") return join(env["ProgramData"] ?? "C:\\ProgramData", "Slipsure");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "Slipsure");
  // Even when it can't be written to: that is told. Another set of books somewhere else would not be.
  if (existsSync(shared)) return shared;
  return join(env["XDG_DATA_HOME"] || join(homedir(), ".local", "share"), "slipsure");
}

/**
 * Where Chromium keeps what is its own: beside books of one's own, but of each account separately where
 * accounts share their books. It is encrypted for one account and locked by one at a time.
 * @param dataDir where the books are; null: in their usual place
 */
export function profileDir(
  dataDir: string | null,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  shared = LINUX_SHARED,
): string {
  const books = dataDir ?? defaultDataDir(platform, env, shared);
  if (dataDir === null && platform === "win32")
    return join(env["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), "Slipsure");
  if (dataDir === null && books === shared)
    return join(env["XDG_STATE_HOME"] || join(homedir(), ".local", "state"), "slipsure");
  return join(books, "electron");
}
