import { spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { UpdateFailure, type UpdateSource } from "../../updates/source.ts";

/** The part of electron-updater the till uses; `main.ts` hands in the real one. */
export interface UpdaterPart {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  disableWebInstaller: boolean;
  logger: UpdaterLog | null;
  isUserWithinRollout(info: VersionInfo): boolean | Promise<boolean>;
  checkForUpdates(): Promise<{ isUpdateAvailable: boolean; updateInfo: VersionInfo } | null>;
  downloadUpdate(): Promise<string[]>;
  quitAndInstall(isSilent?: boolean, isForceRunAfter?: boolean): void;
  on(event: "download-progress", listener: (progress: { percent: number }) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
}

interface UpdaterLog {
  info(message?: unknown): void;
  warn(message?: unknown): void;
  error(message?: unknown): void;
}

interface VersionInfo {
  readonly version: string;
  releaseNotes?: string | { readonly note: string | null }[] | null;
  releaseDate: string;
  readonly stagingPercentage?: number;
}

export interface UpdatesHere {
  /** Loads electron-updater: not before it is needed, a till that starts has other things to do. */
  loadUpdater: () => Promise<UpdaterPart>;
  /** Electron's `process.resourcesPath`; `app-update.yml` says where new versions are. */
  resourcesPath: string;
  /** Closes the books; the till sells no more. */
  closeTill: () => Promise<void>;
  /** Starts this program again in place of the installer that would not begin. */
  startAgain: () => void;
  /** Ends this program, whose till is closed, at once: an installer waits for that. */
  end: () => void;
  platform?: NodeJS.Platform;
  env?: NodeJS.ProcessEnv;
}

const SILENT = true;
const START_AFTERWARDS = true;
/** Where our installer leaves itself, beside the program (assets/installer/windows/installer.nsh). */
const INSTALLER_FOLDER = "installer";
/** An installer that says it updates, asks nothing, and starts the till (electron-updater, NsisUpdater). */
const WINDOWS_ARGUMENTS = ["--updated", "/S", "--force-run"];

/** New versions by electron-updater; null: this package was built without saying where they are. */
export function electronUpdates(here: UpdatesHere): UpdateSource | null {
  if (!existsSync(join(here.resourcesPath, "app-update.yml"))) return null;
  let onShare: (share: number) => void = () => {};
  let isInstalling = false;
  let fetched: string | null = null;
  const platform = here.platform ?? process.platform;
  let loading: Promise<UpdaterPart> | null = null;
  const load = async () => {
    const updater = await here.loadUpdater();
    updater.autoDownload = false;
    // Only at a day end, never because somebody closes the window at noon.
    updater.autoInstallOnAppQuit = false;
    updater.allowDowngrade = false;
    updater.disableWebInstaller = true;
    updater.logger = null;
    updater.on("download-progress", ({ percent }) => onShare(percent / 100));
    updater.on("error", () => {
      // Everything else also rejects the promise it belongs to; by now the till is closed.
      if (isInstalling) here.startAgain();
    });
    return updater;
  };
  const updater = () => (loading ??= load());
  return {
    check: async (isForUs) => {
      const parts = await updater();
      parts.isUserWithinRollout = isForUs;
      const answer = await failing(() => parts.checkForUpdates());
      if (!answer?.isUpdateAvailable) return null;
      const { version, releaseNotes, releaseDate } = answer.updateInfo;
      return { version, notes: notesText(releaseNotes), releaseDate };
    },
    download: async (listener) => {
      onShare = listener;
      const parts = await updater();
      const [file] = await failing(() => parts.downloadUpdate());
      if (file === undefined) throw new UpdateFailure("badAnswer");
      fetched = file;
      return file;
    },
    currentInstaller: () => currentInstaller(here, platform),
    install: async () => {
      const parts = await updater();
      const file = fetched;
      // A .deb that was started out of some other AppImage has that one's name.
      const isImage = platform !== "win32" && file?.endsWith(".AppImage") === true;
      const image = isImage ? appImageOf(here) : null;
      if (file !== null && image !== null) {
        // While the till is open: what goes wrong with it is told there.
        const coming = await failing(() => Promise.resolve(layBeside(image, file)));
        await here.closeTill();
        return takePlace(coming, image, here.startAgain);
      }
      // First the books: on Windows the installer ends a till that still runs.
      await here.closeTill();
      isInstalling = true;
      if (platform === "win32" && fetched !== null) {
        const hasBegun = await beginAsAdministrator(here.resourcesPath, fetched);
        return hasBegun ? here.end() : here.startAgain();
      }
      parts.quitAndInstall(SILENT, START_AFTERWARDS);
    },
  };
}

function notesText(notes: VersionInfo["releaseNotes"]): string | null {
  if (!Array.isArray(notes)) return notes ?? null;
  return notes.map(({ note }) => note ?? "").join("\n");
}

/**
 * Starts an installer for the whole PC, for which Windows asks the administrator. electron-updater would end the
 * program whatever the answer is: a till whose cashier says no would be gone.
 * @returns whether the administrator said yes; `elevate.exe` ends with 0 then, and does not wait for the installer
 */
function beginAsAdministrator(resourcesPath: string, installer: string): Promise<boolean> {
  const elevate = join(resourcesPath, "elevate.exe");
  const child = spawn(elevate, [installer, ...WINDOWS_ARGUMENTS], {
    stdio: "ignore",
    windowsHide: true,
  });
  return new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}

/**
 * Writes a new AppImage whole beside the one that runs. electron-updater deletes the old one first, copies the new
 * one from the disk its cache is on, under a name that no menu and no autostart knows, and starts it without what
 * this one was started with (6.8.10, AppImageUpdater.doInstall): a full disk then leaves no program at all.
 */
function layBeside(image: string, fetched: string): string {
  const coming = `${image}.part`;
  try {
    copyFileSync(fetched, coming);
    chmodSync(coming, 0o755);
    const file = openSync(coming, "r+");
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    rmSync(coming, { force: true });
    throw error;
  }
  return coming;
}

/** In one step: whatever happens, a whole program has the name. The one that runs keeps the file it came from. */
function takePlace(coming: string, image: string, startAgain: () => void): void {
  try {
    renameSync(coming, image);
  } finally {
    startAgain();
  }
}

function currentInstaller(here: UpdatesHere, platform: NodeJS.Platform): string | null {
  if (platform === "win32") {
    const folder = join(dirname(here.resourcesPath), INSTALLER_FOLDER);
    const [name] = existsSync(folder) ? readdirSync(folder) : [];
    return name === undefined ? null : join(folder, name);
  }
  const path = appImageOf(here);
  return path !== null && existsSync(path) ? path : null;
}

function appImageOf(here: UpdatesHere): string | null {
  return (here.env ?? process.env)["APPIMAGE"] || null;
}

/** @throws UpdateFailure */
async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new UpdateFailure(problemOf(error), error);
  }
}

/** Codes of electron-updater 6 and builder-util-runtime 9, of Node, and of Chromium's network. */
function problemOf(error: unknown): UpdateFailure["problem"] {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : "";
  if (code === "ERR_CHECKSUM_MISMATCH" || code === "ERR_UPDATER_NO_CHECKSUM") return "damaged";
  if (code === "ERR_UPDATER_INVALID_SIGNATURE") return "notSigned";
  if (code === "ENOSPC") return "diskFull";
  if (code.startsWith("ERR_UPDATER_")) return "badAnswer";
  const isNetwork = /^(ECONN|ENOTFOUND|ENET|EHOST|EAI_|ETIMEDOUT|EPIPE|HTTP_ERROR)/.test(code);
  return isNetwork || /net::ERR_|timed out/i.test(message) ? "offline" : "unexpected";
}
