import { PRINT_READY_MS, printReadyExpression } from "../print-page.ts";
import type { DisplayPart, ElectronParts, WindowOptions, WindowPart } from "./api.ts";
import { pageUrl, type PageKind } from "./app-protocol.ts";
import type { Pages } from "./pages.ts";

const PDF_TIMEOUT_MS = 30_000;

export interface Windows {
  /** Opens the till's window; rejects when its page cannot be loaded. */
  open(): Promise<void>;
  /** Brings the till to the front, for a second start of the program. */
  focus(): void;
  /** A page of the till as PDF, e.g. `/print/day/3`. Rejects when it is not ready in time. */
  printToPdf(route: string): Promise<Uint8Array>;
  /** The customers' page, filling a display; it never takes the keyboard from the till. */
  openCustomer(display: DisplayPart): WindowPart;
}

export interface WindowWays {
  /** Folder of the built preloads. */
  preloadDir: string;
  /** The program's picture, for desktops that do not take it from its menu entry; null: it has it in itself. */
  iconPath: string | null;
  pages: Pages;
  /** The till's window is there, and nothing is loaded yet. */
  onTill: (window: WindowPart) => void;
  isKiosk: () => boolean;
  /** Shows the till's window, whose page is ready. */
  showTill: (window: WindowPart) => void;
  onCustomer: (window: WindowPart) => void;
  /** The customers' page could not be loaded. */
  onFailure: (error: unknown) => void;
}

const PRELOAD = { till: "preload.cjs", customer: "customer-preload.cjs" } as const;

export function createWindows(
  electron: Pick<ElectronParts, "BrowserWindow" | "app" | "screen">,
  ways: WindowWays,
): Windows {
  const make = (kind: PageKind, more: Partial<WindowOptions> = {}) => {
    const preload = `${ways.preloadDir}/${PRELOAD[kind]}`;
    const window = new electron.BrowserWindow({
      ...options(preload, !electron.app.isPackaged, electron.screen.getPrimaryDisplay()),
      ...(ways.iconPath === null ? {} : { icon: ways.iconPath }),
      ...more,
    });
    ways.pages.admit(window.webContents, kind);
    return window;
  };
  let main: WindowPart | null = null;
  return {
    open: async () => {
      const window = make("till", ways.isKiosk() ? { kiosk: true } : {});
      main = window;
      window.on("closed", () => (main = null));
      window.once("ready-to-show", () => ways.showTill(window));
      ways.onTill(window);
      await window.loadURL(pageUrl("till"));
    },
    focus: () => {
      if (main?.isMinimized()) main.restore();
      main?.focus();
    },
    printToPdf: async (route) => {
      const window = make("till");
      try {
        return await inTime(printPage(window, route));
      } finally {
        window.destroy();
      }
    },
    openCustomer: ({ bounds }) => {
      const { x, y, width, height } = bounds;
      const place = { x, y, width, height, minWidth: 320, minHeight: 240 };
      const manners = { frame: false, fullscreen: true, focusable: false, skipTaskbar: true };
      const window = make("customer", { ...place, ...manners });
      window.once("ready-to-show", () => window.showInactive());
      ways.onCustomer(window);
      window.loadURL(pageUrl("customer")).catch(ways.onFailure);
      return window;
    },
  };
}

async function printPage(window: WindowPart, route: string): Promise<Uint8Array> {
  await window.loadURL(`${pageUrl("till")}#${route}`);
  const ready = await window.webContents.executeJavaScript(printReadyExpression(PRINT_READY_MS));
  if (ready !== true)
    throw new Error(`The page was not ready for printing within ${PRINT_READY_MS / 1000} s.`);
  return window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true });
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const seconds = PDF_TIMEOUT_MS / 1000;
    timer = setTimeout(() => reject(new Error(`No PDF within ${seconds} s.`)), PDF_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** On the primary display: the system would open it wherever a window was last, e.g. before the customers. */
function options(preload: string, devTools: boolean, { workArea }: DisplayPart): WindowOptions {
  const width = Math.min(1366, workArea.width);
  const height = Math.min(768, workArea.height);
  return {
    x: workArea.x + Math.floor((workArea.width - width) / 2),
    y: workArea.y + Math.floor((workArea.height - height) / 2),
    width,
    height,
    // A screen of 1366 x 768 that is scaled to 150 % has less than the till would like.
    minWidth: Math.min(1024, workArea.width),
    minHeight: Math.min(600, workArea.height),
    show: false,
    title: "票不漏 Slipsure",
    backgroundColor: "#ffffff",
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools,
    },
  };
}
