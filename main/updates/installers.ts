import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";

/** Folder in a till's data folder. */
const FOLDER = "installers";
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

export interface KeptInstaller {
  version: string;
  path: string;
}

/**
 * Keeps the installer of a version beside the books: the way back, also without a network.
 * @throws the system's error when the disk is full; nothing half is left under a good name.
 */
export function keepInstaller(dataDir: string, version: string, file: string): void {
  if (!VERSION.test(version)) throw new RangeError(`not a version: ${version}`);
  const folder = join(dataDir, FOLDER, version);
  const path = join(folder, basename(file));
  if (existsSync(path)) return;
  mkdirSync(folder, { recursive: true });
  try {
    copyFileSync(file, `${path}.part`);
    renameSync(`${path}.part`, path);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Installers of versions before `running`, newest first. */
export function earlierInstallers(dataDir: string, running: string): KeptInstaller[] {
  return kept(dataDir)
    .filter(({ version }) => compareVersions(version, running) < 0)
    .toSorted((a, b) => compareVersions(b.version, a.version));
}

/** Removes all but the newest installer before `running`, its own, and later ones. */
export function forgetOldInstallers(dataDir: string, running: string): void {
  for (const { version } of earlierInstallers(dataDir, running).slice(1))
    rmSync(join(dataDir, FOLDER, version), { recursive: true, force: true });
}

function kept(dataDir: string): KeptInstaller[] {
  const root = join(dataDir, FOLDER);
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((version) => VERSION.test(version))
    .flatMap((version) =>
      readdirSync(join(root, version))
        .filter((name) => !name.endsWith(".part"))
        .slice(0, 1)
        .map((name) => ({ version, path: join(root, version, name) })),
    );
}

/** Less than 0: `a` comes before `b`. What stands behind a hyphen comes before the version without. */
function compareVersions(a: string, b: string): number {
  const [coreA, preA] = splitOnce(a);
  const [coreB, preB] = splitOnce(b);
  const [left, right] = [coreA, coreB].map((core) => core.split(".").map(Number));
  for (let at = 0; at < 3; at += 1) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  if (preA === preB) return 0;
  if (preA === undefined) return 1;
  if (preB === undefined) return -1;
  return preA.localeCompare(preB, "en", { numeric: true });
}

function splitOnce(version: string): [string, string | undefined] {
  const at = version.indexOf("-");
  return at < 0 ? [version, undefined] : [version.slice(0, at), version.slice(at + 1)];
}
