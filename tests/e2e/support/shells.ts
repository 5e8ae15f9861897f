import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { _electron, type BrowserContext } from "@playwright/test";
import { appDir } from "../../../main/shells/app-paths.ts";
import { installedElectron } from "../../../main/shells/launch/electron-binary.ts";
import { startBrowserTill } from "./browser-till.ts";
import type { StartShell } from "./world.ts";

/** The browser shell: a process of its own, its page in Playwright's browser, calls with the page's session. */
export function browserShell(context: BrowserContext): StartShell {
  return async (args, givenPage, isLeftAlone = false) => {
    const till = await startBrowserTill(args, join(appDir(), "dist", "main", "browser.js"));
    const page = givenPage ?? (await context.newPage());
    const { origin } = new URL(till.url);
    // The session is the context's, so calls have it before a page does.
    if (!isLeftAlone) await context.request.get(till.url);
    return {
      page,
      url: till.url,
      show: async () => void (await page.goto(`${origin}/`)),
      call: async (name, input) => {
        const response = await context.request.post(`${origin}/call/${name}`, {
          data: JSON.stringify(input),
          headers: { origin, "content-type": "application/json" },
        });
        return response.json() as Promise<unknown>;
      },
      end: till.end,
    };
  };
}

/** On Windows Playwright starts Electron by a shell: ending that alone would leave the till running. */
function endTree(pid: number | undefined): void {
  if (pid !== undefined) spawnSync("taskkill", ["/PID", String(pid), "/T", "/F"]);
}

/** The Electron shell as a developer runs it, from the built main process. */
export function electronShell(locale: string | undefined): StartShell {
  return async (args) => {
    const executablePath = installedElectron(appDir());
    if (executablePath === null) throw new Error("Electron's binary is not on this machine.");
    // Playwright leaves the sandbox off on Linux unless told; Chromium refuses it to root, as in containers.
    const chromiumSandbox = process.getuid?.() !== 0;
    const language = locale === undefined ? [] : [`--lang=${locale}`];
    const app = await _electron.launch({
      executablePath,
      chromiumSandbox,
      args: [...language, appDir(), ...args],
    });
    const page = await app.firstWindow();
    const child = app.process();
    return {
      page,
      show: () => Promise.resolve(),
      call: (name, input) =>
        page.evaluate(
          async ([callName, callInput]) => {
            const { slipsure } = globalThis as unknown as {
              slipsure: { call(name: string, input: unknown): Promise<unknown> };
            };
            return slipsure.call(callName, callInput);
          },
          [name, input] as const,
        ),
      end: async (signal) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const exited = once(child, "exit");
        if (process.platform === "win32") endTree(child.pid);
        else child.kill(signal);
        await exited;
      },
    };
  };
}
