import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { findChromium } from "../../main/shells/browser/chromium.ts";

/** A Chromium with Chinese type to test with, or one sentence why there is none. */
export type TestBrowser = { path: string } | { missing: string };

/**
 * The same engine without a window around it, as Debian packs it: specs take a third less of the
 * processor's time with it.
 */
const HEADLESS_SHELL = "/usr/bin/chromium-headless-shell";

/**
 * Finds a Chromium (installed, or in Playwright's cache) and a Chinese font, and installs what is
 * missing where that is possible without asking: as root on Debian and Ubuntu.
 */
export function ensureBrowser(say: (line: string) => void): TestBrowser {
  const packages = missingPackages();
  if (packages.length > 0 && canInstall()) {
    say(`Installing ${packages.join(" and ")} for the tests in a browser...`);
    apt(["update", "-qq"]);
    // One by one: Ubuntu has no such shell, and needs the others all the same.
    for (const name of packages) apt(["install", "-y", "-qq", "--no-install-recommends", name]);
  }
  const path = testChromium();
  if (path === null)
    return {
      missing:
        "No Chromium was found. Install Chromium or Chrome, or run: npx playwright install chromium",
    };
  if (!hasChineseFont())
    return { missing: "No Chinese font was found. Install one, e.g. the package fonts-noto-cjk" };
  return { path };
}

function missingPackages(): string[] {
  const packages: string[] = [];
  if (testChromium() === null) packages.push("chromium", "chromium-headless-shell");
  else if (testChromium() === "/usr/bin/chromium") packages.push("chromium-headless-shell");
  if (!hasChineseFont()) packages.push("fonts-noto-cjk");
  return packages;
}

function testChromium(): string | null {
  const isAsked = Boolean(process.env["SLIPSURE_CHROMIUM"]);
  if (!isAsked && existsSync(HEADLESS_SHELL)) return HEADLESS_SHELL;
  return findChromium() ?? playwrightChromium();
}

/** Windows and macOS come with Chinese type; elsewhere fontconfig knows. */
function hasChineseFont(): boolean {
  if (process.platform !== "linux") return true;
  const result = spawnSync("fc-list", [":lang=zh", "family"], { encoding: "utf8" });
  return result.status === 0 && result.stdout.trim() !== "";
}

function canInstall(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

function apt(args: string[]): void {
  const result = spawnSync("apt-get", args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    timeout: 240_000,
  });
  if (result.status !== 0) process.stderr.write(`apt-get ${args[0]} did not succeed.\n`);
}

/** The newest Chromium that `npx playwright install chromium` left here, null when there is none. */
function playwrightChromium(): string | null {
  const cache =
    process.platform === "win32"
      ? join(homedir(), "AppData", "Local", "ms-playwright")
      : process.platform === "darwin"
        ? join(homedir(), "Library", "Caches", "ms-playwright")
        : join(homedir(), ".cache", "ms-playwright");
  const root = process.env["PLAYWRIGHT_BROWSERS_PATH"] ?? cache;
  if (!existsSync(root)) return null;
  const inside = [
    "chrome-linux64/chrome",
    "chrome-linux/chrome",
    "chrome-win64/chrome.exe",
    "chrome-win/chrome.exe",
    "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
    "chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
  ];
  const versions = readdirSync(root)
    .filter((name) => /^chromium-\d+$/.test(name))
    .toSorted((a, b) => Number(b.slice(9)) - Number(a.slice(9)));
  const paths = versions.flatMap((version) => inside.map((path) => join(root, version, path)));
  return paths.find((path) => existsSync(path)) ?? null;
}
