import { spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * A Chromium, Chrome or Edge installed on this PC, null when there is none.
 * `SLIPSURE_CHROMIUM` names another one.
 */
export function findChromium(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null {
  const asked = env["SLIPSURE_CHROMIUM"];
  const places = asked ? [asked] : usualPlaces(env, platform);
  return places.find((path) => isExecutable(path)) ?? null;
}

function usualPlaces(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === "win32") {
    const roots = [env["ProgramFiles"], env["ProgramFiles(x86)"], env["LOCALAPPDATA"]];
    return roots
      .filter((root) => root !== undefined)
      .flatMap((root) => [
        join(root, "Google", "Chrome", "Application", "chrome.exe"),
        join(root, "Microsoft", "Edge", "Application", "msedge.exe"),
        join(root, "Chromium", "Application", "chrome.exe"),
      ]);
  }
  if (platform === "darwin")
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  const names = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
  ];
  const dirs = [...(env["PATH"] ?? "").split(delimiter), "/usr/bin", "/usr/local/bin", "/snap/bin"];
  return names.flatMap((name) => dirs.filter((dir) => dir !== "").map((dir) => join(dir, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Switches that keep a Chromium quiet: no first-run pages, no updates, no talk with the network. */
export function quietSwitches(profileDir: string): string[] {
  return [
    `--user-data-dir=${profileDir}`,
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--password-store=basic",
    // Chromium refuses its sandbox to root; nobody runs a shop as root, but containers do.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ];
}

/** Whether a window can be shown at all. */
export function hasDisplay(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  return platform !== "linux" || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
}

/** Opens `url` as a window of its own, with a profile of its own. It outlives this process. */
export function openAppWindow(chromium: string, url: string, profileDir: string): ChildProcess {
  const args = [...quietSwitches(profileDir), `--app=${url}`, "--start-maximized"];
  const child = spawn(chromium, args, { detached: true, stdio: "ignore" });
  child.unref();
  return child;
}
