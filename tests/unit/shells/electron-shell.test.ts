import { EventEmitter, once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createPreloadBridge } from "../../../preload/bridge.ts";
import { runElectron } from "../../../main/shells/electron/run.ts";
import type { Till, TillOptions } from "../../../main/till.ts";
import { fromPage, standInElectron, StandInContents } from "./electron-stand-in.ts";

let dir: string;
let electron: ReturnType<typeof standInElectron>;
let tillOptions: TillOptions | null;
let closed: number;
const feeds = new EventEmitter();

const till: Till = {
  dispatch: async (name, input) => ({ ok: true, value: { name, input } }),
  listen: (name, listener) => {
    feeds.on(name, listener);
    return () => void feeds.off(name, listener);
  },
  latest: (name) => (name === "settings" ? { ready: false } : null),
  close: async () => void (closed += 1),
};

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "slipsure-electron-"));
  mkdirSync(join(dir, "dist", "renderer"), { recursive: true });
  writeFileSync(join(dir, "dist", "renderer", "index.html"), "<!doctype html><title>till</title>");
  writeFileSync(join(dir, "package.json"), "{}");
  electron = standInElectron(dir);
  tillOptions = null;
  closed = 0;
});

afterEach(() => {
  feeds.removeAllListeners();
  process.removeAllListeners("uncaughtExceptionMonitor");
  rmSync(dir, { recursive: true });
});

async function start(args: string[] = [], createTill = async () => till): Promise<void> {
  await runElectron({
    electron: electron.parts,
    argv: ["electron", "--no-sandbox", dir, "--data", join(dir, "data"), ...args],
    appDir: dir,
    createTill: (options) => {
      tillOptions = options;
      return createTill();
    },
    loadUpdater: () => Promise.reject(new Error("not installed")),
    resourcesPath: dir,
    createSettings: () => ({ get: () => undefined, set: () => undefined }),
  });
}

function theWindow() {
  const [window] = electron.windows;
  if (!window) throw new Error("No window was opened.");
  return window;
}

function fetchApp(path: string, method = "GET"): Promise<Response> {
  const answer = electron.protocols.get("app");
  if (!answer) throw new Error("app: is not served.");
  return answer(new Request(`app://till${path}`, { method }));
}

test("opens one sandboxed window on its own scheme, with nothing else allowed", async () => {
  await start();
  expect(electron.done).toContainEqual(["enableSandbox"]);
  expect(electron.done).toContainEqual(["setPath", "userData", join(dir, "data", "electron")]);
  const window = theWindow();
  expect(window.url).toBe("app://till/index.html");
  expect(window.options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    preload: join(dir, "dist", "electron", "preload.cjs"),
  });
  window.emit("ready-to-show");
  expect(window.done).toEqual(["maximize", "show"]);
  expect(tillOptions).toMatchObject({ dataDir: join(dir, "data"), version: "1.2.3" });
});

test("pages stay where they are and open, embed and ask for nothing", async () => {
  await start();
  const { webContents } = theWindow();
  const tryTo = (event: string, url: string) => {
    let isPrevented = false;
    webContents.emit(event, { url, preventDefault: () => (isPrevented = true) });
    return isPrevented ? "prevented" : "allowed";
  };
  expect(tryTo("will-navigate", "https://elsewhere.example/")).toBe("prevented");
  expect(tryTo("will-navigate", "app://elsewhere/index.html")).toBe("prevented");
  expect(tryTo("will-redirect", "file:///etc/passwd")).toBe("prevented");
  expect(tryTo("will-navigate", "app://till/index.html")).toBe("allowed");
  expect(tryTo("will-attach-webview", "")).toBe("prevented");
  expect(webContents.windowOpen?.()).toEqual({ action: "deny" });
  const answers: boolean[] = [];
  const { request, check, device } = electron.permissions;
  request?.(...([null, "media", (granted: boolean) => answers.push(granted)] as never[]));
  expect([...answers, check?.(), device?.()]).toEqual([false, false, false]);
});

test("app: serves the built page with its policy, and nothing beside it", async () => {
  writeFileSync(join(dir, "dist", "secret.json"), "{}");
  await start();
  const page = await fetchApp("/index.html");
  expect(await page.text()).toContain("<title>till</title>");
  expect(page.headers.get("content-security-policy")).toContain("connect-src 'none'");
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  for (const path of ["/..%2fsecret.json", "/%2e%2e/secret.json", "/no.html", "/.x.json"])
    expect((await fetchApp(path)).status, path).toBe(404);
  expect((await fetchApp("/index.html", "POST")).status).toBe(404);
  const other = await electron.protocols.get("app")?.(new Request("app://other/index.html"));
  expect(other?.status).toBe(404);
});

test("calls are answered for the till's own main frame only", async () => {
  await start();
  const call = electron.handlers.get("till:call");
  const sender = new StandInContents();
  expect(await call?.(fromPage(sender), "status.get", { a: 1 })).toEqual({
    ok: true,
    value: { name: "status.get", input: { a: 1 } },
  });
  const elsewhere = { url: "https://elsewhere.example/" };
  expect(() => call?.(fromPage(sender, elsewhere), "status.get", {})).toThrow("Refused");
  expect(() => call?.(fromPage(sender, { parent: {} }), "status.get", {})).toThrow("Refused");
  expect(() => call?.({ sender, senderFrame: null }, "status.get", {})).toThrow("Refused");
});

test("a page gets the newest values, then every new one, until it is gone", async () => {
  await start();
  const sender = new StandInContents();
  electron.messages.emit("till:follow", fromPage(sender));
  expect(sender.sent).toEqual([["till:feed", "settings", { ready: false }]]);
  feeds.emit("status", { cashier: null });
  expect(sender.sent.at(-1)).toEqual(["till:feed", "status", { cashier: null }]);
  electron.messages.emit("till:follow", fromPage(sender));
  expect(sender.sent).toHaveLength(3);
  feeds.emit("status", { cashier: "A" });
  expect(sender.sent).toHaveLength(4);
  sender.destroyed = true;
  sender.emit("destroyed");
  feeds.emit("status", { cashier: "B" });
  expect(sender.sent).toHaveLength(4);
  const stranger = new StandInContents();
  electron.messages.emit("till:follow", fromPage(stranger, { url: "https://elsewhere.example/" }));
  expect(stranger.sent).toEqual([]);
});

test("the preload's bridge and the main process understand each other", async () => {
  await start();
  const page = new StandInContents();
  const fromMain = new EventEmitter();
  page.send = (channel, ...values) => void fromMain.emit(String(channel), {}, ...values);
  const bridge = createPreloadBridge(
    {
      invoke: async (channel, ...args) =>
        electron.handlers.get(channel)?.(fromPage(page), ...args) ?? Promise.reject(new Error()),
      send: (channel) => void electron.messages.emit(channel, fromPage(page)),
      on: (channel, listener) => fromMain.on(channel, listener),
    },
    "zh-CN",
  );
  const seen: unknown[] = [];
  const stop = bridge.listen("settings", (value) => seen.push(value));
  feeds.emit("settings", { ready: true });
  stop();
  feeds.emit("settings", { ready: false });
  expect(seen).toEqual([{ ready: false }, { ready: true }]);
  expect(await bridge.call("status.get", {})).toEqual({
    ok: true,
    value: { name: "status.get", input: {} },
  });
  electron.handlers.clear();
  expect(await bridge.call("status.get", {})).toEqual({
    ok: false,
    refusal: { code: "INTERNAL", details: { offline: true } },
  });
});

test("prints a page to PDF in a hidden window, which is gone afterwards", async () => {
  await start();
  const pdf = await tillOptions?.printToPdf?.("/print/day/3");
  expect(new TextDecoder().decode(pdf)).toBe("%PDF-1.7");
  const hidden = electron.windows[1];
  expect(hidden?.url).toBe("app://till/index.html#/print/day/3");
  expect(hidden?.options.show).toBe(false);
  expect(hidden?.webContents.scripts[0]).toContain("data-print-ready");
  expect(hidden?.done).toEqual(["destroy"]);
});

test("a page that crashes is noted and loaded again; the till goes on", async () => {
  await start();
  const { webContents } = theWindow();
  const details = { reason: "crashed", exitCode: 5 };
  webContents.emit("render-process-gone", {}, details);
  expect(webContents.reloads).toBe(1);
  expect(readFileSync(join(dir, "data", "incidents.log"), "utf8")).toContain("crashed (5)");
  expect(closed).toBe(0);
});

test("a second start brings the first to the front and ends", async () => {
  await start();
  electron.app.emit("second-instance");
  expect(theWindow().done).toEqual(["focus"]);

  const second = standInElectron(dir);
  second.settings.hasLock = false;
  electron = second;
  await start();
  expect(second.done.at(-1)).toEqual(["quit"]);
  expect(second.windows).toEqual([]);
});

test("quitting waits until the books are closed", async () => {
  await start();
  let prevented = 0;
  electron.app.emit("window-all-closed");
  expect(electron.done.at(-1)).toEqual(["quit"]);
  const exited = once(electron.app, "exited");
  for (let time = 0; time < 2; time += 1)
    electron.app.emit("will-quit", { preventDefault: () => (prevented += 1) });
  expect(await exited).toEqual([0]);
  expect([prevented, closed]).toEqual([2, 1]);
});

test("what prevents the start is said in one sentence", async () => {
  await start([], () => Promise.reject(new Error("Another Slipsure is already open.")));
  expect(electron.done.at(-2)).toEqual([
    "error",
    "票不漏 Slipsure",
    "Slipsure could not start: Another Slipsure is already open.",
  ]);
  expect(electron.done.at(-1)).toEqual(["exit", 1]);
  await start(["--porty"]);
  expect(electron.done.at(-2)).toEqual([
    "error",
    "票不漏 Slipsure",
    "Unknown option '--porty'. --help lists what there is.",
  ]);
});
