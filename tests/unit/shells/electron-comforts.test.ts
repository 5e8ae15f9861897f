import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { display } from "./electron-stand-in.ts";
import { ElectronBench, FIRST_START } from "./electron-bench.ts";

let bench: ElectronBench;
beforeEach(() => {
  bench = new ElectronBench();
});

const OPEN = { ...FIRST_START, ready: true };
const NONE = { type: "keyDown", alt: false, control: false, meta: false };

function press(input: object): boolean {
  return bench.window().webContents.prevented("before-input-event", {}, { ...NONE, ...input });
}

test("Ctrl with +, - and 0 changes the size, which this PC keeps", async () => {
  await bench.start();
  const { webContents } = bench.window();
  for (const key of ["+", "="]) expect(press({ key, control: true })).toBe(true);
  expect(webContents.zoom).toBe(1.25);
  press({ key: "-", control: true });
  expect(webContents.zoom).toBe(1.1);
  expect(press({ key: "-" })).toBe(false);

  const later = new ElectronBench();
  mkdirSync(later.dataDir);
  writeFileSync(join(later.dataDir, "shell.json"), readFileSync(join(bench.dataDir, "shell.json")));
  await later.start();
  later.window().webContents.emit("did-finish-load");
  expect(later.window().webContents.zoom).toBe(1.1);
  press({ key: "0", control: true });
  expect(webContents.zoom).toBe(1);
});

test("a file of the shell that holds garbage costs nothing", async () => {
  mkdirSync(bench.dataDir);
  writeFileSync(join(bench.dataDir, "shell.json"), '{"zoom":"large","gpuEndsMs":7}');
  await bench.start();
  bench.window().webContents.emit("did-finish-load");
  expect(bench.window().webContents.zoom).toBe(1);
});

test("F11 fills the screen and gives it back, except in a kiosk", async () => {
  await bench.start();
  press({ key: "F11" });
  expect(bench.window().isFull).toBe(true);
  press({ key: "F11" });
  expect(bench.window().isFull).toBe(false);
  bench.feed("settings", { ...OPEN, kiosk: true });
  press({ key: "F11" });
  expect(bench.window().isFull).toBe(false);
});

test("a field has a menu to cut, copy and paste, in the system's language", async () => {
  await bench.start();
  const { webContents } = bench.window();
  webContents.emit("context-menu", {}, { isEditable: true, selectionText: "" });
  expect(bench.electron.done.at(-1)).toEqual(["popup", "Cut", "Copy", "Paste", "Select all"]);
  bench.electron.settings.languages = ["zh-CN"];
  webContents.emit("context-menu", {}, { isEditable: false, selectionText: "单号" });
  expect(bench.electron.done.at(-1)).toEqual(["popup", "复制"]);
  const count = bench.electron.done.length;
  webContents.emit("context-menu", {}, { isEditable: false, selectionText: "" });
  expect(bench.electron.done).toHaveLength(count);
});

test("native crashes leave dumps on this PC, the newest five, and nothing is sent", async () => {
  const folder = join(bench.dataDir, "electron", "crashes", "completed");
  mkdirSync(folder, { recursive: true });
  for (let age = 0; age < 8; age += 1) {
    writeFileSync(join(folder, `${age}.dmp`), "");
    utimesSync(join(folder, `${age}.dmp`), 1_000_000 - age, 1_000_000 - age);
  }
  await bench.start();
  expect(bench.electron.done).toContainEqual(["crashReporter", { uploadToServer: false }]);
  expect(readdirSync(folder)).toEqual(["0.dmp", "1.dmp", "2.dmp", "3.dmp", "4.dmp"]);
});

test("after three ends of the graphics process the next start does without the graphics card", async () => {
  await bench.start();
  const { app } = bench.electron;
  for (let time = 0; time < 3; time += 1) {
    expect(existsSync(join(bench.dataDir, "incidents.log")) && bench.incidents()).not.toContain(
      "From the next start",
    );
    app.emit("child-process-gone", {}, { type: "GPU", reason: "crashed", exitCode: 3 });
    bench.clock.pass(60_000);
  }
  expect(bench.incidents()).toContain(
    "From the next start on nothing is drawn by the graphics card.",
  );
  expect(bench.electron.done).not.toContainEqual(["no gpu"]);
  await bench.start();
  expect(bench.electron.done).toContainEqual(["no gpu"]);
});

test("ends of the graphics process that are days apart change nothing", async () => {
  await bench.start();
  for (let time = 0; time < 5; time += 1) {
    bench.electron.app.emit(
      "child-process-gone",
      {},
      { type: "GPU", reason: "crashed", exitCode: 3 },
    );
    bench.clock.pass(23 * 60 * 60_000);
  }
  await bench.start();
  expect(bench.electron.done).not.toContainEqual(["no gpu"]);
});

test("Windows knows the till by the name its shortcuts carry", async () => {
  await bench.start();
  expect(bench.electron.done.flat()).not.toContain("appId");
  const windows = new ElectronBench();
  windows.platform = "win32";
  await windows.start();
  expect(windows.electron.done).toContainEqual(["appId", "com.slipsure.till"]);
});

test("starts with the system when the owner wants it, and leaves the system alone otherwise", async () => {
  bench.electron.settings.isPackaged = true;
  bench.env = { XDG_CONFIG_HOME: join(bench.dir, "config"), APPIMAGE: "/home/a b/100%.AppImage" };
  await bench.start();
  const entry = join(bench.dir, "config", "autostart", "slipsure.desktop");
  expect(existsSync(join(bench.dir, "config"))).toBe(false);
  bench.feed("settings", { ...OPEN, startWithSystem: true });
  expect(readFileSync(entry, "utf8")).toContain(
    '\nExec="/home/a b/100%%.AppImage" --ozone-platform=x11\n',
  );
  bench.feed("settings", OPEN);
  expect(existsSync(entry)).toBe(false);

  const windows = new ElectronBench();
  windows.platform = "win32";
  windows.electron.settings.isPackaged = true;
  windows.latest["settings"] = { ...OPEN, startWithSystem: true };
  await windows.start();
  windows.feed("settings", OPEN);
  expect(windows.electron.done.filter(([what]) => what === "loginItem")).toEqual([
    ["loginItem", { openAtLogin: true }],
    ["loginItem", { openAtLogin: false }],
  ]);
});

test("customers' screen: the one the owner named, wherever it is plugged in; another when it is gone", async () => {
  const { screen } = bench.electron;
  screen.displays = [display(1, 0), display(2, 1024, "BOE"), display(3, 2048, "Pole display")];
  const wanted = { ...OPEN, customerDisplay: true, customerScreen: "Pole display" };
  bench.latest["settings"] = wanted;
  await bench.start();
  expect(bench.window(1).options.x).toBe(2048);
  screen.displays = [display(1, 0), display(9, -1024, "Pole display"), display(2, 1024, "BOE")];
  screen.emit("display-metrics-changed");
  expect(bench.window(2).options.x).toBe(-1024);
  screen.displays = [display(1, 0), display(2, 1024, "BOE")];
  screen.emit("display-removed");
  expect(bench.window(3).options.x).toBe(1024);
});

test("screens have names that can be told apart", async () => {
  const { screen } = bench.electron;
  screen.displays = [
    display(1, 0),
    display(2, 1024, "BOE"),
    display(3, 2048, "BOE"),
    display(4, 4096),
  ];
  await bench.start();
  expect(bench.shell.device()).toEqual({
    screens: ["BOE", "BOE (2)", "1024 × 600"],
    placesWindows: true,
    canStartWithSystem: false,
  });
});

test("customers' screen: none where the desktop puts windows where it likes", async () => {
  const { screen } = bench.electron;
  screen.displays = [display(1, 0), display(2, 1024)];
  bench.env = { WAYLAND_DISPLAY: "wayland-0" };
  bench.latest["settings"] = { ...OPEN, customerDisplay: true };
  await bench.start();
  expect(bench.electron.windows).toHaveLength(1);
  expect(bench.shell.device().placesWindows).toBe(false);

  const x11 = new ElectronBench();
  x11.electron.screen.displays = screen.displays;
  x11.env = bench.env;
  x11.electron.settings.values = { "ozone-platform": "x11" };
  x11.latest["settings"] = { ...OPEN, customerDisplay: true };
  await x11.start();
  expect(x11.electron.windows).toHaveLength(2);
});

test("a window shows the program's picture where the package carries one", async () => {
  await bench.start();
  expect(bench.window().options.icon).toBeUndefined();
  const icon = join(bench.dir, "icon.png");
  writeFileSync(icon, "");
  await bench.start();
  expect(bench.window(1).options.icon).toBe(icon);
});
