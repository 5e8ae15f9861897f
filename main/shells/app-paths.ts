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

/** Where a till keeps its books when nothing else is asked for; the same for both shells. */
export function defaultDataDir(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): string {
  if (platform === "win32")
    return join(env["APPDATA"] ?? join(homedir(), "AppData", "Roaming"), "Slipsure");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "Slipsure");
  return join(env["XDG_DATA_HOME"] || join(homedir(), ".local", "share"), "slipsure");
}
