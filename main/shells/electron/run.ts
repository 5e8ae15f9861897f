import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { scaledClock, systemClock } from "../../clock.ts";
import { NativeHostClient, type Till, type TillOptions } from "../../till.ts";
import { defaultDataDir } from "../app-paths.ts";
import { createIncidentLog } from "../incident-log.ts";
import { parseShellOptions, type ShellOptions } from "../options.ts";
import { startFailure } from "../start-failure.ts";
import type { ElectronParts } from "./api.ts";
import { registerAppScheme, serveApp } from "./app-protocol.ts";
import { connectPages } from "./ipc.ts";
import { utilityPrinterHost } from "./printer-host.ts";
import { electronUpdates, type UpdaterPart } from "./updates.ts";
import { denyPermissions, hardenPages } from "./security.ts";
import { createWindows } from "./window.ts";

export interface ElectronRun {
  electron: ElectronParts;
  argv: readonly string[];
  /** Folder that holds `dist/`. */
  appDir: string;
  createTill: (options: TillOptions) => Promise<Till>;
  loadUpdater: () => Promise<UpdaterPart>;
  /** Folder of the installed program that holds `app-update.yml`. */
  resourcesPath: string;
  /** An electron-store that keeps its file in this folder. */
  createSettings: (dataDir: string) => TillOptions["settings"];
}

/** Runs the till in Electron until its window is closed. Resolves when the window is open or nothing will come. */
export async function runElectron(run: ElectronRun): Promise<void> {
  const { app, dialog } = run.electron;
  try {
    const options = parseShellOptions(ownArguments(run));
    const dataDir = options.dataDir ?? defaultDataDir();
    mkdirSync(dataDir, { recursive: true });
    // Before the lock: it is per userData folder, so two tills with two books can run side by side.
    app.setPath("userData", join(dataDir, "electron"));
    if (!app.requestSingleInstanceLock()) return app.quit();
    app.enableSandbox();
    registerAppScheme(run.electron.protocol);
    hardenPages(app);
    await app.whenReady();
    await open(run, options, dataDir);
  } catch (error) {
    dialog.showErrorBox("票不漏 Slipsure", startFailure(error, app.getLocale()));
    app.exit(1);
  }
}

async function open(run: ElectronRun, options: ShellOptions, dataDir: string): Promise<void> {
  const { electron, appDir } = run;
  const { app } = electron;
  const report = createIncidentLog(dataDir);
  process.on("uncaughtExceptionMonitor", (error) => report("process", error));
  const preload = join(appDir, "dist", "electron", "preload.cjs");
  const windows = createWindows(electron, preload, report);
  // Set once there is a till to close.
  let closeTill = () => Promise.resolve();
  const updates = electronUpdates({
    loadUpdater: run.loadUpdater,
    resourcesPath: run.resourcesPath,
    closeTill: () => closeTill(),
    startAgain: () => {
      app.relaunch();
      app.exit(0);
    },
  });
  const till = await run.createTill({
    dataDir,
    clock: options.clockFactor === 1 ? systemClock : scaledClock(options.clockFactor),
    settings: run.createSettings(dataDir),
    report,
    version: app.getVersion(),
    nativePrinters: new NativeHostClient({
      spawn: utilityPrinterHost(
        electron.utilityProcess,
        join(appDir, "dist", "main", "printer-host.js"),
      ),
      clock: systemClock,
      report,
    }),
    printToPdf: (route) => windows.printToPdf(route),
    ...(app.isPackaged ? { updates } : {}),
    ...(options.printer === null ? {} : { printer: options.printer }),
  });
  denyPermissions(electron.session.defaultSession);
  serveApp(electron.protocol, join(appDir, "dist", "renderer"));
  const disconnect = connectPages(electron.ipcMain, till);
  electron.Menu.setApplicationMenu(null);
  app.on("second-instance", () => windows.focus());
  app.on("window-all-closed", () => app.quit());
  let closing: Promise<void> | null = null;
  closeTill = () => {
    disconnect();
    return (closing ??= till.close());
  };
  closeTillBeforeQuit(app, closeTill);
  await windows.open();
}

/** Quitting waits for the till: its books are closed in order before the process ends. */
function closeTillBeforeQuit(app: ElectronParts["app"], close: () => Promise<void>): void {
  let isClosing = false;
  app.on("will-quit", (event) => {
    event.preventDefault();
    if (isClosing) return;
    isClosing = true;
    close().then(
      () => app.exit(0),
      () => app.exit(1),
    );
  });
}

/** What the user typed, without Electron's own switches and, in development, the app's folder. */
function ownArguments({ electron, argv }: ElectronRun): string[] {
  if (electron.app.isPackaged) return argv.slice(1);
  const appPath = electron.app.getAppPath();
  return argv.slice(argv.findIndex((text, at) => at > 0 && resolve(text) === appPath) + 1);
}
