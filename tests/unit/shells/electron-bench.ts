import { EventEmitter } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import Conf from "conf";
import type { Clock } from "../../../main/clock.ts";
import { runElectron } from "../../../main/shells/electron/run.ts";
import type { ShellLink, Till, TillOptions } from "../../../main/till.ts";
import { standInElectron, type StandInWindow } from "./electron-stand-in.ts";

export const FIRST_START = {
  ready: false,
  kiosk: false,
  customerDisplay: false,
  customerScreen: null,
  startWithSystem: false,
};

/** A clock that only moves when it is told to. */
export class HandClock implements Clock {
  private atMs = 0;
  private timers: { atMs: number; run: () => void }[] = [];

  nowMs(): number {
    return this.atMs;
  }
  monotonicMs(): number {
    return this.atMs;
  }
  setTimer(delayMs: number, run: () => void): () => void {
    const timer = { atMs: this.atMs + delayMs, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }
  pass(ms: number): void {
    this.atMs += ms;
    for (;;) {
      const due = this.timers.find((timer) => timer.atMs <= this.atMs);
      if (!due) return;
      this.timers = this.timers.filter((other) => other !== due);
      due.run();
    }
  }
}

/** Everything one started shell is made of; its folder is gone after the test. */
export class ElectronBench {
  readonly dir = mkdtempSync(join(tmpdir(), "slipsure-electron-"));
  readonly dataDir = join(this.dir, "data");
  readonly electron = standInElectron(this.dir);
  readonly clock = new HandClock();
  readonly process = new EventEmitter();
  env: NodeJS.ProcessEnv = {};
  platform: NodeJS.Platform = "linux";
  readonly feeds = new EventEmitter();
  /** Newest values of the feeds. */
  readonly latest: Record<string, unknown> = { settings: FIRST_START };
  options: TillOptions | null = null;
  closed = 0;

  readonly till: Till = {
    dispatch: async (name, input) => ({ ok: true, value: { name, input } }),
    listen: (name, listener) => {
      this.feeds.on(name, listener);
      return () => void this.feeds.off(name, listener);
    },
    latest: (name) => this.latest[name] ?? null,
    close: async () => void (this.closed += 1),
  };

  constructor() {
    mkdirSync(join(this.dir, "dist", "renderer"), { recursive: true });
    for (const page of ["index", "customer"])
      writeFileSync(
        join(this.dir, "dist", "renderer", `${page}.html`),
        `<!doctype html><title>${page}</title>`,
      );
    writeFileSync(join(this.dir, "package.json"), "{}");
    onTestFinished(() => rmSync(this.dir, { recursive: true }));
  }

  async start(args: string[] = [], createTill = async () => this.till): Promise<void> {
    const own = ["--data", this.dataDir, ...args];
    await runElectron({
      electron: this.electron.parts,
      // An installed program has no folder among its arguments.
      argv: this.electron.settings.isPackaged
        ? ["slipsure", ...own]
        : ["electron", "--no-sandbox", this.dir, ...own],
      process: this.process as never,
      env: this.env,
      execPath: "/opt/Slipsure/slipsure",
      platform: this.platform,
      appDir: this.dir,
      clock: this.clock,
      createTill: (options) => {
        this.options = options;
        return createTill();
      },
      loadUpdater: () => Promise.reject(new Error("not installed")),
      resourcesPath: this.dir,
      // electron-store is a Conf with Electron's own folders; here the folder is given.
      createSettings: (cwd) => new Conf({ cwd, configName: "settings" }),
    });
  }

  /** A new value of a feed, as the till sends it. */
  feed(name: string, value: unknown): void {
    this.latest[name] = value;
    this.feeds.emit(name, value);
  }

  window(at = 0): StandInWindow {
    const window = this.electron.windows[at];
    if (!window) throw new Error(`Window ${at} was not opened.`);
    return window;
  }

  /** What the shell has said at the till. */
  get shell(): ShellLink {
    const shell = this.options?.shell;
    if (!shell) throw new Error("The till was not made.");
    return shell;
  }

  said(): [string, string | null][] {
    return this.shell.notices().map(({ code, incident }) => [code, incident]);
  }

  incidents(): string {
    return readFileSync(join(this.dataDir, "incidents.log"), "utf8");
  }

  fetchApp(path: string, method = "GET", host = "till"): Promise<Response> {
    const answer = this.electron.protocols.get("app");
    if (!answer) throw new Error("app: is not served.");
    return answer(new Request(`app://${host}${path}`, { method }));
  }
}
