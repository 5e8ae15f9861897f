import {
  app,
  BrowserWindow,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  utilityProcess,
} from "electron";
import ElectronStore from "electron-store";
import { createTill } from "../../till.ts";
import { appDir } from "../app-paths.ts";
import { surviveLostOutput } from "../unexpected.ts";
import { runElectron } from "./run.ts";

surviveLostOutput([process.stdout, process.stderr]);

// The only place that has Electron itself; everything it does is in `run.ts`. Not awaited: Electron is
// not ready before this module has been evaluated, and `runElectron` waits for that (docs/tutorial/esm.md).
void runElectron({
  electron: {
    app,
    BrowserWindow,
    crashReporter,
    dialog,
    ipcMain,
    Menu,
    powerMonitor,
    powerSaveBlocker,
    protocol,
    screen,
    utilityProcess,
    // A getter: the session exists once the app is ready.
    session: {
      get defaultSession() {
        return session.defaultSession;
      },
    },
  },
  argv: process.argv,
  process,
  env: process.env,
  execPath: process.execPath,
  appDir: appDir(),
  createTill,
  loadUpdater: async () => (await import("electron-updater")).default.autoUpdater,
  resourcesPath: process.resourcesPath,
  createSettings: (dataDir) => new ElectronStore({ cwd: dataDir, name: "settings" }),
});
