import { expect as baseExpect, test as base } from "@playwright/test";
import { appDir } from "../../../main/shells/app-paths.ts";
import { findChromium, quietSwitches } from "../../../main/shells/browser/chromium.ts";
import { electronMissing, installedElectron } from "../../../main/shells/launch/electron-binary.ts";
import { browserShell, electronShell } from "./shells.ts";
import { withWorld, type World, type WorldOptions } from "./world.ts";

/** Options of a spec: `test.use({ locale: "en-GB", clockFactor: 20, printer: { widthMm: 58 } })`. */
export interface TillOptions {
  shell: "browser" | "electron";
  /** Till and printer live this many times as fast as the computer. */
  clockFactor: number;
  printer: WorldOptions["printer"];
  /** More arguments for the shell. */
  tillArgs: string[];
  /** Whether a spec begins with the first start on its screen; else the till starts when it is first asked. */
  firstStart: boolean;
}

/** A running till; `page` shows it. */
export const test = base.extend<TillOptions & { world: World; needsItsShell: void }>({
  shell: ["browser", { option: true }],
  clockFactor: [1, { option: true }],
  printer: [{}, { option: true }],
  tillArgs: [[], { option: true }],
  firstStart: [false, { option: true }],
  viewport: { width: 1366, height: 768 },
  launchOptions: async ({ launchOptions }, use) => {
    const executablePath = findChromium();
    if (executablePath === null)
      throw new Error("No Chromium, Chrome or Edge was found; `npm test` says how to get one.");
    const args = ["--disable-gpu", "--force-color-profile=srgb"];
    // Playwright makes a profile of its own.
    const quiet = quietSwitches("").filter((text) => !text.startsWith("--user-data-dir"));
    await use({ ...launchOptions, executablePath, args: [...quiet, ...args] });
  },
  needsItsShell: [
    async ({ shell }, use, testInfo) => {
      const missing = shell === "electron" && installedElectron(appDir()) === null;
      testInfo.skip(missing, electronMissing());
      await use();
    },
    { auto: true },
  ],
  world: async ({ shell, context, locale, clockFactor, printer, tillArgs, firstStart }, use) => {
    const start = shell === "electron" ? electronShell(locale) : browserShell(context);
    const emptyPage = shell === "electron" || firstStart ? null : await context.newPage();
    await withWorld(start, { locale, clockFactor, printer, args: tillArgs, emptyPage }, use);
  },
  page: async ({ world }, use) => use(world.page),
});

/** The longest pause before another look: Playwright's own is a second, which most specs would wait several times. */
const LOOKS_MS = [50, 100, 200];

/** Playwright's, but `poll` sees within a fifth of a second that what it waits for has come. */
export const expect: typeof baseExpect = new Proxy(baseExpect, {
  get: (target, name, receiver) =>
    name === "poll"
      ? (read: () => unknown, options?: { message?: string; timeout?: number }) =>
          target.poll(read, { intervals: LOOKS_MS, ...options })
      : (Reflect.get(target, name, receiver) as unknown),
});
