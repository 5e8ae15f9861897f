import type { UtilityProcessPart } from "./printer-host.ts";

/**
 * The part of Electron's API the till uses, and no more. `main.ts` hands in Electron itself, so the
 * compiler checks every line here against `electron.d.ts`; tests hand in a stand-in of the same shape.
 * Members are properties and not methods: only of those are parameters checked both ways.
 */
export interface ElectronParts {
  app: AppPart;
  BrowserWindow: new (options: WindowOptions) => WindowPart;
  ipcMain: {
    handle: (channel: string, answer: (event: CallEvent, ...args: unknown[]) => unknown) => void;
    on: (channel: string, listener: (event: CallEvent) => void) => unknown;
  };
  protocol: {
    registerSchemesAsPrivileged: (schemes: SchemeOptions[]) => void;
    handle: (scheme: string, answer: (request: Request) => Promise<Response>) => void;
  };
  session: { readonly defaultSession: SessionPart };
  screen: ScreenPart;
  powerMonitor: PowerMonitorPart;
  powerSaveBlocker: PowerSaveBlockerPart;
  dialog: { showErrorBox: (title: string, content: string) => void };
  Menu: {
    setApplicationMenu: (menu: null) => void;
    buildFromTemplate: (items: MenuItem[]) => { popup: () => void };
  };
  crashReporter: { start: (options: { uploadToServer: false }) => void };
  utilityProcess: UtilityProcessPart;
}

/** Done by Chromium itself where the menu was opened. */
export interface MenuItem {
  role: "cut" | "copy" | "paste" | "selectAll";
  label: string;
  enabled?: boolean;
}

/** An event whose usual consequence can be kept from happening. */
export interface Preventable {
  preventDefault: () => void;
}

export interface AppPart {
  readonly isPackaged: boolean;
  readonly commandLine: {
    appendSwitch: (name: string) => void;
    removeSwitch: (name: string) => void;
    hasSwitch: (name: string) => boolean;
    getSwitchValue: (name: string) => string;
  };
  getAppPath: () => string;
  getLocale: () => string;
  /** BCP 47, the one liked best first; to be asked once the app is ready. */
  getPreferredSystemLanguages: () => string[];
  getVersion: () => string;
  setPath: (name: "userData" | "crashDumps", path: string) => void;
  /** Windows only: elsewhere there is no such function. */
  setAppUserModelId: (id: string) => void;
  /** Windows only here: on Linux there is no such function. */
  setLoginItemSettings: (settings: { openAtLogin: boolean }) => void;
  /** Before the app is ready. */
  disableHardwareAcceleration: () => void;
  enableSandbox: () => void;
  requestSingleInstanceLock: () => boolean;
  whenReady: () => Promise<void>;
  quit: () => void;
  exit: (code: number) => void;
  /** Starts this program again once it has ended; another program and its arguments when given. */
  relaunch: (options?: { execPath: string; args: string[] }) => void;
  on: {
    (event: "second-instance", listener: () => void): unknown;
    (event: "window-all-closed", listener: () => void): unknown;
    (event: "will-quit", listener: (event: Preventable) => void): unknown;
    (
      event: "web-contents-created",
      listener: (event: unknown, contents: HardenedContents) => void,
    ): unknown;
    (
      event: "child-process-gone",
      listener: (
        event: unknown,
        details: { type: string; reason: string; exitCode: number },
      ) => void,
    ): unknown;
    (
      event: "certificate-error",
      listener: (
        event: Preventable,
        contents: unknown,
        url: string,
        error: string,
        certificate: unknown,
        answer: (isTrusted: boolean) => void,
      ) => void,
    ): unknown;
    (
      event: "login",
      listener: (
        event: Preventable,
        contents: unknown,
        details: unknown,
        authInfo: unknown,
        answer: (name?: string, password?: string) => void,
      ) => void,
    ): unknown;
    (
      event: "select-client-certificate",
      listener: (
        event: Preventable,
        contents: unknown,
        url: string,
        certificates: unknown,
        /** Called without one: the request goes on without a certificate. */
        answer: () => void,
      ) => void,
    ): unknown;
  };
}

export interface WindowOptions {
  /** Of the screen, in its own pixels; missing: where the system likes. */
  x?: number;
  y?: number;
  width: number;
  height: number;
  minWidth?: number;
  minHeight?: number;
  show: boolean;
  frame?: boolean;
  kiosk?: boolean;
  fullscreen?: boolean;
  focusable?: boolean;
  /** Linux: shown until the desktop knows the program by its entry. */
  icon?: string;
  skipTaskbar?: boolean;
  title: string;
  backgroundColor: string;
  autoHideMenuBar: boolean;
  webPreferences: {
    preload: string;
    sandbox: true;
    contextIsolation: true;
    nodeIntegration: false;
    webviewTag: false;
    spellcheck: false;
    devTools: boolean;
  };
}

export interface WindowPart {
  readonly webContents: PageContents;
  loadURL: (url: string) => Promise<void>;
  once: (event: "ready-to-show", listener: () => void) => unknown;
  on: {
    (event: "closed", listener: () => void): unknown;
    (event: "unresponsive", listener: () => void): unknown;
    (event: "responsive", listener: () => void): unknown;
    (event: "close", listener: (event: Preventable) => void): unknown;
    (event: "session-end", listener: () => void): unknown;
  };
  maximize: () => void;
  show: () => void;
  showInactive: () => void;
  focus: () => void;
  restore: () => void;
  isMinimized: () => boolean;
  isFullScreen: () => boolean;
  setFullScreen: (isFull: boolean) => void;
  setKiosk: (isKiosk: boolean) => void;
  setAlwaysOnTop: (isOnTop: boolean, level?: "screen-saver") => void;
  destroy: () => void;
}

/** Where feed values are sent. */
export interface FeedReceiver {
  readonly id: number;
  send: (channel: string, ...args: unknown[]) => void;
  isDestroyed: () => boolean;
  once: (event: "destroyed", listener: () => void) => unknown;
}

export interface PageContents extends FeedReceiver {
  on: {
    (
      event: "render-process-gone",
      listener: (event: unknown, details: { reason: string; exitCode: number }) => void,
    ): unknown;
    (event: "before-input-event", listener: (event: Preventable, input: KeyInput) => void): unknown;
    (event: "did-finish-load", listener: () => void): unknown;
    (event: "context-menu", listener: (event: unknown, at: MenuPlace) => void): unknown;
  };
  executeJavaScript: (code: string) => Promise<unknown>;
  printToPDF: (options: {
    printBackground: boolean;
    preferCSSPageSize: boolean;
  }) => Promise<Uint8Array>;
  reload: () => void;
  setZoomFactor: (factor: number) => void;
  forcefullyCrashRenderer: () => void;
}

/** Where somebody pressed for a menu. */
interface MenuPlace {
  readonly isEditable: boolean;
  readonly selectionText: string;
}

export interface KeyInput {
  readonly type: string;
  readonly key: string;
  readonly alt: boolean;
  readonly control: boolean;
  readonly meta: boolean;
}

export type Navigation = Preventable & { readonly url: string };

/** What is shut in every page of the program, whoever opened it. */
export interface HardenedContents {
  getURL: () => string;
  on: {
    (event: "will-navigate", listener: (details: Navigation) => void): unknown;
    (event: "will-redirect", listener: (details: Navigation) => void): unknown;
    (
      event: "will-frame-navigate",
      listener: (details: Navigation & { readonly isMainFrame: boolean }) => void,
    ): unknown;
    (event: "will-attach-webview", listener: (event: Preventable) => void): unknown;
  };
  setWindowOpenHandler: (handler: () => { action: "deny" }) => void;
}

export interface SessionPart {
  setPermissionRequestHandler: (
    handler: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void,
  ) => void;
  setPermissionCheckHandler: (handler: () => boolean) => void;
  setDevicePermissionHandler: (handler: () => boolean) => void;
  setDisplayMediaRequestHandler: (handler: null) => void;
  setCertificateVerifyProc: (
    verify: (request: unknown, answer: (result: number) => void) => void,
  ) => void;
  setSpellCheckerEnabled: (isOn: boolean) => void;
  readonly webRequest: {
    onBeforeRequest: (
      decide: (
        details: { readonly url: string },
        answer: (decision: { cancel: boolean }) => void,
      ) => void,
    ) => void;
  };
  on: (
    event: "will-download",
    listener: (
      event: Preventable,
      item: { getURL: () => string; getFilename: () => string },
      contents: { readonly id: number },
    ) => void,
  ) => unknown;
}

export interface DisplayPart {
  readonly id: number;
  /** As the system calls it; may be empty, and two displays may have the same. */
  readonly label: string;
  readonly bounds: Area;
  /** Without what the system keeps for itself, e.g. a task bar. */
  readonly workArea: Area;
}

/** In pixels that do not depend on the display's scale. */
interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface ScreenPart {
  getPrimaryDisplay: () => DisplayPart;
  getAllDisplays: () => DisplayPart[];
  on: {
    (event: "display-added", listener: () => void): unknown;
    (event: "display-removed", listener: () => void): unknown;
    (event: "display-metrics-changed", listener: () => void): unknown;
  };
}

export interface PowerMonitorPart {
  on: {
    (event: "resume", listener: () => void): unknown;
    /** Its first argument can keep the system waiting; Electron's types do not name it (docs/api/power-monitor.md). */
    (event: "shutdown", listener: (...details: unknown[]) => void): unknown;
  };
}

export interface PowerSaveBlockerPart {
  start: (type: "prevent-display-sleep") => number;
  stop: (id: number) => unknown;
}

interface SchemeOptions {
  scheme: string;
  privileges: { standard: boolean; secure: boolean; supportFetchAPI: boolean };
}

/** A message from a page, with where it comes from. */
export interface CallEvent {
  readonly sender: FeedReceiver;
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}
