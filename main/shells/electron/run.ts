import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { scaledClock, systemClock, type Clock } from "../../clock.ts";
import { NativeHostClient, type Till, type TillOptions } from "../../till.ts";
import { defaultDataDir } from "../app-paths.ts";
import { parsePackagedOptions, parseShellOptions, type ShellOptions } from "../options.ts";
import { openShellParts, type ShellParts } from "../shell-parts.ts";
import type { UpdateSource } from "../../updates/source.ts";
import { startFailure } from "../start-failure.ts";
import { watchProcess, type WatchedProcess } from "../unexpected.ts";
import type { ElectronParts, Preventable } from "./api.ts";
import { registerAppScheme, serveApp } from "./app-protocol.ts";
import { BOX_TITLE, endedText, pageGivenUpText, systemLocale } from "./box-words.ts";
import { CustomerWindow } from "./customer-window.ts";
import { connectPages } from "./ipc.ts";
import { KioskGuard } from "./kiosk.ts";
import { recoverPage } from "./page-recovery.ts";
import { Pages } from "./pages.ts";
import { followPower, stayAwakeWhileOpen } from "./power.ts";
import { utilityPrinterHost } from "./printer-host.ts";
import { closeSession, hardenPages } from "./security.ts";
import { electronUpdates, type UpdaterPart } from "./updates.ts";
import { createWindows, type Windows } from "./window.ts";

const REMOTE_CONTROL = ["remote-debugging-port", "remote-debugging-pipe"];
/** A program that ended sooner would end again: it is not started anew by itself. */
const RELAUNCH_AFTER_MS = 60_000;

export interface ElectronRun {
  electron: ElectronParts;
  argv: readonly string[];
  process: WatchedProcess;
  /** Folder that holds `dist/`. */
  appDir: string;
  createTill: (options: TillOptions) => Promise<Till>;
  loadUpdater: () => Promise<UpdaterPart>;
  /** Folder of the installed program that holds `app-update.yml`. */
  resourcesPath: string;
  /** An electron-store that keeps its file in this folder. */
  createSettings: (dataDir: string) => TillOptions["settings"];
  /** For patience with pages; the computer's own unless a test has another. */
  clock?: Clock;
}

/** Runs the till in Electron until its window is closed. Resolves when the window is open or nothing will come. */
export async function runElectron(run: ElectronRun): Promise<void> {
  const { app, dialog } = run.electron;
  try {
    const options = ownOptions(run);
    const dataDir = options.dataDir ?? defaultDataDir();
    mkdirSync(dataDir, { recursive: true });
    // Before the lock: it is per userData folder, so two tills with two books can run side by side.
    app.setPath("userData", join(dataDir, "electron"));
    if (!app.requestSingleInstanceLock()) return app.quit();
    app.enableSandbox();
    // Chromium's switches are support's way out, but none may open the till's page to other programs.
    if (app.isPackaged) for (const name of REMOTE_CONTROL) app.commandLine.removeSwitch(name);
    // Nothing comes from a network, and what the till shows has no business on the disk.
    app.commandLine.appendSwitch("disable-http-cache");
    registerAppScheme(run.electron.protocol);
    hardenPages(app);
    await app.whenReady();
    await open(run, options, dataDir);
  } catch (error) {
    // Before that Linux shows no box, and no system tells its language.
    await app.whenReady();
    dialog.showErrorBox(BOX_TITLE, startFailure(error, systemLocale(app)));
    app.exit(1);
  }
}

async function open(run: ElectronRun, options: ShellOptions, dataDir: string): Promise<void> {
  const { electron, appDir, clock = systemClock } = run;
  const { app } = electron;
  const parts = openShellParts(dataDir, run.createSettings);
  const pages = new Pages();
  const leave = () => {
    kiosk.open();
    app.quit();
  };
  const kiosk = new KioskGuard(() => parts.shell.tell("kioskClose"));
  watchOver(run, clock, parts, kiosk);
  const windows = makeWindows(run, { clock, parts, pages, kiosk, leave });
  // Set once there is a till to close.
  let closeTill = () => Promise.resolve();
  const till = await run.createTill({
    ...tillOptions(run, options, dataDir, parts, windows),
    ...(app.isPackaged ? { updates: updatesOf(run, kiosk, () => closeTill()) } : {}),
  });
  parts.shell.canLeave(leave);
  closeSession(electron.session.defaultSession, pages, app.isPackaged);
  serveApp(electron.protocol, join(appDir, "dist", "renderer"));
  const disconnect = connectPages(electron.ipcMain, pages, till);
  const sleep = stayAwakeWhileOpen(till, electron.powerSaveBlocker);
  followPower(electron.powerMonitor, parts.shell, leave);
  electron.Menu.setApplicationMenu(null);
  app.on("second-instance", () => windows.focus());
  // The customers' window is no till: with the till's own window gone the program ends.
  app.on("window-all-closed", () => app.quit());
  let closing: Promise<void> | null = null;
  closeTill = () => {
    disconnect();
    sleep();
    return (closing ??= till.close());
  };
  closeTillBeforeQuit(app, closeTill);
  followSettings(till, (settings) => kiosk.set(settings.kiosk));
  await windows.open();
  const customer = new CustomerWindow(electron.screen, (display) => windows.openCustomer(display));
  followSettings(till, (settings) => customer.set(settings.ready && settings.customerDisplay));
}

/** New versions; an installer that would not begin ends in the same program started again. */
function updatesOf(
  { electron: { app }, loadUpdater, resourcesPath }: ElectronRun,
  kiosk: KioskGuard,
  closeTill: () => Promise<void>,
): UpdateSource | null {
  return electronUpdates({
    loadUpdater,
    resourcesPath,
    closeTill: async () => {
      await closeTill();
      // The updater closes the windows.
      kiosk.open();
    },
    startAgain: () => {
      app.relaunch();
      app.exit(0);
    },
  });
}

function tillOptions(
  { electron, appDir }: ElectronRun,
  options: ShellOptions,
  dataDir: string,
  { report, shell, settings }: ShellParts,
  windows: Windows,
): TillOptions {
  const hostPath = join(appDir, "dist", "main", "printer-host.js");
  return {
    dataDir,
    clock: options.clockFactor === 1 ? systemClock : scaledClock(options.clockFactor),
    settings,
    report,
    shell,
    version: electron.app.getVersion(),
    nativePrinters: new NativeHostClient({
      spawn: utilityPrinterHost(electron.utilityProcess, hostPath, report),
      clock: systemClock,
      report,
    }),
    printToPdf: (route) => windows.printToPdf(route),
    ...(options.printer === null ? {} : { printer: options.printer }),
  };
}

interface WindowNeeds {
  clock: Clock;
  parts: ShellParts;
  pages: Pages;
  kiosk: KioskGuard;
  leave: () => void;
}

function makeWindows({ electron, appDir }: ElectronRun, needs: WindowNeeds): Windows {
  const { clock, pages, kiosk, leave } = needs;
  const { report, shell } = needs.parts;
  const { app, dialog } = electron;
  return createWindows(electron, {
    preloadDir: join(appDir, "dist", "electron"),
    pages,
    isKiosk: () => kiosk.isKiosk,
    showTill: (window) => kiosk.show(window),
    onTill: (window) => {
      kiosk.guard(window);
      // A customers' screen alone must not keep the program running.
      window.on("closed", leave);
      // That it may end is only asked before, and may yet be called off: a kiosk stays one until then.
      window.on("session-end", leave);
      recoverPage(window, {
        clock,
        report,
        restarted: (incident) => shell.tell("pageRestarted", { incident }),
        givenUp: (incident) => {
          kiosk.open();
          dialog.showErrorBox(BOX_TITLE, pageGivenUpText(systemLocale(app), incident));
          leave();
        },
      });
    },
    onCustomer: (window) =>
      recoverPage(window, {
        clock,
        report,
        restarted: () => undefined,
        givenUp: () => window.destroy(),
      }),
    onFailure: (error) => report("customer screen", error),
  });
}

/** Errors that reach nobody, and helper processes that end by themselves, get their incident. */
function watchOver(
  { electron, process: watched }: ElectronRun,
  clock: Clock,
  parts: ShellParts,
  kiosk: KioskGuard,
) {
  const { app, dialog } = electron;
  const { report, shell } = parts;
  const startMs = clock.monotonicMs();
  watchProcess(watched, {
    report,
    shell,
    end: (incident) => {
      const startsAgain = clock.monotonicMs() - startMs >= RELAUNCH_AFTER_MS;
      kiosk.open();
      dialog.showErrorBox(BOX_TITLE, endedText(systemLocale(app), incident, startsAgain));
      if (startsAgain) app.relaunch();
      app.exit(1);
    },
  });
  app.on("child-process-gone", (_event, { type, reason, exitCode }) => {
    // A printer host that hangs is killed by the till itself.
    if (reason === "clean-exit" || reason === "killed") return;
    report("helper", new Error(`A ${type} process ended: ${reason} (${exitCode}).`));
  });
}

interface ShellSettings {
  ready: boolean;
  kiosk: boolean;
  customerDisplay: boolean;
}

/** Tells the newest settings now and after every change. */
function followSettings(till: Till, follow: (settings: ShellSettings) => void): void {
  till.listen("settings", follow);
  const now = till.latest("settings");
  if (now !== null && now !== undefined) follow(now as ShellSettings);
}

/** Quitting waits for the till: its books are closed in order before the process ends. */
function closeTillBeforeQuit(app: ElectronParts["app"], close: () => Promise<void>): void {
  let isClosing = false;
  app.on("will-quit", (event: Preventable) => {
    event.preventDefault();
    if (isClosing) return;
    isClosing = true;
    close().then(
      () => app.exit(0),
      () => app.exit(1),
    );
  });
}

/** What was asked for, without Electron's own switches and, in development, the app's folder. */
function ownOptions({ electron, argv }: ElectronRun): ShellOptions {
  if (electron.app.isPackaged) return parsePackagedOptions(argv.slice(1));
  const appPath = electron.app.getAppPath();
  const own = argv.slice(argv.findIndex((text, at) => at > 0 && resolve(text) === appPath) + 1);
  return parseShellOptions(own);
}
