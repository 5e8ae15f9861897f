import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { appDir, defaultDataDir, profileDir } from "../../../main/shells/app-paths.ts";
import { contentHash, ensureBuilt, RENDERER } from "../../../main/shells/launch/build.ts";
import {
  electronBinary,
  electronMissing,
  installedElectron,
} from "../../../main/shells/launch/electron-binary.ts";
import { startFailure } from "../../../main/shells/start-failure.ts";

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), "slipsure-launch-"))));
afterEach(() => rmSync(dir, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

test("content decides, not time or order, and a file that moved is a change", () => {
  const hash = () => contentHash(dir, ["renderer", "vite.config.ts", "absent"]);
  write("renderer/a.ts", "1");
  write("renderer/deep/b.ts", "2");
  const first = hash();
  write("renderer/a.ts", "1");
  expect(hash()).toBe(first);
  write("renderer/a.ts", "3");
  expect(hash()).not.toBe(first);
  write("renderer/a.ts", "1");
  rmSync(join(dir, "renderer/deep/b.ts"));
  write("renderer/b.ts", "2");
  expect(hash()).not.toBe(first);
});

test("the page is built when its sources changed, and a failed build says why and is tried again", () => {
  symlinkSync(join(appDir(), "node_modules"), join(dir, "node_modules"), "junction");
  write(
    "vite.config.ts",
    'export default { root: "renderer", build: { outDir: "../dist/renderer" } };',
  );
  write("renderer/index.html", '<script type="module" src="./main.js"></script>');
  write("renderer/main.js", "document.title = 'a';");
  expect(ensureBuilt(dir, RENDERER)).toBe(true);
  expect(ensureBuilt(dir, RENDERER)).toBe(false);
  write("renderer/main.js", "import './absent.js';");
  expect(() => ensureBuilt(dir, RENDERER)).toThrow(/absent/);
  expect(() => ensureBuilt(dir, RENDERER)).toThrow(/absent/);
  write("renderer/main.js", "document.title = 'b';");
  expect(ensureBuilt(dir, RENDERER)).toBe(true);
  rmSync(join(dir, "dist"), { recursive: true });
  expect(ensureBuilt(dir, RENDERER)).toBe(true);
});

test("Electron is fetched once; a failure is remembered for the day unless it is asked for", async () => {
  const installer = "node_modules/electron/install.js";
  write(installer, "console.error('Error: connect ECONNREFUSED'); process.exit(1);");
  const failed = { missing: expect.stringContaining("ECONNREFUSED") as string };
  expect(await electronBinary(dir, false)).toEqual(failed);
  write(
    installer,
    `const fs = require("fs"); fs.mkdirSync(__dirname + "/dist"); fs.writeFileSync(__dirname + "/dist/electron", "");`,
  );
  expect(await electronBinary(dir, false)).toEqual({
    missing: expect.stringContaining("not tried again today") as string,
  });
  const binary = { path: join(dir, "node_modules/electron/dist/electron") };
  expect(await electronBinary(dir, true)).toEqual(binary);
  expect(await electronBinary(dir, false)).toEqual(binary);
});

test("another Electron can be named", () => {
  write("other/electron", "");
  const env = { ELECTRON_OVERRIDE_DIST_PATH: join(dir, "other") };
  expect(installedElectron(dir, env)).toBe(join(dir, "other", "electron"));
  const absent = { ELECTRON_OVERRIDE_DIST_PATH: dir };
  expect(installedElectron(dir, absent)).toBeNull();
  expect(electronMissing(absent)).toContain(dir);
  // A folder of that name is no program.
  mkdirSync(join(dir, "folder", "electron"), { recursive: true });
  expect(installedElectron(dir, { ELECTRON_OVERRIDE_DIST_PATH: join(dir, "folder") })).toBeNull();
});

test("the books lie in the system's place for them, one for all accounts of a PC", () => {
  const env = { ProgramData: "P", APPDATA: "roaming", LOCALAPPDATA: "L", XDG_DATA_HOME: "/x" };
  expect(defaultDataDir("win32", env)).toBe(join("P", "Slipsure"));
  expect(defaultDataDir("darwin", env)).toContain("Application Support");
  const shared = mkdtempSync(join(tmpdir(), "slipsure-shared-"));
  expect(defaultDataDir("linux", env, shared)).toBe(shared);
  rmSync(shared, { recursive: true });
  expect(defaultDataDir("linux", env, shared)).toBe("/x/slipsure");
});

test("what Chromium keeps lies beside books of one's own, and with the account where books are shared", () => {
  const env = { ProgramData: "P", LOCALAPPDATA: "L", XDG_DATA_HOME: "/x", XDG_STATE_HOME: "/s" };
  expect(profileDir(null, "win32", env)).toBe(join("L", "Slipsure"));
  expect(profileDir("D", "win32", env)).toBe(join("D", "electron"));
  expect(profileDir(null, "linux", env, "/no-such-folder")).toBe("/x/slipsure/electron");
  expect(profileDir(null, "linux", env, tmpdir())).toBe("/s/slipsure");
});

test("why a till does not start is one sentence in the user's language", () => {
  const taken = Object.assign(new Error("listen"), { code: "EADDRINUSE" });
  expect(startFailure(taken, "en-GB")).toMatch(/^Slipsure could not start: another program/);
  expect(startFailure(taken, "zh-Hans-CN")).toMatch(/^票不漏无法启动：该端口/);
  expect(startFailure(new Error("It is locked."), "zh-CN")).toBe("票不漏无法启动：It is locked.");
});

function startTill(...args: string[]) {
  const main = join(appDir(), "main", "shells", "browser", "main.ts");
  return spawnSync(process.execPath, [main, "--no-open", ...args], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "en_US.UTF-8" },
  });
}

test("the browser shell fails with that sentence and nothing else", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const taken = startTill("--data", join(dir, "data"), "--port", String(port));
  await new Promise((resolve) => server.close(resolve));
  expect(taken.stderr).toMatch(
    /^Slipsure could not start: another program uses that port[^\n]*\n$/,
  );
  expect(taken.status).toBe(1);

  write("file", "");
  expect(startTill("--data", join(dir, "file")).stderr).toMatch(
    /^Slipsure [^\n]*not a folder[^\n]*\n$/,
  );
  expect(startTill("--no-such").stderr).toMatch(/^Unknown option '--no-such'[^\n]*\n$/);
});

test("scripts run on the Node 24 of the dependencies, whatever Node starts them", () => {
  cpSync(join(appDir(), "main/shells/launch"), join(dir, "main/shells/launch"), {
    recursive: true,
  });
  write("package.json", '{ "type": "module" }');
  // A lock file and npm's note of what it installed that agree: nothing to install.
  write("package-lock.json", '{ "packages": { "": {} } }');
  write("node_modules/.package-lock.json", '{ "packages": {} }');
  mkdirSync(join(dir, "node_modules/.bin"));
  symlinkSync(process.execPath, join(dir, "node_modules/.bin/node"));
  write(
    "script.ts",
    "const version: string = process.version; console.log(version); process.exit(7);",
  );
  const run = join(dir, "main/shells/launch/run.mjs");
  const result = spawnSync("node", [run, "script.ts"], { encoding: "utf8" });
  expect(result.stdout).toMatch(/^v24\./);
  expect(result.status).toBe(7);
});
