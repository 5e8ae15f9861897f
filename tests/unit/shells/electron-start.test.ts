import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { appDir } from "../../../main/shells/app-paths.ts";
import { isPrevented } from "./electron-stand-in.ts";
import { ElectronBench } from "./electron-bench.ts";

let bench: ElectronBench;
beforeEach(() => {
  bench = new ElectronBench();
});

/** Looking for printers starts a host; it is let go of after the test. */
function startPrinterHost(): void {
  const printers = bench.options?.nativePrinters;
  void printers?.find();
  onTestFinished(() => printers?.close());
}

const OPEN = { ready: true, kiosk: false, customerDisplay: false };

test.each([
  ["the installer, after an update", ["--updated"]],
  ["an AppImage without user namespaces", ["--no-sandbox"]],
  ["support, on an old graphics card", ["--disable-gpu", "--force-device-scale-factor=1.5"]],
  ["a Wayland desktop's menu entry", ["--ozone-platform=x11"]],
  ["a menu entry with a file and an address", ["/tmp/goods.csv", "https://shop.example/?a=1"]],
  ["anything at all", ["--", "-x", "--frobnicate", "value", "--no-such=1", ""]],
])("an installed till starts with what it is given by %s", async (_who, args) => {
  bench.electron.settings.isPackaged = true;
  await bench.start(args);
  expect(bench.electron.done.filter(([what]) => what === "error" || what === "exit")).toEqual([]);
  expect(bench.window().url).toBe("app://till/index.html");
  expect(bench.options?.dataDir).toBe(bench.dataDir);
});

test("a till that has to start without a sandbox is not given one after all", async () => {
  bench.electron.settings.isPackaged = true;
  bench.electron.settings.switches = ["no-sandbox"];
  await bench.start(["--no-sandbox"]);
  expect(bench.electron.done).not.toContainEqual(["enableSandbox"]);
});

test("an installed till does not open other books than it was told", async () => {
  bench.electron.settings.isPackaged = true;
  await bench.start(["--data"]);
  expect(bench.electron.done.slice(-2)).toEqual([
    ["error", "票不漏 Slipsure", "--data needs a value after it."],
    ["exit", 1],
  ]);
  expect(bench.options).toBeNull();
});

test("no switch opens an installed till's page to other programs", async () => {
  bench.electron.settings.isPackaged = true;
  await bench.start(["--remote-debugging-port=9222"]);
  expect(bench.electron.done).toContainEqual(["no switch", "remote-debugging-port"]);
  expect(bench.electron.done).toContainEqual(["no switch", "remote-debugging-pipe"]);
});

test("what goes wrong before the program is ready is said once it is, in the system's language", async () => {
  bench.electron.settings.languages = ["zh-Hans-CN", "en-US"];
  await bench.start(["--porty"]);
  expect(bench.electron.done.slice(-2)).toEqual([
    ["error", "票不漏 Slipsure", "看不懂启动参数“--porty”。--help 会列出所有参数。"],
    ["exit", 1],
  ]);
});

test("a printer host that ends by a fatal error of V8 is an incident, and the till goes on", async () => {
  await bench.start();
  startPrinterHost();
  const [host] = bench.electron.hosts;
  if (!host) throw new Error("No printer host was started.");
  expect(() => host.emit("error", "FatalError", "heap", "{}")).not.toThrow();
  expect(bench.incidents()).toContain("The printer host ended: FatalError at heap.");
});

/** Where an `error` that nobody listens to would be thrown, and so end the till. */
const WITH_ERROR_EVENT: Record<string, "unused" | "listened to"> = {
  // electron-updater's takes its place; its own is listened to in updates.ts.
  AutoUpdater: "unused",
  ClientRequest: "unused",
  IncomingMessage: "unused",
  UtilityProcess: "listened to",
};

test("every part of Electron whose error ends a till without a listener has one, or is not used", async () => {
  const types = readFileSync(join(appDir(), "node_modules/electron/electron.d.ts"), "utf8");
  const parts = types.split(/^ {2}(?:class|interface) /m);
  const dangerous = parts.filter((part) => /^ {4}on\(event: 'error'/m.test(part));
  const found = dangerous.map((part) => /^\w+/.exec(part)?.[0] ?? "");
  expect(found.toSorted()).toEqual(Object.keys(WITH_ERROR_EVENT).toSorted());
  const main = readFileSync(join(appDir(), "main/shells/electron/main.ts"), "utf8");
  const imported = /import \{([^}]*)\} from "electron"/.exec(main)?.[1] ?? "";
  expect(imported).toContain("utilityProcess");
  // What would make one of the unused ones.
  expect(imported).not.toMatch(/\b(autoUpdater|net)\b/);
  await bench.start();
  startPrinterHost();
  expect(bench.electron.hosts.length).toBeGreaterThan(0);
  for (const host of bench.electron.hosts) expect(host.listenerCount("error")).toBeGreaterThan(0);
});

test("a kiosk is one from the first moment it is seen, over every other window", async () => {
  bench.latest["settings"] = { ...OPEN, kiosk: true };
  await bench.start();
  const window = bench.window();
  expect(window.options.kiosk).toBe(true);
  window.emit("ready-to-show");
  // To maximize would end it.
  expect(window.done).toEqual(["kiosk", "on top: screen-saver", "show"]);
  bench.process.emit("uncaughtException", new Error("boom"));
  expect(window.done.at(-1)).toBe("not on top");
});

test("a till in kiosk mode stays one when somebody begins to sign out and cancels", async () => {
  bench.latest["settings"] = { ...OPEN, kiosk: true };
  await bench.start();
  const window = bench.window();
  window.emit("query-session-end");
  expect(isPrevented(window, "close")).toBe(true);
  expect(bench.said()).toEqual([["kioskClose", null]]);
});

test("opens on the primary display, and fits one that is small and scaled", async () => {
  const bounds = { x: -911, y: 0, width: 911, height: 512 };
  bench.electron.screen.displays = [
    { id: 7, label: "", bounds, workArea: { ...bounds, height: 472 } },
    { id: 8, label: "", bounds: { x: 0, y: 0, width: 1920, height: 1080 }, workArea: bounds },
  ];
  await bench.start();
  expect(bench.window().options).toMatchObject({
    ...{ x: -911, y: 0, width: 911, height: 472 },
    ...{ minWidth: 911, minHeight: 472 },
  });
});

test("an AppImage is started again as a whole, with what it was started with", async () => {
  bench.electron.settings.isPackaged = true;
  bench.env = { APPIMAGE: "/home/shop/Slipsure.AppImage" };
  await bench.start(["--disable-gpu"]);
  bench.clock.pass(60_000);
  bench.process.emit("uncaughtException", new Error("boom"));
  const args = ["--data", bench.dataDir, "--disable-gpu"];
  expect(bench.electron.done).toContainEqual([
    "relaunch",
    { execPath: "/home/shop/Slipsure.AppImage", args },
  ]);
});
