import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const FETCH_MS = 20_000;
const RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/** Where Electron's binary is, or one plain sentence why it is not. */
export type ElectronBinary = { path: string } | { missing: string };

/**
 * The Electron binary of this checkout: the one `ELECTRON_OVERRIDE_DIST_PATH` points to, the one that
 * is there, or one fetched now. A fetch gets 20 s, and after a failure the next day is the next try
 * unless `insist`: on many networks the download cannot be reached and every start would wait for it.
 */
export async function electronBinary(root: string, insist: boolean): Promise<ElectronBinary> {
  const there = installedElectron(root);
  if (there !== null) return { path: there };
  // Whoever names a folder wants that one and no other.
  if (process.env["ELECTRON_OVERRIDE_DIST_PATH"]) return { missing: electronMissing() };
  const failurePath = join(root, ".cache", "electron-fetch-failed");
  if (!insist && isRecent(failurePath))
    return { missing: `${readFileSync(failurePath, "utf8")} (not tried again today)` };
  process.stdout.write("Fetching Electron (up to 20 s)...\n");
  const failure = await fetchElectron(root);
  const fetched = installedElectron(root);
  if (fetched !== null) {
    rmSync(failurePath, { force: true });
    return { path: fetched };
  }
  const missing = failure ?? "the fetch left no Electron binary";
  mkdirSync(join(root, ".cache"), { recursive: true });
  writeFileSync(failurePath, missing);
  return { missing };
}

/** Path of the binary when it is there, without trying anything. */
export function installedElectron(root: string, env = process.env): string | null {
  const dist = env["ELECTRON_OVERRIDE_DIST_PATH"] || join(root, "node_modules", "electron", "dist");
  const path = resolve(dist, binaryName(process.platform));
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? path : null;
}

/** Why `installedElectron` found none, in one plain sentence's words. */
export function electronMissing(env = process.env): string {
  const named = env["ELECTRON_OVERRIDE_DIST_PATH"];
  return named
    ? `ELECTRON_OVERRIDE_DIST_PATH (${named}) holds no ${binaryName(process.platform)}`
    : "Electron's binary is not on this machine";
}

function binaryName(platform: NodeJS.Platform): string {
  if (platform === "win32") return "electron.exe";
  if (platform === "darwin") return "Electron.app/Contents/MacOS/Electron";
  return "electron";
}

function isRecent(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs < RETRY_AFTER_MS;
}

/** Runs Electron's own installer; null when it ended well, else why not. */
function fetchElectron(root: string, timeoutMs = FETCH_MS): Promise<string | null> {
  const script = join(root, "node_modules", "electron", "install.js");
  if (!existsSync(script)) return Promise.resolve("the electron package is not installed");
  const isGroup = process.platform !== "win32";
  const child = spawn(process.execPath, [script], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
    detached: isGroup,
  });
  let errorText = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errorText += text));
  const kill = () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    if (isGroup) process.kill(-child.pid, "SIGKILL");
    else child.kill("SIGKILL");
  };
  // A group of its own does not hear Ctrl+C.
  const onSignal = () => {
    kill();
    process.exit(130);
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.once(signal, onSignal);
  return new Promise((resolve) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      kill();
    }, timeoutMs);
    const finish = (failure: string | null) => {
      clearTimeout(timer);
      for (const signal of signals) process.off(signal, onSignal);
      resolve(isLate ? `the download did not finish within ${timeoutMs / 1000} s` : failure);
    };
    child.once("error", (error) => finish(error.message));
    child.once("close", (code) =>
      finish(code === 0 ? null : `the download failed: ${reasonIn(errorText)}`),
    );
  });
}

function reasonIn(errorText: string): string {
  const line = errorText.split("\n").find((text) => /error|ENOTFOUND|ECONN|status/i.test(text));
  return (line ?? errorText.split("\n")[0] ?? "").trim().slice(0, 160) || "no reason given";
}
