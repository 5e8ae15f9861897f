import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Conf from "conf";
import { scaledClock, systemClock } from "../../clock.ts";
import { createTill, forkPrinterHost, NativeHostClient } from "../../till.ts";
import { appDir, appVersion, defaultDataDir } from "../app-paths.ts";
import { parseShellOptions, USAGE, type ShellOptions } from "../options.ts";
import { printerHostEntry } from "../printer-host-entry.ts";
import { openShellParts } from "../shell-parts.ts";
import { startFailure } from "../start-failure.ts";
import { surviveLostOutput, watchProcess } from "../unexpected.ts";
import { findChromium, hasDisplay, openAppWindow } from "./chromium.ts";
import { keepSessions } from "./kept-sessions.ts";
import { printToPdf } from "./pdf.ts";
import { serveTill, type BrowserShell, type BrowserShellOptions } from "./server.ts";

const PDF_KEY_LIFE_MS = 60_000;
const systemLocale = Intl.DateTimeFormat().resolvedOptions().locale;

/** Starts the till behind a loopback server; the returned function ends both, in order. */
async function start(options: ShellOptions): Promise<() => Promise<void>> {
  const dataDir = options.dataDir ?? defaultDataDir();
  mkdirSync(dataDir, { recursive: true });
  const {
    report,
    shell: link,
    settings,
  } = openShellParts(dataDir, (cwd) => new Conf({ cwd, configName: "settings" }));
  surviveLostOutput([process.stdout, process.stderr]);
  watchProcess(process, { report, shell: link, end: () => process.exit(1) });
  let shell: BrowserShell | null = null;
  const till = await createTill({
    dataDir,
    clock: options.clockFactor === 1 ? systemClock : scaledClock(options.clockFactor),
    settings,
    shell: link,
    report,
    version: appVersion(),
    nativePrinters: new NativeHostClient({
      spawn: forkPrinterHost(printerHostEntry()),
      clock: systemClock,
      report,
    }),
    ...(options.printer === null ? {} : { printer: options.printer }),
    printToPdf: async (route) => {
      if (shell === null) throw new Error("The till is still starting.");
      return printToPdf(shell.openingUrl({ route, lifeMs: PDF_KEY_LIFE_MS, forNow: true }));
    },
  });
  try {
    const pageDir = join(appDir(), "dist", "renderer");
    const kept = keepSessions(dataDir, (error) => report("browser-sessions", error));
    shell = await serveWhereItWas({ till, pageDir, port: options.port, report, kept });
  } catch (error) {
    await till.close();
    throw error;
  }
  const { openingUrl, close } = shell;
  process.stdout.write(`Slipsure ready: ${openingUrl()}\n`);
  if (options.open) openWindow(openingUrl, dataDir);
  return async () => {
    await close();
    await till.close();
  };
}

/** Nobody asked for a port: the one of the last time, where a page may wait for this till; else a free one. */
async function serveWhereItWas(
  options: BrowserShellOptions & Required<Pick<BrowserShellOptions, "kept">>,
): Promise<BrowserShell> {
  const { lastPort } = options.kept;
  if (options.port !== 0 || lastPort === 0) return serveTill(options);
  try {
    return await serveTill({ ...options, port: lastPort });
  } catch {
    // Somebody else has it by now.
    return serveTill(options);
  }
}

function openWindow(openingUrl: () => string, dataDir: string): void {
  const chromium = findChromium();
  if (chromium === null || !hasDisplay()) {
    process.stdout.write(
      "Open that address in a browser on this PC. 请在本机浏览器中打开上面的网址。\n",
    );
    return;
  }
  const child = openAppWindow(chromium, openingUrl(), join(dataDir, "browser-profile"));
  child.once("error", (error) =>
    process.stderr.write(
      `No window could be opened (${error.message}). Open that address yourself.\n`,
    ),
  );
}

/** Ends the till on the first signal; a second one does not wait. */
function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Slipsure did not end cleanly: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, onSignal);
}

try {
  const options = parseShellOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(USAGE);
  else stopOnSignal(await start(options));
} catch (error) {
  process.stderr.write(`${startFailure(error, systemLocale)}\n`);
  process.exit(1);
}
