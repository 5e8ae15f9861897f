import { EventEmitter, once } from "node:events";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { createPreloadBridge } from "../../../preload/bridge.ts";
import { createCustomerBridge } from "../../../preload/customer-bridge.ts";
import { display, fromPage, isPrevented, StandInContents } from "./electron-stand-in.ts";
import { ElectronBench, FIRST_START } from "./electron-bench.ts";

let bench: ElectronBench;
beforeEach(() => {
  bench = new ElectronBench();
});

const OPEN = { ready: true, kiosk: false, customerDisplay: false };

test("opens one sandboxed window on its own scheme, with nothing else allowed", async () => {
  await bench.start();
  const { done, windows } = bench.electron;
  expect(done).toContainEqual(["enableSandbox"]);
  expect(done).toContainEqual(["switch", "disable-http-cache"]);
  expect(done).toContainEqual(["setPath", "userData", join(bench.dataDir, "electron")]);
  expect(done).toContainEqual(["menu", null]);
  expect(windows).toHaveLength(1);
  const window = bench.window();
  expect(window.url).toBe("app://till/index.html");
  expect(window.options.webPreferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
    devTools: true,
    preload: join(bench.dir, "dist", "electron", "preload.cjs"),
  });
  window.emit("ready-to-show");
  expect(window.done).toEqual(["maximize", "show"]);
  expect(bench.options).toMatchObject({ dataDir: bench.dataDir, version: "1.2.3" });
});

test("what shops install has no developer tools", async () => {
  bench.electron.settings.isPackaged = true;
  await bench.start();
  expect(bench.window().options.webPreferences.devTools).toBe(false);
  const { beforeRequest } = bench.electron.session;
  const answers: boolean[] = [];
  beforeRequest?.({ url: "devtools://devtools/bundled/x.js" }, ({ cancel }) =>
    answers.push(cancel),
  );
  expect(answers).toEqual([true]);
});

test("pages stay where they are and open and embed nothing", async () => {
  await bench.start();
  const { webContents } = bench.window();
  const isKept = (event: string, url: string, isMainFrame = true) =>
    webContents.prevented(event, { url, isMainFrame });
  for (const event of ["will-navigate", "will-redirect", "will-frame-navigate"]) {
    expect(isKept(event, "https://elsewhere.example/"), event).toBe(true);
    expect(isKept(event, "app://elsewhere/index.html"), event).toBe(true);
    expect(isKept(event, "app://customer/customer.html"), event).toBe(true);
    expect(isKept(event, "file:///etc/passwd"), event).toBe(true);
    expect(isKept(event, "nonsense"), event).toBe(true);
    expect(isKept(event, "app://till/index.html"), event).toBe(false);
  }
  expect(isKept("will-frame-navigate", "app://till/index.html", false)).toBe(true);
  expect(isKept("will-attach-webview", "")).toBe(true);
  expect(webContents.windowOpen?.()).toEqual({ action: "deny" });
});

test("every permission and device is denied, and nothing is spelled, cast or captured", async () => {
  await bench.start();
  const { session } = bench.electron;
  const answers: boolean[] = [];
  for (const permission of ["media", "geolocation", "notifications", "hid", "openExternal"])
    session.request?.(null, permission, (granted) => answers.push(granted));
  expect(answers).toEqual([false, false, false, false, false]);
  expect([session.check?.(), session.device?.()]).toEqual([false, false]);
  expect([session.displayMedia, session.spelling]).toEqual([null, false]);
});

test("no address but its own is fetched, and no certificate or password is taken", async () => {
  await bench.start();
  const { session, app } = bench.electron;
  const isCancelled = (url: string) => {
    let cancelled: boolean | null = null;
    session.beforeRequest?.({ url }, ({ cancel }) => (cancelled = cancel));
    return cancelled;
  };
  for (const url of [
    "https://a.example/x",
    "http://127.0.0.1:9/",
    "ws://a.example/",
    "file:///x",
    "?",
  ])
    expect(isCancelled(url), url).toBe(true);
  for (const url of ["app://till/index.html", "blob:app://till/1", "data:image/png;base64,AA"])
    expect(isCancelled(url), url).toBe(false);
  const verdicts: number[] = [];
  session.verify?.({}, (verdict) => verdicts.push(verdict));
  expect(verdicts).toEqual([-2]);
  const trusted: boolean[] = [];
  const details = [{}, "https://a.example/", "net::ERR", {}, (yes: boolean) => trusted.push(yes)];
  expect(isPrevented(app, "certificate-error", {}, ...(details as object[]))).toBe(true);
  expect(trusted).toEqual([false]);
  // Unanswered, a request would wait for ever.
  let answered: unknown[] | null = null;
  const answer = (...given: unknown[]) => (answered = given);
  expect(isPrevented(app, "login", {}, {}, {}, {}, answer)).toBe(true);
  expect(answered).toEqual([]);
  answered = null;
  expect(isPrevented(app, "select-client-certificate", {}, {}, {}, [], answer)).toBe(true);
  expect(answered).toEqual([]);
});

test("only reports that the till's own page made are saved", async () => {
  bench.latest["settings"] = { ...OPEN, customerDisplay: true };
  bench.electron.screen.displays = [display(1, 0), display(2, 1024)];
  await bench.start();
  const isKept = (url: string, name: string, contents: { id: number }) =>
    isPrevented(
      bench.electron.session,
      "will-download",
      {},
      { getURL: () => url, getFilename: () => name },
      contents,
    );
  const till = bench.window(0).webContents;
  const own = "blob:app://till/5f0c";
  expect(isKept(own, "day-3.csv", till)).toBe(false);
  expect(isKept(own, "day-3.PDF", till)).toBe(false);
  expect(isKept(own, "setup.exe", till)).toBe(true);
  expect(isKept("blob:app://customer/1", "a.csv", bench.window(1).webContents)).toBe(true);
  expect(isKept(own, "a.csv", bench.window(1).webContents)).toBe(true);
  expect(isKept(own, "a.csv", new StandInContents())).toBe(true);
  expect(isKept("https://a.example/a.csv", "a.csv", till)).toBe(true);
});

test("app: serves the built page with its policy, and nothing beside it", async () => {
  writeFileSync(join(bench.dir, "dist", "secret.json"), "{}");
  await bench.start();
  const page = await bench.fetchApp("/index.html");
  expect(await page.text()).toContain("<title>index</title>");
  expect(page.headers.get("content-security-policy")).toContain("connect-src 'none'");
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  for (const path of ["/..%2fsecret.json", "/%2e%2e/secret.json", "/no.html", "/.x.json"])
    expect((await bench.fetchApp(path)).status, path).toBe(404);
  expect((await bench.fetchApp("/index.html", "POST")).status).toBe(404);
  expect((await bench.fetchApp("/index.html", "GET", "other")).status).toBe(404);
  // Each origin has its own page only.
  expect((await bench.fetchApp("/customer.html", "GET", "customer")).status).toBe(200);
  expect((await bench.fetchApp("/customer.html")).status).toBe(404);
  expect((await bench.fetchApp("/index.html", "GET", "customer")).status).toBe(404);
});

test("calls are answered for the till's own window and main frame only", async () => {
  await bench.start();
  const call = bench.electron.handlers.get("till:call");
  const sender = bench.window().webContents;
  expect(await call?.(fromPage(sender), "status.get", { a: 1 })).toEqual({
    ok: true,
    value: { name: "status.get", input: { a: 1 } },
  });
  const refused = [
    fromPage(sender, { url: "https://elsewhere.example/" }),
    fromPage(sender, { url: "app://customer/customer.html" }),
    fromPage(sender, { parent: {} }),
    { sender, senderFrame: null },
    // A page at the right address in a window nobody here opened.
    fromPage(new StandInContents()),
  ];
  for (const event of refused) expect(() => call?.(event, "status.get", {})).toThrow("Refused");
});

test("a page gets the newest values, then every new one, until it is gone", async () => {
  await bench.start();
  const sender = bench.window().webContents;
  const { messages } = bench.electron;
  messages.emit("till:follow", fromPage(sender));
  expect(sender.sent).toEqual([["till:feed", "settings", FIRST_START]]);
  bench.feed("status", { day: null });
  expect(sender.sent.at(-1)).toEqual(["till:feed", "status", { day: null }]);
  bench.feed("customer", { phase: "idle" });
  expect(sender.sent).toHaveLength(2);
  messages.emit("till:follow", fromPage(sender));
  expect(sender.sent).toHaveLength(4);
  bench.feed("status", { day: null });
  expect(sender.sent).toHaveLength(5);
  sender.destroyed = true;
  sender.emit("destroyed");
  bench.feed("status", { day: null });
  expect(sender.sent).toHaveLength(5);
  messages.emit("till:follow", fromPage(sender, { url: "https://elsewhere.example/" }));
  expect(sender.sent).toHaveLength(5);
});

test("the preload's bridge and the main process understand each other", async () => {
  await bench.start();
  const { handlers, messages } = bench.electron;
  const page = bench.window().webContents;
  const fromMain = new EventEmitter();
  page.send = (channel, ...values) => void fromMain.emit(String(channel), {}, ...values);
  const bridge = createPreloadBridge(
    {
      invoke: async (channel, ...args) =>
        handlers.get(channel)?.(fromPage(page), ...args) ?? Promise.reject(new Error()),
      send: (channel) => void messages.emit(channel, fromPage(page)),
      on: (channel, listener) => fromMain.on(channel, listener),
    },
    "zh-CN",
  );
  // The contract and nothing else of Electron reaches the page.
  expect(Object.keys(bridge).sort()).toEqual(["call", "listen", "shell", "systemLocale"]);
  const seen: unknown[] = [];
  const stop = bridge.listen("settings", (value) => seen.push(value));
  bench.feed("settings", OPEN);
  stop();
  bench.feed("settings", FIRST_START);
  expect(seen).toEqual([FIRST_START, OPEN]);
  expect(await bridge.call("status.get", {})).toEqual({
    ok: true,
    value: { name: "status.get", input: {} },
  });
  handlers.clear();
  expect(await bridge.call("status.get", {})).toEqual({
    ok: false,
    refusal: { code: "INTERNAL", details: { offline: true } },
  });
});

test("prints a page to PDF in a hidden window, which is gone afterwards", async () => {
  await bench.start();
  const pdf = await bench.options?.printToPdf?.("/print/day/3");
  expect(new TextDecoder().decode(pdf)).toBe("%PDF-1.7");
  const hidden = bench.window(1);
  expect(hidden.url).toBe("app://till/index.html#/print/day/3");
  expect(hidden.options.show).toBe(false);
  expect(hidden.webContents.scripts[0]).toContain("data-print-ready");
  expect(hidden.done).toEqual(["destroy"]);
});

test("a page that crashes is loaded again, noted, and told at the till", async () => {
  await bench.start();
  const { webContents } = bench.window();
  webContents.emit("render-process-gone", {}, { reason: "crashed", exitCode: 5 });
  expect(webContents.reloads).toBe(0);
  bench.clock.pass(500);
  expect(webContents.reloads).toBe(1);
  const [[code, incident] = []] = bench.said();
  expect(code).toBe("pageRestarted");
  expect(bench.incidents()).toMatch(new RegExp(`${incident} page: .*crashed \\(5\\)`));
  expect(bench.closed).toBe(0);
  webContents.emit("render-process-gone", {}, { reason: "clean-exit", exitCode: 0 });
  bench.clock.pass(500);
  expect(webContents.reloads).toBe(1);
});

test("a page that crashes again and again is given up, with a sentence and its incident", async () => {
  await bench.start();
  const { webContents } = bench.window();
  const crash = () => {
    webContents.emit("render-process-gone", {}, { reason: "oom", exitCode: 1 });
    bench.clock.pass(500);
  };
  for (let time = 0; time < 3; time += 1) crash();
  expect(webContents.reloads).toBe(3);
  crash();
  expect(webContents.reloads).toBe(3);
  const incident = /([0-9A-F]{8}) page: [^\n]+$/m.exec(
    bench.incidents().trim().split("\n20").at(-1) ?? "",
  );
  expect(bench.electron.done.at(-2)).toEqual([
    "error",
    "票不漏 Slipsure",
    expect.stringContaining(incident?.[1] ?? "no incident"),
  ]);
  expect(bench.electron.done.at(-1)).toEqual(["quit"]);
});

test("crashes far apart are loaded again each time", async () => {
  await bench.start();
  const { webContents } = bench.window();
  for (let time = 1; time <= 6; time += 1) {
    webContents.emit("render-process-gone", {}, { reason: "crashed", exitCode: 1 });
    bench.clock.pass(61_000);
    expect(webContents.reloads).toBe(time);
  }
});

test("a page that hangs is ended and loaded again; one that comes back is left alone", async () => {
  await bench.start();
  const window = bench.window();
  window.emit("unresponsive");
  bench.clock.pass(9_000);
  window.emit("responsive");
  bench.clock.pass(60_000);
  expect(window.webContents.reloads).toBe(0);
  window.emit("unresponsive");
  bench.clock.pass(10_000);
  bench.clock.pass(500);
  expect(window.webContents.reloads).toBe(1);
  expect(bench.incidents()).toContain("did not answer and was ended");
  expect(bench.said().map(([code]) => code)).toEqual(["pageRestarted"]);
});

test("an exception nobody caught ends the program once, in words, and starts it again", async () => {
  await bench.start();
  const { done } = bench.electron;
  bench.clock.pass(60_000);
  bench.process.emit("uncaughtException", new Error("boom"));
  bench.process.emit("uncaughtException", new Error("again"));
  const incident = /([0-9A-F]{8}) process: Error: boom/.exec(bench.incidents())?.[1];
  expect(incident).toBeDefined();
  expect(done.slice(-3)).toEqual([
    ["error", "票不漏 Slipsure", expect.stringContaining(incident ?? "")],
    ["relaunch"],
    ["exit", 1],
  ]);
  expect(bench.incidents()).toContain("again");
});

test("a program that ends right after its start is not started again by itself", async () => {
  await bench.start();
  bench.process.emit("uncaughtException", new Error("boom"));
  expect(bench.electron.done).not.toContainEqual(["relaunch"]);
  expect(bench.electron.done.at(-1)).toEqual(["exit", 1]);
});

test("a promise nobody waited for is an incident told at the till, which goes on", async () => {
  await bench.start();
  bench.process.emit("unhandledRejection", new Error("lost"));
  const [[code, incident] = []] = bench.said();
  expect(code).toBe("unexpected");
  expect(bench.incidents()).toContain(`${incident} promise: Error: lost`);
  expect(bench.electron.done).not.toContainEqual(["exit", 1]);
});

test("a helper process that ends by itself is an incident; one the till ended is none", async () => {
  await bench.start();
  const { app } = bench.electron;
  app.emit("child-process-gone", {}, { type: "GPU", reason: "crashed", exitCode: 3 });
  expect(bench.incidents()).toContain("A GPU process ended: crashed (3).");
  app.emit("child-process-gone", {}, { type: "Utility", reason: "killed", exitCode: 9 });
  expect(bench.incidents()).not.toContain("Utility");
});

test("in kiosk mode closing asks at the till, and only the manager's yes ends it", async () => {
  bench.latest["settings"] = { ...OPEN, kiosk: true };
  await bench.start();
  const window = bench.window();
  window.emit("ready-to-show");
  expect(isPrevented(window, "close")).toBe(true);
  expect(bench.said()).toEqual([["kioskClose", null]]);
  expect(bench.electron.done).not.toContainEqual(["quit"]);
  expect(bench.shell.leave()).toBe(true);
  expect(bench.electron.done.at(-1)).toEqual(["quit"]);
  expect(isPrevented(window, "close")).toBe(false);
});

test("keys that would leave a kiosk do nothing but ask; all others work", async () => {
  await bench.start();
  const { webContents } = bench.window();
  const NONE = { type: "keyDown", alt: false, control: false, meta: false };
  const isKept = (input: object) =>
    webContents.prevented("before-input-event", {}, { ...NONE, ...input });
  expect(isKept({ key: "F4", alt: true })).toBe(false);
  bench.feed("settings", { ...OPEN, kiosk: true });
  expect(isKept({ key: "F4", alt: true })).toBe(true);
  expect(isKept({ key: "w", control: true })).toBe(true);
  expect(isKept({ key: "Q", meta: true })).toBe(true);
  expect(isKept({ key: "F11" })).toBe(true);
  for (const key of ["F4", "w", "Enter", "F12"]) expect(isKept({ key }), key).toBe(false);
  expect(bench.said().map(([code]) => code)).toEqual(["kioskClose"]);
  bench.feed("settings", OPEN);
  expect(bench.window().done.slice(-3)).toEqual(["no kiosk", "not on top", "maximize"]);
  expect(isKept({ key: "F4", alt: true })).toBe(false);
});

test("the end of the system's session closes the till in order, in kiosk mode too", async () => {
  bench.latest["settings"] = { ...OPEN, kiosk: true };
  await bench.start();
  const window = bench.window();
  // Only asked, and then called off by another program: still a kiosk.
  window.emit("query-session-end");
  expect(isPrevented(window, "close")).toBe(true);
  window.emit("session-end");
  expect(bench.electron.done.at(-1)).toEqual(["quit"]);
  expect(isPrevented(window, "close")).toBe(false);

  const linux = new ElectronBench();
  linux.latest["settings"] = { ...OPEN, kiosk: true };
  await linux.start();
  expect(isPrevented(linux.electron.powerMonitor, "shutdown")).toBe(true);
  expect(linux.electron.done.at(-1)).toEqual(["quit"]);
  expect(isPrevented(linux.window(), "close")).toBe(false);
});

test("the screen stays awake while a day is open, and no longer", async () => {
  await bench.start();
  const { awake, done } = bench.electron;
  expect(awake.size).toBe(0);
  bench.feed("status", { day: { id: 1 } });
  bench.feed("status", { day: { id: 1 } });
  expect(awake.size).toBe(1);
  expect(done).toContainEqual(["awake", "prevent-display-sleep"]);
  bench.feed("status", { day: null });
  expect(awake.size).toBe(0);
  bench.feed("status", { day: { id: 2 } });
  expect(awake.size).toBe(1);
  const exited = once(bench.electron.app, "exited");
  isPrevented(bench.electron.app, "will-quit");
  await exited;
  expect(awake.size).toBe(0);
});

test("a day that was open at the start keeps the screen awake from then on", async () => {
  bench.latest["status"] = { day: { id: 7 } };
  await bench.start();
  expect(bench.electron.awake.size).toBe(1);
});

test("after a sleep of the computer the till looks at its printers", async () => {
  await bench.start();
  let resumed = 0;
  bench.shell.onResumed(() => (resumed += 1));
  bench.electron.powerMonitor.emit("resume");
  expect(resumed).toBe(1);
});

test("customers' screen: on the second display, only while it is wanted, following displays", async () => {
  const { screen, windows } = bench.electron;
  bench.latest["settings"] = { ...OPEN, customerDisplay: true };
  await bench.start();
  expect(windows).toHaveLength(1);
  screen.displays = [display(1, 0), display(2, 1024)];
  screen.emit("display-added");
  const window = bench.window(1);
  expect(window.url).toBe("app://customer/customer.html");
  expect(window.options).toMatchObject({
    x: 1024,
    y: 0,
    width: 1024,
    fullscreen: true,
    focusable: false,
  });
  expect(window.options.webPreferences).toMatchObject({
    sandbox: true,
    preload: join(bench.dir, "dist", "electron", "customer-preload.cjs"),
  });
  window.emit("ready-to-show");
  expect(window.done).toEqual(["showInactive"]);
  screen.emit("display-metrics-changed");
  expect(windows).toHaveLength(2);
  screen.displays = [display(1, 0), display(2, -1024)];
  screen.emit("display-metrics-changed");
  expect([window.done.at(-1), bench.window(2).options.x]).toEqual(["destroy", -1024]);
  bench.feed("settings", OPEN);
  expect(bench.window(2).done).toEqual(["destroy"]);
  bench.feed("settings", { ...OPEN, customerDisplay: true });
  expect(windows).toHaveLength(4);
  screen.displays = [display(1, 0)];
  screen.emit("display-removed");
  expect(bench.window(3).done).toEqual(["destroy"]);
  expect(bench.electron.done).not.toContainEqual(["quit"]);
});

test("customers' screen: hears its one feed and can call nothing", async () => {
  bench.latest["settings"] = { ...OPEN, customerDisplay: true };
  bench.latest["customer"] = { phase: "idle" };
  bench.electron.screen.displays = [display(1, 0), display(2, 1024)];
  await bench.start();
  const page = bench.window(1).webContents;
  const event = fromPage(page, { url: "app://customer/customer.html" });
  const call = bench.electron.handlers.get("till:call");
  expect(() => call?.(event, "history.page", {})).toThrow("Refused");
  const fromMain = new EventEmitter();
  page.send = (channel, ...values) => void fromMain.emit(String(channel), {}, ...values);
  const bridge = createCustomerBridge({
    send: (channel) => void bench.electron.messages.emit(channel, event),
    on: (channel, listener) => fromMain.on(channel, listener),
  });
  expect(Object.keys(bridge)).toEqual(["listen"]);
  const seen: unknown[] = [];
  const everything: unknown[] = [];
  fromMain.on("till:feed", (_event, name) => everything.push(name));
  const stop = bridge.listen((view) => seen.push(view));
  bench.feed("status", { day: null });
  bench.feed("settings", { ...OPEN, customerDisplay: true });
  bench.feed("customer", { phase: "basket" });
  stop();
  bench.feed("customer", { phase: "paid" });
  expect(seen).toEqual([{ phase: "idle" }, { phase: "basket" }]);
  expect(new Set(everything)).toEqual(new Set(["customer"]));
});

test("customers' screen: one that crashes again and again is closed, the till goes on", async () => {
  bench.latest["settings"] = { ...OPEN, customerDisplay: true };
  bench.electron.screen.displays = [display(1, 0), display(2, 1024)];
  await bench.start();
  const window = bench.window(1);
  for (let time = 0; time < 4; time += 1) {
    window.webContents.emit("render-process-gone", {}, { reason: "crashed", exitCode: 1 });
    bench.clock.pass(500);
  }
  expect(window.webContents.reloads).toBe(3);
  expect(window.done).toEqual(["destroy"]);
  expect(bench.electron.done).not.toContainEqual(["quit"]);
});

test("a second start brings the first to the front and ends", async () => {
  await bench.start();
  bench.electron.app.emit("second-instance");
  expect(bench.window().done).toEqual(["focus"]);

  const second = withoutLock(process.ppid);
  await second.start();
  expect(second.electron.done.at(-1)).toEqual(["quit"]);
  expect(second.electron.windows).toEqual([]);
});

/** A till that does not get Electron's lock. @param pid who has it as the lock says; null: there is no lock */
function withoutLock(pid: number | null): ElectronBench {
  const till = new ElectronBench();
  till.electron.settings.hasLock = false;
  const profile = join(till.dataDir, "electron");
  mkdirSync(profile, { recursive: true });
  if (pid !== null) symlinkSync(`the-host-${pid}`, join(profile, "SingletonLock"));
  return till;
}

test.each([
  ["it can't be made, as on a full disk", null],
  ["it is its own, half made", process.pid],
  ["whoever had it is gone", 2 ** 30],
])("a till opens without Electron's lock when %s: the books have their own", async (_why, pid) => {
  const till = withoutLock(pid);
  await till.start();
  expect(till.electron.windows.length).toBe(1);
  expect(till.electron.done).not.toContainEqual(["quit"]);
});

test("with the till's window gone the program ends, customers' screen or not", async () => {
  await bench.start();
  bench.window().emit("closed");
  expect(bench.electron.done.at(-1)).toEqual(["quit"]);
});

test("quitting waits until the books are closed", async () => {
  await bench.start();
  const { app, done } = bench.electron;
  app.emit("window-all-closed");
  expect(done.at(-1)).toEqual(["quit"]);
  const exited = once(app, "exited");
  expect(isPrevented(app, "will-quit")).toBe(true);
  expect(isPrevented(app, "will-quit")).toBe(true);
  expect(await exited).toEqual([0]);
  expect(bench.closed).toBe(1);
});

test("a settings file that holds garbage is told at the till, which starts", async () => {
  mkdirSync(bench.dataDir);
  writeFileSync(join(bench.dataDir, "settings.json"), "{ garbage");
  await bench.start();
  const [[code, incident] = []] = bench.said();
  expect(code).toBe("settingsLost");
  expect(bench.incidents()).toContain(`${incident} settings: Error: settings.json is no JSON`);
  expect(bench.window().url).toBe("app://till/index.html");
});

test("what prevents the start is said in one sentence", async () => {
  await bench.start([], () => Promise.reject(new Error("Another Slipsure is already open.")));
  const { done } = bench.electron;
  expect(done.at(-2)).toEqual([
    "error",
    "票不漏 Slipsure",
    "Slipsure could not start: Another Slipsure is already open.",
  ]);
  expect(done.at(-1)).toEqual(["exit", 1]);
  await bench.start(["--porty"]);
  expect(done.at(-2)).toEqual([
    "error",
    "票不漏 Slipsure",
    "Unknown option '--porty'. --help lists what there is.",
  ]);
});
