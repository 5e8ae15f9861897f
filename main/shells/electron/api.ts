import type { UtilityProcessPart } from "./printer-host.ts";

/**
 * The part of Electron's API the till uses, and no more. `main.ts` hands in Electron itself, so the
 * compiler checks every line here against `electron.d.ts`; tests hand in a stand-in of the same shape.
 */
export interface ElectronParts {
  app: AppPart;
  BrowserWindow: new (options: WindowOptions) => WindowPart;
  ipcMain: {
    handle(channel: string, answer: (event: CallEvent, ...args: unknown[]) => unknown): void;
    on(channel: string, listener: (event: CallEvent) => void): unknown;
  };
  protocol: {
    registerSchemesAsPrivileged(schemes: SchemeOptions[]): void;
    handle(scheme: string, answer: (request: Request) => Promise<Response>): void;
  };
  session: { defaultSession: SessionPart };
  dialog: { showErrorBox(title: string, content: string): void };
  Menu: { setApplicationMenu(menu: null): void };
  utilityProcess: UtilityProcessPart;
}

export interface AppPart {
  readonly isPackaged: boolean;
  getAppPath(): string;
  getLocale(): string;
  getVersion(): string;
  setPath(name: "userData", path: string): void;
  enableSandbox(): void;
  requestSingleInstanceLock(): boolean;
  whenReady(): Promise<void>;
  quit(): void;
  exit(code: number): void;
  /** Starts this program again once it has ended. */
  relaunch(): void;
  on(event: "second-instance", listener: () => void): unknown;
  on(event: "window-all-closed", listener: () => void): unknown;
  on(event: "will-quit", listener: (event: { preventDefault(): void }) => void): unknown;
  on(
    event: "web-contents-created",
    listener: (event: unknown, contents: HardenedContents) => void,
  ): unknown;
}

export interface WindowOptions {
  width: number;
  height: number;
  minWidth: number;
  minHeight: number;
  show: boolean;
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
  loadURL(url: string): Promise<void>;
  once(event: "ready-to-show", listener: () => void): unknown;
  on(event: "closed", listener: () => void): unknown;
  maximize(): void;
  show(): void;
  focus(): void;
  restore(): void;
  isMinimized(): boolean;
  destroy(): void;
}

/** Where feed values are sent. */
export interface FeedReceiver {
  send(channel: string, ...args: unknown[]): void;
  isDestroyed(): boolean;
  once(event: "destroyed", listener: () => void): unknown;
}

export interface PageContents extends FeedReceiver {
  on(
    event: "render-process-gone",
    listener: (event: unknown, details: { reason: string; exitCode: number }) => void,
  ): unknown;
  executeJavaScript(code: string): Promise<unknown>;
  printToPDF(options: {
    printBackground: boolean;
    preferCSSPageSize: boolean;
  }): Promise<Uint8Array>;
  reload(): void;
}

/** What is shut in every page of the program, whoever opened it. */
export interface HardenedContents {
  on(
    event: "will-navigate" | "will-redirect",
    listener: (details: { url: string; preventDefault(): void }) => void,
  ): unknown;
  on(event: "will-attach-webview", listener: (event: { preventDefault(): void }) => void): unknown;
  setWindowOpenHandler(handler: () => { action: "deny" }): void;
}

export interface SessionPart {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void,
  ): void;
  setPermissionCheckHandler(handler: () => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
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
