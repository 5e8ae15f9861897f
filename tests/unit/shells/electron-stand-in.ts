import { EventEmitter } from "node:events";
import type {
  CallEvent,
  ElectronParts,
  FeedReceiver,
  PageContents,
  WindowOptions,
  WindowPart,
} from "../../../main/shells/electron/api.ts";

/** A page as Electron's main process sees it. */
export class StandInContents extends EventEmitter implements PageContents {
  readonly sent: unknown[][] = [];
  readonly scripts: string[] = [];
  scriptResult: unknown = true;
  reloads = 0;
  destroyed = false;
  windowOpen: (() => { action: "deny" }) | null = null;

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
  reload(): void {
    this.reloads += 1;
  }
  setWindowOpenHandler(handler: () => { action: "deny" }): void {
    this.windowOpen = handler;
  }
}

/** A window that loads whatever it is told and remembers what was done to it. */
export class StandInWindow extends EventEmitter implements WindowPart {
  readonly webContents = new StandInContents();
  readonly options: WindowOptions;
  readonly done: string[] = [];
  url = "";

  constructor(options: WindowOptions) {
    super();
    this.options = options;
  }
  loadURL(url: string): Promise<void> {
    this.url = url;
    return Promise.resolve();
  }
  maximize(): void {
    this.done.push("maximize");
  }
  show(): void {
    this.done.push("show");
  }
  focus(): void {
    this.done.push("focus");
  }
  restore(): void {
    this.done.push("restore");
  }
  isMinimized(): boolean {
    return this.done.at(-1) === "minimize";
  }
  destroy(): void {
    this.done.push("destroy");
  }
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

/** Electron as far as the till uses it, with what it was asked to do. */
export function standInElectron(appPath: string) {
  const app = new EventEmitter();
  const done: unknown[][] = [];
  const windows: StandInWindow[] = [];
  const handlers = new Map<string, (event: CallEvent, ...args: unknown[]) => unknown>();
  const messages = new EventEmitter();
  const protocols = new Map<string, (request: Request) => Promise<Response>>();
  const permissions: Record<string, (...args: never[]) => unknown> = {};
  const settings = { hasLock: true };
  const parts: ElectronParts = {
    app: {
      isPackaged: false,
      getAppPath: () => appPath,
      getLocale: () => "en-GB",
      getVersion: () => "1.2.3",
      setPath: (...path) => void done.push(["setPath", ...path]),
      enableSandbox: () => void done.push(["enableSandbox"]),
      requestSingleInstanceLock: () => settings.hasLock,
      whenReady: () => Promise.resolve(),
      quit: () => void done.push(["quit"]),
      relaunch: () => void done.push(["relaunch"]),
      exit: (code) => {
        done.push(["exit", code]);
        app.emit("exited", code);
      },
      on: (event: string, listener: (first: never, second: never) => void) =>
        app.on(event, (first, second) => listener(first as never, second as never)),
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
        return new StandInUtilityProcess();
      },
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler) => void (permissions["request"] = handler),
        setPermissionCheckHandler: (handler) => void (permissions["check"] = handler),
        setDevicePermissionHandler: (handler) => void (permissions["device"] = handler),
      },
    },
    dialog: { showErrorBox: (...texts) => void done.push(["error", ...texts]) },
    Menu: { setApplicationMenu: (menu) => void done.push(["menu", menu]) },
  };
  return { parts, app, done, windows, handlers, messages, protocols, permissions, settings };
}

/** A message from a page; the till's own main frame unless told otherwise. */
export function fromPage(sender: FeedReceiver, frame: Partial<CallEvent["senderFrame"]> = {}) {
  const senderFrame = { url: "app://till/index.html#/sell", parent: null, ...frame };
  return { sender, senderFrame } satisfies CallEvent;
}
