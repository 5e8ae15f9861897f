import type { ReportIncident } from "../../contract/dispatch.ts";
import { PRINT_READY_MS, printReadyExpression } from "../print-page.ts";
import type { ElectronParts, WindowOptions, WindowPart } from "./api.ts";
import { PAGE_URL } from "./app-protocol.ts";

const PDF_TIMEOUT_MS = 30_000;

export interface Windows {
  /** Opens the till's window; rejects when its page cannot be loaded. */
  open(): Promise<void>;
  /** Brings the till to the front, for a second start of the program. */
  focus(): void;
  /** A page of the till as PDF, e.g. `/print/day/3`. Rejects when it is not ready in time. */
  printToPdf(route: string): Promise<Uint8Array>;
}

export function createWindows(
  electron: Pick<ElectronParts, "BrowserWindow" | "app">,
  preload: string,
  report: ReportIncident,
): Windows {
  const make = () => new electron.BrowserWindow(options(preload, !electron.app.isPackaged));
  let main: WindowPart | null = null;
  return {
    open: async () => {
      const window = make();
      main = window;
      window.on("closed", () => (main = null));
      window.once("ready-to-show", () => {
        window.maximize();
        window.show();
      });
      window.webContents.on("render-process-gone", (_event, details) => {
        report("page", new Error(`The page ended: ${details.reason} (${details.exitCode}).`));
        // The till itself goes on; a page that is loaded anew asks it for everything.
        if (details.reason !== "clean-exit") window.webContents.reload();
      });
      await window.loadURL(PAGE_URL);
    },
    focus: () => {
      if (main?.isMinimized()) main.restore();
      main?.focus();
    },
    printToPdf: async (route) => {
      const window = make();
      try {
        return await inTime(printPage(window, route));
      } finally {
        window.destroy();
      }
    },
  };
}

async function printPage(window: WindowPart, route: string): Promise<Uint8Array> {
  await window.loadURL(`${PAGE_URL}#${route}`);
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

function options(preload: string, devTools: boolean): WindowOptions {
  return {
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 600,
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
