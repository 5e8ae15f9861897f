import { readdirSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import { listBackups, type Listed } from "./inventory.ts";

/** A backup file as it lies somewhere, before it is read. */
export interface Found extends Pick<Listed, "path" | "name" | "bytes" | "atMs" | "isSealed"> {
  shop: string | null;
}

/** Files shown; the newest of them are what somebody looks for. */
const SHOWN = 50;

/** Where somebody would look: sticks and disks, and where files from elsewhere end up. */
export function foldersToSearch(): string[] {
  const home = homedir();
  const own = ["", "Desktop", "Documents", "Downloads"].map((name) => join(home, name));
  return [...usualFolders(process.platform, userInfo().username), ...own];
}

/** Where sticks, disks and shares appear, by system. */
function usualFolders(platform: NodeJS.Platform, user: string): string[] {
  if (platform === "win32") return [..."DEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `${letter}:\\`);
  if (platform === "darwin") return ["/Volumes/*"];
  return [`/media/${user}/*`, `/run/media/${user}/*`, "/media/*", "/mnt/*"];
}

/**
 * Backup files in these folders and the folders in them, newest first. A folder that can't be read holds
 * none. `/media/*` stands for every folder in `/media`.
 */
export function findBackups(folders: readonly string[]): Found[] {
  const places = new Set(folders.flatMap(expand));
  const found = new Map<string, Found>();
  for (const place of [...places].flatMap((folder) => [folder, ...foldersIn(folder)]))
    for (const { path, name, bytes, atMs, isSealed, manifest, problem } of backupsIn(place))
      if (problem === null)
        found.set(path, { path, name, bytes, atMs, isSealed, shop: manifest?.shop ?? null });
  return [...found.values()].toSorted((a, b) => b.atMs - a.atMs).slice(0, SHOWN);
}

function expand(folder: string): string[] {
  return folder.endsWith("/*") ? foldersIn(folder.slice(0, -2)) : [folder];
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}

function backupsIn(folder: string): Listed[] {
  try {
    return listBackups(folder);
  } catch {
    return [];
  }
}
