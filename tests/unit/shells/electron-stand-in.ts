import { EventEmitter } from "node:events";
import type {
  CallEvent,
  DisplayPart,
  ElectronParts,
  FeedReceiver,
  HardenedContents,
  PageContents,
  SessionPart,
  WindowOptions,
  WindowPart,
} from "../../../main/shells/electron/api.ts";

/**
 * Electron as far as the till uses it. Every class here has to have the shape that `api.ts` asks of
 * Electron itself, which the compiler holds against `electron.d.ts` where `main.ts` hands Electron in.
 */
let lastContentsId = 0;

/** A page as Electron's main process sees it. */
export class StandInContents extends EventEmitter implements PageContents, HardenedContents {
  readonly id = (lastContentsId += 1);
  readonly sent: unknown[][] = [];
  readonly scripts: string[] = [];
  scriptResult: unknown = true;
  reloads = 0;
  zoom = 1;
  destroyed = false;
  url = "";
  windowOpen: (() => { action: "deny" }) | null = null;

  getURL(): string {
    return this.url;
  }
  send(...message: unknown[]): void {
    this.sent.push(message);
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  executeJavaScript(code: string): Promise<unknown> {
    this.scripts.push(code);
    return Promise.resolve(this.scriptResult);
  }
  printToPDF(): Promise<Uint8Array> {
    return Promise.resolve(new TextEncoder().encode("%PDF-1.7"));
  }
  setZoomFactor(factor: number): void {
    this.zoom = factor;
  }
  reload(): void {
    this.reloads += 1;
  }
  forcefullyCrashRenderer(): void {
    this.emit("render-process-gone", {}, { reason: "crashed", exitCode: 9 });
  }
  setWindowOpenHandler(handler: () => { action: "deny" }): void {
    this.windowOpen = handler;
  }
  /** Emits a preventable event; whether somebody kept its consequence from happening. */
  prevented(event: string, ...details: object[]): boolean {
    return isPrevented(this, event, ...details);
  }
}

/** A window that loads whatever it is told and remembers what was done to it. */
export class StandInWindow extends EventEmitter implements WindowPart {
  readonly webContents = new StandInContents();
  readonly options: WindowOptions;
  readonly done: string[] = [];
  isFull = false;
  url = "";

  constructor(options: WindowOptions) {
    super();
    this.options = options;
  }
  loadURL(url: string): Promise<void> {
    this.url = url;
    this.webContents.url = url;
    return Promise.resolve();
  }
  maximize(): void {
    this.done.push("maximize");
  }
  show(): void {
    this.done.push("show");
  }
  showInactive(): void {
    this.done.push("showInactive");
  }
  setAlwaysOnTop(isOnTop: boolean, level?: string): void {
    this.done.push(isOnTop ? `on top: ${level}` : "not on top");
  }
  focus(): void {
    this.done.push("focus");
  }
  restore(): void {
    this.done.push("restore");
  }
  isFullScreen(): boolean {
    return this.isFull;
  }
  setFullScreen(isFull: boolean): void {
    this.isFull = isFull;
  }
  isMinimized(): boolean {
    return this.done.at(-1) === "minimize";
  }
  setKiosk(isKiosk: boolean): void {
    this.done.push(isKiosk ? "kiosk" : "no kiosk");
  }
  destroy(): void {
    this.done.push("destroy");
    this.webContents.destroyed = true;
    this.webContents.emit("destroyed");
    this.emit("closed");
  }
}

/** Emits an event whose consequence can be prevented, its details first or behind the event. */
export function isPrevented(emitter: EventEmitter, event: string, ...details: object[]): boolean {
  let prevented = false;
  const preventDefault = () => (prevented = true);
  const [first = {}, ...rest] = details;
  // Navigation events carry their details on the event itself; others behind it.
  emitter.emit(event, { ...first, preventDefault }, ...(rest.length > 0 ? rest : [first]));
  return prevented;
}

/** A utility process that takes messages and does nothing. */
class StandInUtilityProcess extends EventEmitter {
  readonly pid = undefined;
  readonly messages: unknown[] = [];

  postMessage(message: unknown): void {
    this.messages.push(message);
  }

  kill(): boolean {
    this.emit("exit", 0);
    return true;
  }
}

type First<F> = F extends (first: infer A) => void ? A : never;

/** The session of all pages, with the rules it was given. */
export class StandInSession extends EventEmitter implements SessionPart {
  request: First<SessionPart["setPermissionRequestHandler"]> | null = null;
  check: (() => boolean) | null = null;
  device: (() => boolean) | null = null;
  displayMedia: unknown = "not set";
  verify: First<SessionPart["setCertificateVerifyProc"]> | null = null;
  spelling: boolean | null = null;
  beforeRequest: First<SessionPart["webRequest"]["onBeforeRequest"]> | null = null;
  readonly webRequest: SessionPart["webRequest"] = {
    onBeforeRequest: (decide) => {
      this.beforeRequest = decide;
    },
  };

  setPermissionRequestHandler: SessionPart["setPermissionRequestHandler"] = (handler) => {
    this.request = handler;
  };
  setPermissionCheckHandler(handler: () => boolean): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.device = handler;
  }
  setDisplayMediaRequestHandler(handler: null): void {
    this.displayMedia = handler;
  }
  setCertificateVerifyProc: SessionPart["setCertificateVerifyProc"] = (verify) => {
    this.verify = verify;
  };
  setSpellCheckerEnabled(isOn: boolean): void {
    this.spelling = isOn;
  }
}

/** The displays of the computer; the first is the primary one. */
export class StandInScreen extends EventEmitter {
  displays: DisplayPart[] = [display(1, 0)];

  getPrimaryDisplay(): DisplayPart {
    const [primary] = this.displays;
    if (!primary) throw new Error("A computer without a display.");
    return primary;
  }
  getAllDisplays(): DisplayPart[] {
    return this.displays;
  }
}

export function display(id: number, x: number, label = ""): DisplayPart {
  const workArea = { x, y: 0, width: 1024, height: 560 };
  return { id, label, bounds: { x, y: 0, width: 1024, height: 600 }, workArea };
}

/** Electron as far as the till uses it, with what it was asked to do. */
export function standInElectron(appPath: string) {
  const app = new EventEmitter();
  const done: unknown[][] = [];
  const windows: StandInWindow[] = [];
  const hosts: StandInUtilityProcess[] = [];
  const handlers = new Map<string, (event: CallEvent, ...args: unknown[]) => unknown>();
  const messages = new EventEmitter();
  const protocols = new Map<string, (request: Request) => Promise<Response>>();
  const session = new StandInSession();
  const screen = new StandInScreen();
  const powerMonitor = new EventEmitter();
  const awake = new Set<number>();
  const settings = {
    hasLock: true,
    isPackaged: false,
    isReady: false,
    languages: ["en-GB"],
    switches: [""],
    values: {} as Record<string, string>,
  };
  const asReady = <T>(value: T): T => {
    if (!settings.isReady) throw new Error("Asked before the app was ready.");
    return value;
  };
  const parts: ElectronParts = {
    app: {
      get isPackaged() {
        return settings.isPackaged;
      },
      commandLine: {
        appendSwitch: (name) => void done.push(["switch", name]),
        removeSwitch: (name) => void done.push(["no switch", name]),
        getSwitchValue: (name) => settings.values[name] ?? "",
        hasSwitch: (name) => settings.switches.includes(name),
      },
      getAppPath: () => appPath,
      getLocale: () => asReady("en-GB"),
      getPreferredSystemLanguages: () => asReady(settings.languages),
      getVersion: () => "1.2.3",
      setPath: (...path) => void done.push(["setPath", ...path]),
      setAppUserModelId: (id) => void done.push(["appId", id]),
      setLoginItemSettings: (item) => void done.push(["loginItem", item]),
      disableHardwareAcceleration: () => void done.push(["no gpu"]),
      enableSandbox: () => void done.push(["enableSandbox"]),
      requestSingleInstanceLock: () => settings.hasLock,
      whenReady: async () => {
        settings.isReady = true;
      },
      quit: () => void done.push(["quit"]),
      relaunch: (...options) => void done.push(["relaunch", ...options]),
      exit: (code) => {
        done.push(["exit", code]);
        app.emit("exited", code);
      },
      on: app.on.bind(app) as ElectronParts["app"]["on"],
    },
    BrowserWindow: class extends StandInWindow {
      constructor(options: WindowOptions) {
        super(options);
        windows.push(this);
        app.emit("web-contents-created", {}, this.webContents);
      }
    },
    ipcMain: {
      handle: (channel, answer) => void handlers.set(channel, answer),
      on: (channel, listener) => messages.on(channel, listener),
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes) => void done.push(["schemes", ...schemes]),
      handle: (scheme, answer) => void protocols.set(scheme, answer),
    },
    utilityProcess: {
      fork: (modulePath) => {
        done.push(["fork", modulePath]);
        const host = new StandInUtilityProcess();
        hosts.push(host);
        return host;
      },
    },
    session: { defaultSession: session },
    screen,
    powerMonitor,
    powerSaveBlocker: {
      start: (type) => {
        done.push(["awake", type]);
        awake.add(done.length);
        return done.length;
      },
      stop: (id) => awake.delete(id),
    },
    // On Linux nobody would see it before (docs/api/dialog.md).
    dialog: { showErrorBox: (...texts) => void done.push(asReady(["error", ...texts])) },
    Menu: {
      setApplicationMenu: (menu) => void done.push(["menu", menu]),
      buildFromTemplate: (items) => ({
        popup: () => void done.push(["popup", ...items.map(({ label }) => label)]),
      }),
    },
    crashReporter: { start: (options) => void done.push(["crashReporter", options]) },
  };
  const pieces = { app, done, windows, handlers, messages, protocols, session, screen };
  return { ...pieces, parts, powerMonitor, awake, settings, hosts };
}

/** A message from a page; its own main frame unless told otherwise. */
export function fromPage(sender: FeedReceiver, frame: Partial<CallEvent["senderFrame"]> = {}) {
  const senderFrame = { url: "app://till/index.html#/sell", parent: null, ...frame };
  return { sender, senderFrame } satisfies CallEvent;
}
