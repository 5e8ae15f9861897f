import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ReportIncident } from "../../contract/dispatch.ts";
import type { DeviceState } from "../../contract/device.ts";
import { scaledClock, systemClock, type Clock } from "../../clock.ts";
import { NativeHostClient, type Till, type TillOptions } from "../../till.ts";
import { defaultDataDir, profileDir } from "../app-paths.ts";
import { parsePackagedOptions, parseShellOptions, type ShellOptions } from "../options.ts";
import { openShellParts, type ShellParts } from "../shell-parts.ts";
import type { UpdateSource } from "../../updates/source.ts";
import { startFailure } from "../start-failure.ts";
import { watchProcess, type WatchedProcess } from "../unexpected.ts";
import type { ElectronParts, Preventable } from "./api.ts";
import { registerAppScheme, serveApp } from "./app-protocol.ts";
import { addComforts } from "./comforts.ts";
import { keepCrashDumps } from "./crash-dumps.ts";
import { ShellMemory } from "./shell-memory.ts";
import { startWithSystem } from "./start-with-system.ts";
import { BOX_TITLE, endedText, isChinese, pageGivenUpText, systemLocale } from "./box-words.ts";
import { CustomerWindow, otherScreens } from "./customer-window.ts";
import { connectPages } from "./ipc.ts";
import { KioskGuard } from "./kiosk.ts";
import { isHeldByAnother } from "./other-instance.ts";
import { recoverPage } from "./page-recovery.ts";
import { Pages } from "./pages.ts";
import { followPower, stayAwakeWhileOpen } from "./power.ts";
import { utilityPrinterHost } from "./printer-host.ts";
import { closeSession, hardenPages } from "./security.ts";
import { electronUpdates, type UpdaterPart } from "./updates.ts";
import { createWindows, type Windows } from "./window.ts";

/** As in electron-builder.yml. */
const APP_ID = "com.slipsure.till";
const REMOTE_CONTROL = ["remote-debugging-port", "remote-debugging-pipe"];
/** A program that ended sooner would end again: it is not started anew by itself. */
const RELAUNCH_AFTER_MS = 60_000;

export interface ElectronRun {
  electron: ElectronParts;
  argv: readonly string[];
  process: WatchedProcess;
  env: NodeJS.ProcessEnv;
  /** The program that runs. */
  execPath: string;
  platform?: NodeJS.Platform;
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
    const profile = profileDir(options.dataDir);
    // Before the lock: it is per userData folder, so two tills with two books can run side by side.
    app.setPath("userData", profile);
    keepCrashDumps(run.electron, profile);
    // By it Windows knows the program's windows as those of its shortcut.
    if (platformOf(run) === "win32") app.setAppUserModelId(APP_ID);
    if (!app.requestSingleInstanceLock() && isHeldByAnother(profile, platformOf(run)))
      return app.quit();
    // It would take back --no-sandbox (docs/api/app.md), which an AppImage adds where nothing else starts. Every page
    // asks for its own sandbox anyway.
    if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
    // Chromium's switches are support's way out, but none may open the till's page to other programs.
    if (app.isPackaged) for (const name of REMOTE_CONTROL) app.commandLine.removeSwitch(name);
    // Nothing comes from a network, and what the till shows has no business on the disk.
    app.commandLine.appendSwitch("disable-http-cache");
    const memory = new ShellMemory(dataDir);
    if (memory.drawsWithoutGpu(app.getVersion())) app.disableHardwareAcceleration();
    registerAppScheme(run.electron.protocol);
    hardenPages(app);
    await app.whenReady();
    await open(run, options, dataDir, memory);
  } catch (error) {
    // Before that Linux shows no box, and no system tells its language.
    await app.whenReady();
    dialog.showErrorBox(BOX_TITLE, startFailure(error, systemLocale(app)));
    app.exit(1);
  }
}

async function open(
  run: ElectronRun,
  options: ShellOptions,
  dataDir: string,
  memory: ShellMemory,
): Promise<void> {
  const { electron, appDir, clock = systemClock } = run;
  const { app } = electron;
  const parts = openShellParts(dataDir, run.createSettings);
  const pages = new Pages();
  const leave = () => {
    kiosk.open();
    app.quit();
  };
  const kiosk = new KioskGuard(() => parts.shell.tell("kioskClose"));
  watchOver(run, clock, parts, kiosk, memory);
  const windows = makeWindows(run, { clock, parts, pages, kiosk, leave, memory });
  // Set once there is a till to close.
  let closeTill = () => Promise.resolve();
  const till = await run.createTill({
    ...tillOptions(run, options, dataDir, parts, windows),
    ...(app.isPackaged ? { updates: updatesOf(run, kiosk, () => closeTill()) } : {}),
  });
  parts.shell.canLeave(leave);
  parts.shell.canTellDevice(() => deviceState(run));
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
  const { placesWindows } = deviceState(run);
  followSettings(till, ({ ready, customerDisplay, customerScreen }) =>
    // Where the system chooses the screen it might be the till's own, with the till behind it.
    customer.set(ready && customerDisplay && placesWindows, customerScreen),
  );
  followStartSetting(run, till, parts.report);
}

/** New versions; an installer that would not begin ends in the same program started again. */
function updatesOf(
  run: ElectronRun,
  kiosk: KioskGuard,
  closeTill: () => Promise<void>,
): UpdateSource | null {
  const { loadUpdater, resourcesPath } = run;
  const { app } = run.electron;
  return electronUpdates({
    loadUpdater,
    resourcesPath,
    closeTill: async () => {
      await closeTill();
      // The updater closes the windows.
      kiosk.open();
    },
    startAgain: () => {
      startAgain(run);
      app.exit(0);
    },
    end: () => app.exit(0),
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

/** Asks the system once at the start, so that a program that was moved is found again, and after every change. */
function followStartSetting(run: ElectronRun, till: Till, report: ReportIncident): void {
  const { app } = run.electron;
  if (!app.isPackaged) return;
  let isSet: boolean | null = null;
  const system = { platform: platformOf(run), env: run.env, program: programOf(run) };
  followSettings(till, ({ startWithSystem: isWanted }) => {
    // Nobody ever asked for it: nothing of the system is touched.
    if (isWanted === isSet || (isSet === null && !isWanted)) return;
    isSet = isWanted;
    try {
      startWithSystem(app, isWanted, system);
    } catch (error) {
      report("start with the system", error);
    }
  });
}

interface WindowNeeds {
  clock: Clock;
  parts: ShellParts;
  pages: Pages;
  kiosk: KioskGuard;
  leave: () => void;
  memory: ShellMemory;
}

function makeWindows(run: ElectronRun, needs: WindowNeeds): Windows {
  const { electron, appDir } = run;
  const { clock, pages, kiosk, leave, memory } = needs;
  const { report, shell } = needs.parts;
  const { app, dialog } = electron;
  return createWindows(electron, {
    preloadDir: join(appDir, "dist", "electron"),
    iconPath: iconOf(run),
    pages,
    isKiosk: () => kiosk.isKiosk,
    showTill: (window) => kiosk.show(window),
    onTill: (window) => {
      kiosk.guard(window);
      addComforts(window, {
        ...{ Menu: electron.Menu, memory },
        isKiosk: () => kiosk.isKiosk,
        isChinese: () => isChinese(systemLocale(app)),
      });
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
  run: ElectronRun,
  clock: Clock,
  parts: ShellParts,
  kiosk: KioskGuard,
  memory: ShellMemory,
) {
  const { electron, process: watched } = run;
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
      if (startsAgain) startAgain(run);
      app.exit(1);
    },
  });
  app.on("child-process-gone", (_event, { type, reason, exitCode }) => {
    // A printer host that hangs is killed by the till itself.
    if (reason === "clean-exit" || reason === "killed") return;
    report("helper", new Error(`A ${type} process ended: ${reason} (${exitCode}).`));
    if (type === "GPU" && memory.gpuEnded(clock.nowMs(), app.getVersion()))
      report("helper", new Error("From the next start on nothing is drawn by the graphics card."));
  });
}

interface ShellSettings {
  ready: boolean;
  kiosk: boolean;
  customerDisplay: boolean;
  customerScreen: string | null;
  startWithSystem: boolean;
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

function startAgain(run: ElectronRun): void {
  const { argv, electron } = run;
  const image = appImage(run);
  if (image === null) electron.app.relaunch();
  else electron.app.relaunch({ execPath: image, args: argv.slice(1) });
}

/** An AppImage starts as a whole: the program inside is gone with the mount that this process holds. */
function appImage({ electron, env }: ElectronRun): string | null {
  return (electron.app.isPackaged && env["APPIMAGE"]) || null;
}

/** Only Linux' packages carry it: elsewhere the program has it in itself. A path without a picture is an error. */
function iconOf({ resourcesPath }: ElectronRun): string | null {
  const path = join(resourcesPath, "icon.png");
  return existsSync(path) ? path : null;
}

function programOf(run: ElectronRun): string {
  return appImage(run) ?? run.execPath;
}

function platformOf(run: ElectronRun): NodeJS.Platform {
  return run.platform ?? process.platform;
}

function deviceState(run: ElectronRun): DeviceState {
  const { app, screen } = run.electron;
  const isX11 = app.commandLine.getSwitchValue("ozone-platform") === "x11";
  const hasWayland = platformOf(run) === "linux" && Boolean(run.env["WAYLAND_DISPLAY"]);
  return {
    screens: otherScreens(screen).map(({ name }) => name),
    placesWindows: !hasWayland || isX11,
    canStartWithSystem: app.isPackaged,
  };
}

/** What was asked for, without Electron's own switches and, in development, the app's folder. */
function ownOptions({ electron, argv }: ElectronRun): ShellOptions {
  if (electron.app.isPackaged) return parsePackagedOptions(argv.slice(1));
  const appPath = electron.app.getAppPath();
  const own = argv.slice(argv.findIndex((text, at) => at > 0 && resolve(text) === appPath) + 1);
  return parseShellOptions(own);
}
