import { spawnSync } from "node:child_process";
import { createHash, type Hash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface BuildTarget {
  name: "renderer" | "main";
  config: string;
  /** Files and folders whose content decides; what is not there counts as empty. */
  sources: readonly string[];
  /** A file that is there after every good build. */
  result: string;
}

const SHARED = ["main/contract", "main/domain", "main/i18n", "package-lock.json"];

export const RENDERER: BuildTarget = {
  name: "renderer",
  config: "vite.config.ts",
  sources: ["renderer", "vite.config.ts", ...SHARED],
  result: "dist/renderer/index.html",
};
export const MAIN: BuildTarget = {
  name: "main",
  config: "vite.main.config.ts",
  sources: ["main", "preload", "vite.main.config.ts", "package-lock.json"],
  result: "dist/electron/main.js",
};

/**
 * Builds with Vite unless the sources are, byte for byte, those of the last good build.
 * Returns whether it built. @throws Error with Vite's output when the build fails.
 */
export function ensureBuilt(root: string, target: BuildTarget): boolean {
  const stampPath = join(root, ".cache", `${target.name}-stamp`);
  const stamp = contentHash(root, target.sources);
  if (existsSync(join(root, target.result)) && stampOf(stampPath) === stamp) return false;
  rmSync(stampPath, { force: true });
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const args = [vite, "build", "--app", "--config", target.config, "--logLevel", "warn"];
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (result.status !== 0)
    throw new Error(`The ${target.name} could not be built:\n${result.stdout}${result.stderr}`);
  mkdirSync(join(root, ".cache"), { recursive: true });
  writeFileSync(stampPath, stamp);
  return true;
}

function stampOf(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

export function contentHash(root: string, sources: readonly string[]): string {
  const hash = createHash("sha256");
  for (const source of sources) addToHash(hash, root, source);
  return hash.digest("hex");
}

function addToHash(hash: Hash, root: string, path: string): void {
  const full = join(root, path);
  let names: string[];
  try {
    names = readdirSync(full).toSorted();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "ENOENT") return;
    if (code !== "ENOTDIR") throw error;
    const content = readFileSync(full);
    hash.update(`${path}\0${content.length}\0`).update(content);
    return;
  }
  for (const name of names) addToHash(hash, root, `${path}/${name}`);
}
